"""An organisation's own page of its actions: what is to be answered, planned month by month, under way, done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import QueryDict

from base.swedish.said_days import Precision
from base.ui.filters import ChoiceOfFew
from issues.budget import NO_YEAR, BudgetYear, Noted, budget_years, done_bands, noted_costs
from issues.filters.action import ActionFilter, ListPart, Section
from issues.handling import colleagues
from issues.models import UNANSWERED, Action, ActionStatus
from issues.models.action import ActionQuerySet
from issues.models.handler import handler_left
from issues.own_list import chosen_in
from issues.rules import may_follow_issues
from issues.texts.action import own_headline
from issues.texts.own_actions import chosen_headline, folded_words, planned_heading
from members.models import Member, Organisation

TALLY = (
    Section("Ert att svara på", UNANSWERED),
    Section("Pågående hos er", (ActionStatus.LATE, ActionStatus.REVIEW, ActionStatus.UNDER_WAY)),
    Section("Ligger hos gruppen", (ActionStatus.QUESTION,)),
    Section("Klara", (ActionStatus.DONE,)),
    Section("Avböjda", (ActionStatus.DECLINED,)),
    Section("Återtagna av gruppen", (ActionStatus.CANCELLED,)),
)
"""What is theirs to do first, what is the group's after it."""

HERSELF, NOBODY = "jag", "ingen"
WHOSE = [("", "oavsett handläggare"), (HERSELF, "som du handlägger"), (NOBODY, "utan handläggare")]
ANY_YEAR = ("", "alla budgetår")


@dataclass(frozen=True)
class OwnSection:
    """A heading of the page, and the condition of what stands under it, on rows with_status().

    oldest   the column by which the oldest comes first
    by_month whether each month has a heading of its own
    folds    whether it waits for nobody, and is read by whoever looks for it
    """

    heading: str
    statuses: Collection[ActionStatus]
    oldest: str = "current__answer_due"
    begun: bool | None = None
    by_month: bool = False
    folds: bool = False

    @property
    def condition(self) -> Q:
        held = Q(("status__in", sorted(self.statuses)))
        if self.begun is None:
            return held
        begun = Q(state=Action.State.ONGOING) | Q(("current__planned_precision", Precision.RUNNING))
        return held & (begun if self.begun else ~Q(state=Action.State.ONGOING))


TO_ANSWER = OwnSection("Ert att svara på", UNANSWERED)
DONE = OwnSection("Klara", (ActionStatus.DONE,), folds=True)
SECTIONS = (
    TO_ANSWER,
    OwnSection("Försenade och att stämma av", (ActionStatus.LATE, ActionStatus.REVIEW), "current__planned"),
    OwnSection("Pågående hos er", (ActionStatus.UNDER_WAY,), "current__planned", begun=True),
    OwnSection("Planerade", (ActionStatus.UNDER_WAY,), "current__planned", begun=False, by_month=True),
    OwnSection("Ligger hos gruppen", (ActionStatus.QUESTION,)),
    DONE,
    OwnSection("Avböjda", (ActionStatus.DECLINED,), folds=True),
    OwnSection("Återtagna av gruppen", (ActionStatus.CANCELLED,), folds=True),
)
"""The first that holds; what runs on has begun when it is promised."""


