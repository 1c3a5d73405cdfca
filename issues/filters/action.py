from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms

from base.records.restricted import not_restricted
from base.swedish.words import StateSentence, thousands
from base.ui.filters import ChoiceOfFew, Filter, Tab
from issues.counting import OrganisationLoad, action_counts
from issues.models import OVERDUE, UNENDED, Action, ActionStatus
from issues.models.action import ActionQuerySet
from issues.rules import may_follow_issues, may_see_all_actions
from issues.texts.action import group_headline, overdue_words, stage_headline
from members.models import Organisation


@dataclass(frozen=True)
class Section:
    """A heading of a list, and the statuses of the actions under it."""

    heading: str
    statuses: tuple[ActionStatus, ...]


@dataclass(frozen=True)
class ListPart:
    """The actions of a page that stand under one heading; folded where `folded` says how many they are in all."""

    heading: str
    actions: list[Action]
    folded: str = ""


GROUP_SECTIONS = (
    Section("Väntar på samordnaren", (ActionStatus.QUESTION,)),
    Section("Obesvarade och försenade", OVERDUE),
    Section("Väntar på svar", (ActionStatus.WAITING,)),
    Section("Pågående", (ActionStatus.REVIEW, ActionStatus.UNDER_WAY)),
    Section("Avböjda", (ActionStatus.DECLINED,)),
    Section("Klara", (ActionStatus.DONE,)),
    Section("Återtagna", (ActionStatus.CANCELLED,)),
)
"""In order of need."""
STAGES = {
    "": ("Öppna", UNENDED),
    "samordnaren": ("Väntar på samordnaren", (ActionStatus.QUESTION,)),
    "forsenade": ("Obesvarade och försenade", OVERDUE),
    "vantar": ("Väntar på svar", (ActionStatus.WAITING,)),
    "pagar": ("Pågående", (ActionStatus.REVIEW, ActionStatus.UNDER_WAY)),
    "avbojda": ("Avböjda", (ActionStatus.DECLINED,)),
    "klara": ("Klara", (ActionStatus.DONE,)),
    "alla": ("Alla", tuple(ActionStatus)),
}
IN_A_FILE = 2_000
"""Rows: twenty years of a group's actions, and what a server makes into a workbook while one waits."""
SOME = STAGES.keys() - {"", "alla"}
"""The stages that are about themselves alone: their heading tells how many there are, and nothing of the rest."""


