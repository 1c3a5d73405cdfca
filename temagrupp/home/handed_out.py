"""The samordnare's page: everything that is handed out, by organisation, to remind of or to take up at the meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from base.ui.filters import ChoiceOfFew, Filter, Tab
from base.ui.pagination import paginate
from issues.answer_rates import Tertial, answer_rates
from issues.escalating import suggested
from issues.models import UNANSWERED, UNENDED, Action, ActionStatus
from issues.models.action import ActionQuerySet
from issues.models.status import due_in_sql
from issues.own_list import anchor_of
from issues.rules import may_triage
from issues.texts.action import group_headline, stages_words
from issues.texts.answer_rates import tertial_begins
from issues.way_back import WayBack
from meetings.agenda.standing import standing_among
from meetings.models import Meeting
from meetings.rules import may_order_agenda
from meetings.texts.meeting import day_ahead, name_in_passing
from members.access import MemberRequest, ensure_member
from members.models import Organisation
from members.models.organisation import OrganisationQuerySet

HANDED_OUT = "utdelat"
"""The word in an address before the number of the action whose row one comes back to."""
CHOSEN = ("lage", "organisation", "sida")
LONGEST = 20
Counts = Counter[tuple[ActionStatus, int, bool]]
"""The number with each status at each organisation, by its key, and whether that is in the group."""
ENDED = (ActionStatus.DECLINED, ActionStatus.DONE)
FOLDED = (ActionStatus.UNDER_WAY, *ENDED)
"""What waits for nobody."""
BEHIND = (("Har inte svarat i tid", ActionStatus.SILENT), ("Försenade", ActionStatus.LATE))
"""Who keeps the group waiting longer than agreed: the words, and the status of what they have."""


@dataclass(frozen=True)
class Stage:
    """A part of what is handed out: its words, and the statuses of what it has, `outside` the group alone."""

    words: str
    statuses: tuple[ActionStatus, ...]
    outside: bool = False

    @property
    def condition(self) -> Q:
        found = Q(("status__in", self.statuses))
        return found & Q(("current__organisation__in_group", False)) if self.outside else found

    def number_in(self, counts: Counts) -> int:
        return sum(
            number
            for (status, _, in_group), number in counts.items()
            if status in self.statuses and not (self.outside and in_group)
        )


STAGES = {
    "": Stage("Allt", (*UNENDED, *ENDED)),
    "obesvarade": Stage("Obesvarade", UNANSWERED),
    "forsenade": Stage("Försenade", (ActionStatus.LATE, ActionStatus.REVIEW)),
    "pagar": Stage("Pågående", (ActionStatus.UNDER_WAY,)),
    "samordnaren": Stage("Väntar på dig", (ActionStatus.QUESTION,)),
    "avbojda": Stage("Avböjda sedan sist", (ActionStatus.DECLINED,)),
    "klara": Stage("Klara sedan sist", (ActionStatus.DONE,)),
    "annan": Stage("Ligger hos annan", UNENDED, outside=True),
}


class HandedOutFilter(Filter):
    """What is not over, and what was declined or done since the last meeting: of one stage, or one organisation."""

    lage = forms.ChoiceField(choices=[(name, stage.words) for name, stage in STAGES.items()])
    organisation = ChoiceOfFew(Organisation.objects.in_order(), label="Organisation", empty_label="alla organisationer")

    def __init__(self, query: QueryDict, *, member: Any, since: datetime | None) -> None:
        self.since = since
        super().__init__(query, member=member)

    @cached_property
    def organisations(self) -> list[Organisation]:
        """The one that is chosen, or all there are to choose among."""
        chosen = self.value("organisation")
        return [chosen] if chosen else list(self.fields["organisation"].queryset)  # type: ignore[attr-defined]

    @property
    def stage(self) -> Stage:
        return STAGES[self.value("lage") or ""]

    @cached_property
    def base(self) -> ActionQuerySet:
        """The actions that a stage chooses among, each with its status."""
        ended = Q(state=Action.State.DONE) | Q(state=Action.State.DECLINED)
        if self.since:
            ended = Q(state=Action.State.DONE, done_at__gt=self.since)
            ended |= Q(state=Action.State.DECLINED, state_since__gt=self.since)
        known = Action.objects.open().values("pk").union(Action.objects.filter(ended).values("pk"))
        found: Any = Action.objects.visible_to(self.member).handed_out().filter(pk__in=known)
        if organisation := self.value("organisation"):
            found = found.assigned_to([organisation.pk])
        return found.with_status(self.today)  # type: ignore[no-any-return]

    @cached_property
    def counts(self) -> Counts:
        """How many there are of each, whatever stage is chosen."""
        rows: Any = self.base.order_by()
        each = rows.values_list("status", "current__organisation", "current__organisation__in_group")
        return Counter({(ActionStatus(status), *at): number for status, *at, number in each.annotate(Count("pk"))})

    @property
    def total(self) -> int:
        return self.stage.number_in(self.counts)

    @property
    def rows(self) -> ActionQuerySet:
        """The actions in the order of the organisations, of each what is needed most first."""
        found, order = self.base.filter(self.stage.condition), OrganisationQuerySet.order_at("current__organisation__")
        need: list[Any] = ["current__organisation", "status", due_in_sql(), "pk"]
        return found.order_by(*order, *need).with_about().with_reminders()

    @property
    def headline(self) -> str:
        counts: Counter[ActionStatus] = Counter()
        for (status, *_), number in self.counts.items():
            counts[status] += number
        return group_headline(counts)

    @property
    def is_chosen(self) -> bool:
        """Whether anything is chosen, so that nothing that is asked for is folded."""
        return any(map(self.value, ("lage", "organisation")))

    @property
    def behind(self) -> list[tuple[str, list[Tab]]]:
        """The organisations that keep the group waiting longer than agreed, each with what it has of that alone."""
        found = [(words, self._tabs_of(status)) for words, status in BEHIND]
        return [(words, tabs) for words, tabs in found if tabs]

    def _tabs_of(self, status: ActionStatus) -> list[Tab]:
        numbers = {at: number for (each, at, _), number in self.counts.items() if each == status}
        return [
            Tab(str(who), self.address(organisation=str(who.pk)), numbers[who.pk], False)
            for who in self.organisations
            if who.pk in numbers
        ]

    @property
    def tabs(self) -> list[Tab]:
        return [
            Tab(stage.words, self.address(lage=name), stage.number_in(self.counts), stage == self.stage)
            for name, stage in STAGES.items()
        ]


@dataclass(frozen=True)
class Row:
    """An action of the page, the way back to its row, and how it comes to the next meeting.

    stands   that its issue is on the agenda · may_be_raised that it can be put there
    """

    action: Action
    way: WayBack
    stands: bool
    may_be_raised: bool

    @property
    def status(self) -> ActionStatus:
        return ActionStatus(self.action.status)  # type: ignore[attr-defined]  # by with_status


@dataclass(frozen=True)
class OfOrganisation:
    """What one organisation has on the page: what waits for somebody, and folded what waits for nobody."""

    organisation: Organisation
    rows: list[Row]

    @property
    def waiting(self) -> list[Row]:
        return [row for row in self.rows if row.status not in FOLDED]

    @property
    def folded(self) -> list[Row]:
        return [row for row in self.rows if row.status in FOLDED]

    @property
    def folded_actions(self) -> list[Action]:
        return [row.action for row in self.folded]

    @property
    def folded_words(self) -> str:
        return stages_words(Counter(row.status for row in self.folded))


@require_safe
def handed_out(request: MemberRequest) -> HttpResponse:
    member = request.user
    ensure_member(may_triage, member)
    coming, last, _ = Meeting.objects.visible_to(member).at_hand(timezone.localdate())
    chosen = HandedOutFilter(request.GET, member=member, since=last.held_at if last else None)
    page = paginate(request, chosen.rows, total=chosen.total)
    meeting = next((each for each in coming if may_order_agenda(member, each)), None)
    context = {
        "filter": chosen,
        "page": page,
        "parts": [
            OfOrganisation(who, list(rows)) for who, rows in groupby(_rows(page, chosen, meeting), key=_organisation_of)
        ],
        "meeting": meeting,
        "ahead": day_ahead(meeting.day, chosen.today) if meeting else "",
        "since": name_in_passing(last) if last else "",
        "rates": answer_rates(chosen.organisations, chosen.today),
        "rates_since": tertial_begins(Tertial.latest(chosen.today)[0]),
    }
    return render(request, "home/handed_out.html", context)


def _rows(page: Iterable[Action], chosen: HandedOutFilter, meeting: Meeting | None) -> list[Row]:
    actions = list(page)
    to_lift = suggested(actions, chosen.today)
    open_issues = {action.issue_id for action in actions if action.issue.is_open}
    standing = standing_among(meeting, open_issues, chosen.member, chosen.today) if meeting and open_issues else set()
    words = _chosen_in(chosen.data)
    for action in actions:
        action.suggestion = to_lift.get(action.pk, "")
    return [
        Row(
            action,
            _way(action.pk, words),
            action.issue_id in standing,
            bool(meeting) and action.issue_id in open_issues - standing,
        )
        for action in actions
    ]


def _organisation_of(row: Row) -> Organisation:
    return row.action.current.organisation


def _chosen_in(query: Any) -> str:
    words = {name: query.get(name, "") for name in CHOSEN}
    return urlencode({name: word for name, word in words.items() if 0 < len(word) <= LONGEST})


def way_to_handed_out(request: MemberRequest, action: int) -> WayBack | None:
    """The way to the row of that action, for a samordnare who may see it; None else."""
    known = may_triage(request.user) and Action.objects.visible_to(request.user).filter(pk=action).exists()
    return _way(action, _chosen_in(request.GET)) if known else None


def _way(action: int, chosen: str) -> WayBack:
    address = f"{reverse('handed_out')}{f'?{chosen}' if chosen else ''}#{anchor_of(action)}"
    return WayBack(HANDED_OUT, action, address, "Tillbaka till allt utdelat", chosen=chosen)
