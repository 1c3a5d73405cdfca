from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django import forms

from base.swedish.words import StateSentence
from base.ui.filters import Filter, Tab
from issues.models import ATTENTION, UNENDED, Action, ActionStatus, OrganisationLoad
from issues.models.action import ActionQuerySet
from issues.rules import may_follow_issues, may_see_all_actions
from issues.texts.action import group_headline, out_of_time, own_headline
from members.models import Organisation


@dataclass(frozen=True)
class Section:
    """A heading of a list, and the demands of the actions under it."""

    heading: str
    demands: tuple[ActionStatus, ...]


GROUP_SECTIONS = (
    Section("Tyst eller försenat", ATTENTION),
    Section("Väntar på svar", (ActionStatus.ANSWER,)),
    Section("På gång", (ActionStatus.UNDER_WAY,)),
    Section("Avböjda", (ActionStatus.DECLINED,)),
    Section("Klara", (ActionStatus.DONE,)),
    Section("Återtagna", (ActionStatus.NOTHING,)),
)
OWN_SECTIONS = (
    Section("Ert att svara på", (ActionStatus.SILENT, ActionStatus.ANSWER)),
    Section("På gång hos er", (ActionStatus.LATE, ActionStatus.UNDER_WAY)),
    Section("Ni har frågat gruppen", (ActionStatus.QUESTION,)),
    Section("Klart", (ActionStatus.DONE,)),
    Section("Avböjt", (ActionStatus.DECLINED,)),
    Section("Återtaget av gruppen", (ActionStatus.NOTHING,)),
)
STAGES = {
    "": ("Öppna", UNENDED),
    "tyst": ("Tyst eller försenat", ATTENTION),
    "vantar": ("Väntar på svar", (ActionStatus.QUESTION, ActionStatus.SILENT, ActionStatus.ANSWER)),
    "pagar": ("På gång", (ActionStatus.LATE, ActionStatus.UNDER_WAY)),
    "avbojda": ("Avböjda", (ActionStatus.DECLINED,)),
    "klara": ("Klara", (ActionStatus.DONE,)),
    "alla": ("Alla", tuple(ActionStatus)),
}


class ActionFilter(Filter):
    """Which actions: all that are handed out, of one stage and one organisation, or those of the member's own.

    Whoever answers for an organisation begins with its list; a handläggare has no other.
    """

    vy = forms.ChoiceField(choices=[("egna", "egna"), ("alla", "alla")])
    lage = forms.ChoiceField(choices=[(stage, words) for stage, (words, _) in STAGES.items()])
    organisation = forms.ModelChoiceField(
        Organisation.objects.in_order(), label="Organisation", empty_label="alla organisationer"
    )

    @property
    def own(self) -> bool:
        if not may_see_all_actions(self.member):
            return True
        begins_with_own = bool(self.member.organisation_ids) and not self.member.is_coordinator
        return {"egna": True, "alla": False}.get(self.value("vy"), begins_with_own)

    @property
    def other(self) -> tuple[str, str] | None:
        """The list she is not reading, where there is one for her: its words and its address."""
        if self.own:
            return ("Alla utdelade åtgärder", "?vy=alla") if may_see_all_actions(self.member) else None
        return ("Era egna åtgärder", "?vy=egna") if self.member.organisation_ids else None

    @property
    def stage(self) -> str:
        return self.value("lage") or ""

    @cached_property
    def base(self) -> ActionQuerySet:
        """What the choice is made among, each with its demand."""
        organisation = self.value("organisation")
        if self.own:
            return self.whole.sitting_with(self.member.organisation_ids)
        return self.whole.sitting_with([organisation.pk]) if organisation else self.whole

    @property
    def whole(self) -> ActionQuerySet:
        """All that she may know was handed out."""
        actions: ActionQuerySet = Action.objects.visible_to(self.member)
        return actions.handed_out().with_demand(self.today)

    @cached_property
    def rows(self) -> ActionQuerySet:
        """One list, in the order of its sections."""
        demands = tuple(ActionStatus) if self.own else STAGES[self.stage][1]
        order = [demand for section in self.sections for demand in section.demands]
        return self.base.demanding(demands).in_demand_order(order).with_assignments()

    @property
    def sections(self) -> tuple[Section, ...]:
        return OWN_SECTIONS if self.own else GROUP_SECTIONS

    def divided(self, rows: Iterable[Action]) -> list[tuple[str, list[Action]]]:
        """The rows of a page under their headings; a heading without rows is left out."""
        rows = list(rows)
        under = [(s.heading, [row for row in rows if row.demand in s.demands]) for s in self.sections]  # type: ignore[attr-defined]
        return [(heading, members) for heading, members in under if members]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many demand what, whatever stage is chosen."""
        return self.base.counts_by_demand()

    @property
    def is_untouched(self) -> bool:
        """Whether there is nothing to choose among."""
        return not (self.own or self.value("organisation") or self.counts)

    @property
    def headline(self) -> str:
        """What the list says first."""
        if not may_follow_issues(self.member):
            return "Åtgärderna läses av gruppen."
        if self.own:
            return own_headline(
                self._number((ActionStatus.SILENT, ActionStatus.ANSWER)), self._number((ActionStatus.LATE,))
            )
        return "Ingen åtgärd är utdelad än." if self.is_untouched else group_headline(self.counts)

    @property
    def views(self) -> list[Tab]:
        """The stages, of the organisation that is chosen."""
        return [
            Tab(words, self.address(lage=stage), self._number(demands), stage == self.stage)
            for stage, (words, demands) in STAGES.items()
        ]

    @cached_property
    def holders(self) -> list[tuple[Tab, StateSentence | None]]:
        """Who sits on what, whatever part of it is chosen: the choice of each, and what has waited too long there."""
        holders = [] if self.own else OrganisationLoad.of(self.whole)
        return [(self._view_of(holder), out_of_time(holder)) for holder in holders]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How much there is under each heading of the whole list, not only on this page of it."""
        numbers = [(section.heading, self._number(section.demands)) for section in self.sections]
        return [(heading, number) for heading, number in numbers if number]

    # Private

    def _view_of(self, holder: OrganisationLoad) -> Tab:
        who = holder.organisation
        address = self.address(vy="alla", organisation=str(who.pk))
        return Tab(str(who), address, holder.open, current=who == self.value("organisation"))

    def _number(self, demands: Iterable[ActionStatus]) -> int:
        return sum(self.counts.get(demand, 0) for demand in demands)