class ActionFilter(Filter):
    """The filter of the action list: all handed out, of one stage and one organisation.

    Whoever answers for an organisation begins with its own list; a handläggare has no other.
    """

    template = "issues/action_list.html"

    vy = forms.ChoiceField(choices=[("egna", "egna"), ("alla", "alla")])
    lage = forms.ChoiceField(choices=[(stage, words) for stage, (words, _) in STAGES.items()])
    organisation = ChoiceOfFew(Organisation.objects.in_order(), label="Organisation", empty_label="alla organisationer")

    @property
    def own(self) -> bool:
        if not may_see_all_actions(self.member):
            return True
        own_first = bool(self.member.organisation_ids) and not self.member.is_coordinator
        return {"egna": True, "alla": False}.get(self.value("vy"), own_first)

    @property
    def other(self) -> tuple[str, str] | None:
        """The words and address of the other list (all or own), where the member has one."""
        if self.own:
            return ("Alla utdelade åtgärder", "?vy=alla") if may_see_all_actions(self.member) else None
        return ("Era egna åtgärder", "?vy=egna") if self.member.organisation_ids else None

    @property
    def stage(self) -> str:
        return self.value("lage") or ""

    @cached_property
    def base(self) -> ActionQuerySet:
        """The actions that the filter chooses among."""
        organisation = self.value("organisation")
        return self.whole.assigned_to([organisation.pk]) if organisation else self.whole

    @property
    def whole(self) -> ActionQuerySet:
        """All actions handed out that are visible to the member."""
        actions: ActionQuerySet = Action.objects.visible_to(self.member)
        return actions.handed_out()

    @cached_property
    def rows(self) -> ActionQuerySet:
        """The actions of the list, in the order of its sections."""
        _, statuses = STAGES[self.stage]
        return self.base.in_status(statuses, self.today).in_order_of_need().with_about()

    @cached_property
    def exported(self) -> list[Action]:
        """The same rows as they may leave the register: what is restricted is in no file, for whoever may read it.

        No more than a file has room for, the first of them.
        """
        return list(self.rows.filter(not_restricted("issue")).prefetch_related("supporting")[:IN_A_FILE])

    @property
    def more_than_a_file(self) -> int:
        """The number of actions that a file has, where the list has more; nought where it has them all."""
        return IN_A_FILE if self.total > IN_A_FILE else 0

    @property
    def file_name(self) -> str:
        """What a file with the rows is called: Åtgärder, Klara, Tekniska förvaltningen, 2026-11-29."""
        stage = STAGES[self.stage][0] if self.stage else ""
        return self._named("Åtgärder", stage, str(self.value("organisation") or ""))

    def _named(self, *parts: str) -> str:
        is_cut = len(self.exported) == IN_A_FILE and self.more_than_a_file
        cut = f"de {thousands(IN_A_FILE)} första" if is_cut else ""
        return ", ".join(filter(None, [*parts, cut, self.today.isoformat()]))

    @property
    def query(self) -> str:
        """The query of what is chosen, for a file of it."""
        return urlencode({name: self.data[name] for name in self.fields if self.value(name)})

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the whole list that are counted."""
        return GROUP_SECTIONS

    def divided(self, rows: Iterable[Action]) -> list[ListPart]:
        """The rows of a page grouped by section; a section without rows is left out."""
        on_page = [(row, row.status_on(self.today)) for row in rows]
        parts = [ListPart(s.heading, [row for row, status in on_page if status in s.statuses]) for s in self.sections]
        return [part for part in parts if part.actions]

    @cached_property
    def counts(self) -> Counter[ActionStatus]:
        """The number of actions in each status, whatever stage is chosen."""
        return action_counts(self.base, self.today)

    @property
    def total(self) -> int:
        """The number of actions in the list."""
        return _number(self.counts, STAGES[self.stage][1])

    @property
    def is_untouched(self) -> bool:
        """Whether no action of the filter's base exists, so that there is nothing to choose among."""
        return not (self.value("organisation") or self.counts)

    @property
    def headline(self) -> str:
        """The headline of the list."""
        if not may_follow_issues(self.member):
            return "Åtgärderna läses av gruppen."
        if self.is_untouched:
            return "Ingen åtgärd är utdelad än."
        words, _ = STAGES[self.stage]
        return stage_headline(words, self.total) if self.stage in SOME else group_headline(self.counts)

    @property
    def tabs(self) -> list[Tab]:
        """The tabs: the stages, of the organisation that is chosen."""
        return [
            Tab(words, self.address(lage=stage), _number(self.counts, statuses), stage == self.stage)
            for stage, (words, statuses) in STAGES.items()
        ]

    @cached_property
    def loads(self) -> list[tuple[Tab, StateSentence | None]]:
        """The load of each organisation, whatever is chosen: its filter, and what has waited too long there."""
        loads = OrganisationLoad.of(self.whole.in_status(UNENDED, self.today))
        return [(self._tab_of(load), _overdue(load)) for load in loads]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """The number of actions in each section of the whole list, not only on this page."""
        numbers = [(section.heading, _number(self.counts, section.statuses)) for section in self.sections]
        return [(heading, number) for heading, number in numbers if number]

    # Private

    def _tab_of(self, load: OrganisationLoad) -> Tab:
        who = load.organisation
        address = self.address(vy="alla", organisation=str(who.pk))
        return Tab(str(who), address, load.unended, current=who == self.value("organisation"))


def _overdue(load: OrganisationLoad) -> StateSentence | None:
    """The number of overdue actions in words; None where nothing is."""
    words = overdue_words(load.overdue, load.unended)
    return StateSentence(ActionStatus.SILENT.glyph, words) if load.overdue else None


def _number(counts: Counter[ActionStatus], statuses: Iterable[ActionStatus]) -> int:
    return sum(counts[status] for status in statuses)
