"""Which actions a list shows, read from its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from issues.action_wording import group_headline, own_headline
from issues.forms.fields import known_pk
from issues.models import ATTENTION, Action, Demand
from issues.models.action_queryset import ActionQuerySet
from issues.rules import may_see_all_actions
from members.models import Member, Organisation


@dataclass(frozen=True)
class Section:
    """A heading of a list, and the demands of the actions under it."""

    heading: str
    demands: tuple[Demand, ...]


GROUP_SECTIONS = (
    Section("Tyst eller försenat", ATTENTION),
    Section("Väntar på svar", (Demand.ANSWER,)),
    Section("På gång", (Demand.UNDER_WAY,)),
    Section("Avböjda", (Demand.DECLINED,)),
    Section("Klara", (Demand.DONE,)),
    Section("Återtagna", (Demand.NOTHING,)),
)
OWN_SECTIONS = (
    Section("Ert att svara på", (Demand.SILENT, Demand.ANSWER)),
    Section("På gång hos er", (Demand.LATE, Demand.UNDER_WAY)),
    Section("Ni har frågat gruppen", (Demand.QUESTION,)),
    Section("Klart", (Demand.DONE,)),
    Section("Avböjt", (Demand.DECLINED,)),
    Section("Återtaget av gruppen", (Demand.NOTHING,)),
)
STAGES = {
    "": ("Öppna", (*ATTENTION, Demand.ANSWER, Demand.UNDER_WAY)),
    "tyst": ("Tyst eller försenat", ATTENTION),
    "vantar": ("Väntar på svar", (Demand.QUESTION, Demand.SILENT, Demand.ANSWER)),
    "pagar": ("På gång", (Demand.LATE, Demand.UNDER_WAY)),
    "avbojda": ("Avböjda", (Demand.DECLINED,)),
    "klara": ("Klara", (Demand.DONE,)),
    "alla": ("Alla", tuple(Demand)),
}


@dataclass(frozen=True)
class ActionChoice:
    """The group's actions, or those that sit with the member's own organisations; of one stage, with one organisation.

    What is unknown in the address is left aside.
    """

    member: Member
    today: date
    own: bool
    stage: str = ""
    organisation: str = ""

    @classmethod
    def read(cls, query: QueryDict, member: Member, today: date) -> ActionChoice:
        """Whoever answers for an organisation begins with its list; a handläggare has no other."""
        asked = query.get("vy", "")
        begins_with_own = bool(member.organisation_ids) and not member.is_coordinator
        own = asked == "egna" if asked in {"egna", "alla"} else begins_with_own
        own = own or not may_see_all_actions(member)
        stage, organisation = query.get("lage", ""), query.get("organisation", "")
        return cls(member, today, own, stage if stage in STAGES else "", known_pk(organisation))

    def base(self) -> ActionQuerySet:
        """What the choice is made among, each with its demand."""
        actions: ActionQuerySet = Action.objects.visible_to(self.member).handed_out()
        if self.own:
            actions = actions.sitting_with(self.member.organisation_ids)
        elif self.organisation:
            actions = actions.sitting_with([int(self.organisation)])
        return actions.with_demand(self.today)

    def rows(self) -> ActionQuerySet:
        """One list, in the order of its sections."""
        order = [demand for section in self.sections for demand in section.demands]
        return self.base().demanding(self.demands).in_demand_order(order).with_trail()

    @property
    def demands(self) -> tuple[Demand, ...]:
        return tuple(Demand) if self.own else STAGES[self.stage][1]

    @property
    def sections(self) -> tuple[Section, ...]:
        return OWN_SECTIONS if self.own else GROUP_SECTIONS

    def divided(self, rows: Iterable[Action]) -> list[tuple[str, list[Action]]]:
        """The rows of a page under their headings; a heading without rows is left out."""
        rows = list(rows)
        under = [(s.heading, [row for row in rows if row.demand in s.demands]) for s in self.sections]  # type: ignore[attr-defined]
        return [(heading, members) for heading, members in under if members]

    def is_untouched(self, counts: dict[str, int]) -> bool:
        """Whether there is nothing to choose among."""
        return not (self.own or self.organisation or counts)

    def headline(self, counts: dict[str, int]) -> str:
        """What the list says first."""
        if not self.own:
            return "Ingen åtgärd är utdelad än." if self.is_untouched(counts) else group_headline(counts)
        return own_headline(counts.get(Demand.SILENT, 0) + counts.get(Demand.ANSWER, 0), counts.get(Demand.LATE, 0))

    def stages(self, counts: dict[str, int]) -> list[tuple[str, str, int, bool]]:
        """The stages to choose among: value, words, number of actions, whether it is the one chosen."""
        return [
            (value, words, sum(counts.get(demand, 0) for demand in demands), value == self.stage)
            for value, (words, demands) in STAGES.items()
        ]

    @property
    def organisations(self) -> list[tuple[str, str, bool]]:
        """The organisations to choose among, also those that have left: their actions remain."""
        rows = Organisation.objects.in_order().values_list("pk", "name")
        return [(str(pk), name, str(pk) == self.organisation) for pk, name in rows]