class OwnActionFilter(ActionFilter):
    """The actions of the member's organisations, by who handles them and by budget year."""

    template = "issues/own_actions.html"

    organisation = ChoiceOfFew(Organisation.objects.none(), label="Organisation", empty_label="alla era organisationer")
    handlaggare = forms.ChoiceField(label="Handläggare")
    budgetar = forms.ChoiceField(label="Budgetår")

    def offer(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = Organisation.objects.filter(pk__in=self.member.organisation_ids).in_order()
        others = [(str(each.pk), f"som {each} handlägger") for each in self.colleagues if each != self.member]
        fields["handlaggare"].choices = [*WHOSE, *others]
        fields["budgetar"].choices = [ANY_YEAR, *((year.word, year.choice) for year in self.years)]

    @property
    def own(self) -> bool:
        return True

    @property
    def has_several(self) -> bool:
        """Whether she answers for more than one organisation, so that there is one to choose."""
        return len(self.member.organisation_ids) > 1

    @cached_property
    def colleagues(self) -> list[Member]:
        """Who answers for her organisations, she herself too."""
        return colleagues(self.member.organisation_ids) if self.member.organisation_ids else []

    @cached_property
    def hers(self) -> ActionQuerySet:
        """All that her organisations have, whatever is chosen."""
        found: ActionQuerySet = self.whole.assigned_to(self.member.organisation_ids)
        return found

    @cached_property
    def base(self) -> ActionQuerySet:
        organisation, handler, year = map(self.value, ("organisation", "handlaggare", "budgetar"))
        found = (self.whole.assigned_to([organisation.pk]) if organisation else self.hers).joined_current()
        if handler == NOBODY:
            found = found.filter(Q(("current__handler__isnull", True)) | Q(handler_left()))
        elif handler:
            found = found.filter(("current__handler", self.member.pk if handler == HERSELF else int(handler)))
        if year:
            found = found.filter(("current__budget_year", None if year == NO_YEAR else int(year)))
        return found

    @cached_property
    def rows(self) -> ActionQuerySet:
        """The actions, section by section, each with the number of its `section`."""
        whens = [When(section.condition, then=Value(place)) for place, section in enumerate(SECTIONS)]
        rows = self.base.with_status(self.today).annotate(section=Case(*whens, output_field=IntegerField()))
        keys = [Case(When(section=place, then=F(each.oldest))) for place, each in enumerate(SECTIONS) if each != DONE]
        latest_done = Case(When(section=SECTIONS.index(DONE), then=F("done_on"))).desc(nulls_last=True)
        return rows.order_by("section", *keys, latest_done, "pk").with_about()

    def divided(self, rows: Iterable[Action]) -> list[ListPart]:
        return [
            ListPart(heading, list(under), self._folded(section) if section.folds else "")
            for (section, heading), under in groupby(rows, key=self._section_of)
        ]

    def _section_of(self, action: Any) -> tuple[OwnSection, str]:
        section = SECTIONS[action.section]
        month = planned_heading(action.current.planned, self.today) if section.by_month else ""
        return section, month or section.heading

    def _folded(self, section: OwnSection) -> str:
        """How many there are under the heading on all pages, and what all that they have done may have cost."""
        number = sum(self.counts[status] for status in section.statuses)
        tells_cost = section == DONE and not self.is_chosen
        return folded_words(number, done_bands(self.noted) if tells_cost else Counter())

    @cached_property
    def noted(self) -> Noted:
        """What they have noted of cost and budget year, of all that is theirs to do or done."""
        return noted_costs(self.hers)

    @cached_property
    def years(self) -> list[BudgetYear]:
        """What each budget year may cost; the first first."""
        return budget_years(self.noted)

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def is_chosen(self) -> bool:
        """Whether anything is chosen."""
        return any(map(self.value, ("organisation", "handlaggare", "budgetar")))

    @property
    def is_untouched(self) -> bool:
        """Whether they have never been asked, so that there is nothing to choose among."""
        return not (self.is_chosen or self.counts)

    @property
    def headline(self) -> str:
        if not may_follow_issues(self.member):
            return super().headline
        return chosen_headline(self.total) if self.is_chosen else own_headline(self.counts)

    @property
    def sections(self) -> tuple[Section, ...]:
        return TALLY

    @cached_property
    def loads(self) -> list[Any]:
        return []

    @property
    def file_name(self) -> str:
        """What a file with the rows is called: Era åtgärder, budgetår 2027, 2026-11-29."""
        year = next((each.choice for each in self.years if each.word == self.value("budgetar")), "")
        return self._named("Era åtgärder", str(self.value("organisation") or ""), year)

    @property
    def chosen(self) -> str:
        """The query of what is chosen, for a step to lead back to the same list."""
        return chosen_in(self.data)  # type: ignore[arg-type]  # the query of an address


def action_filter(query: QueryDict, *, member: Member) -> ActionFilter:
    """The filter of the list that the address asks for: the member's own, or all that is handed out."""
    chosen = ActionFilter(query, member=member)
    return OwnActionFilter(query, member=member) if chosen.own else chosen
