"""Counts of observations, issues and actions, feedback recipients and load. Who has reported: `coverage`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from issues.models import (
    OVERDUE,
    UNANSWERED,
    UNENDED,
    AccessGrant,
    ActionStatus,
    Category,
    Issue,
    IssueStatusFilter,
    Observation,
    Place,
)
from issues.models.action import ActionQuerySet
from issues.models.issue import IssueQuerySet
from issues.models.issue_status import STATES, IssueState, has_action_in
from issues.models.observation import ObservationQuerySet
from issues.models.status import ENDED, STATUS_WHEN_OVER
from members.models import Member, Organisation


@dataclass(frozen=True)
class Scope:
    """Which observations are counted: of a period, place, category, organisation; each unset field is no limit.

    What is rejected is left out, and what is restricted whoever asks: what is counted stands on the wall and in the
    minutes.
    """

    after: datetime | None = None
    until: datetime | None = None
    place: Place | None = None  # with the places in it
    category: Category | None = None  # with those under it
    organisation: Organisation | None = None

    @property
    def observations(self) -> ObservationQuerySet:
        return self.reports.exclude(state=Observation.State.REJECTED)

    @property
    def reports(self) -> ObservationQuerySet:
        """What was reported, that which is rejected with it: who reported it has not been silent."""
        observations: ObservationQuerySet = Observation.objects.unrestricted()
        if self.after:
            observations = observations.filter(created_at__gt=self.after)
        if self.until:
            observations = observations.filter(created_at__lte=self.until)
        if self.place:
            observations = observations.filter(place__in=Place.objects.within(self.place))
        if self.category:
            observations = observations.filter(category__in=Category.objects.within(self.category))
        return observations.from_organisation(self.organisation) if self.organisation else observations

    def latest_of_each(self, number: int) -> ObservationQuerySet:
        """The latest so many observations of each organisation, the very latest first; in one query."""
        nth = Window(RowNumber(), partition_by="organisation", order_by=[F("created_at").desc(), F("pk").desc()])
        return self.observations.with_related().annotate(nth=nth).filter(nth__lte=number).order_by("nth")


@dataclass(frozen=True)
class ObservationCount:
    """The number of observations in an issue: the group's own with their reporters, and others' by source.

    Counted for one member, without what is hidden from her, or `for_anybody`. `others` is the number for each other
    source.
    """

    own: int
    reporters: int
    others: dict[str, int]

    @classmethod
    def of(cls, issue: Issue, member: Member) -> ObservationCount:
        return cls.of_each([issue], member)[issue.pk]

    @classmethod
    def of_each(cls, issues: Iterable[Issue], member: Member) -> dict[int, ObservationCount]:
        """The count of each issue in a list, by its id, in one query."""
        return cls._counted(Observation.objects.without_restricted_for(member), issues)

    @classmethod
    def for_anybody(cls, issue: Issue) -> ObservationCount:
        """The count that may be told outside the register, whoever reads it: of nothing that is restricted."""
        return cls._counted(Observation.objects.unrestricted(), [issue])[issue.pk]

    @classmethod
    def _counted(cls, rows: ObservationQuerySet, issues: Iterable[Issue]) -> dict[int, ObservationCount]:
        rows = rows.filter(issue__in=[issue.pk for issue in issues])
        counted: dict[int, dict[str, tuple[int, int]]] = {issue.pk: {} for issue in issues}
        of_source = rows.order_by().values("issue", "source")
        for row in of_source.annotate(count=Count("pk"), reporters=Count("reporter", distinct=True)):
            counted[row["issue"]][row["source"]] = (row["count"], row["reporters"])
        return {pk: cls._from(sources) for pk, sources in counted.items()}

    @classmethod
    def among(cls, observations: Iterable[Observation]) -> ObservationCount:
        """The count of observations that have been read already: all that the member may see of an issue."""
        reporters: dict[str, list[int]] = {}
        for observation in observations:
            reporters.setdefault(observation.source, []).append(observation.reporter_id)
        return cls._from({source: (len(ids), len(set(ids))) for source, ids in reporters.items()})

    @classmethod
    def _from(cls, sources: dict[str, tuple[int, int]]) -> ObservationCount:
        own, reporters = sources.pop(Observation.Source.OWN, (0, 0))
        in_order = [source for source in Observation.Source if source in sources]
        return cls(own, reporters, {source: sources[source][0] for source in in_order})

    @property
    def total(self) -> int:
        return self.own + sum(self.others.values())


@dataclass(frozen=True)
class WaitingCount:
    """The number of issues in a list, of them those that wait for an answer, and those that have waited too long."""

    total: int
    waiting: int
    silent: int

    @classmethod
    def of(cls, issues: IssueQuerySet, today: date) -> WaitingCount:
        waiting = Count("pk", filter=has_action_in(UNANSWERED, today))
        silent = Count("pk", filter=has_action_in([ActionStatus.SILENT], today))
        return cls(**issues.order_by().aggregate(total=Count("pk"), waiting=waiting, silent=silent))


class IssueCounts:
    """The number of issues in each status filter, and of most what `WaitingCount` tells; in one query.

    Its rows are a name, a state and a number: ("total", "open", 97), ("silent", "open", 4), ("in time", "open", 12).
    """

    def __init__(self, issues: IssueQuerySet, today: date) -> None:
        waiting = has_action_in(UNANSWERED, today)
        is_silent = When(has_action_in([ActionStatus.SILENT], today), then=Value("silent"))
        this_year = IssueStatusFilter.CLOSED_THIS_YEAR.condition(today)
        named = (
            issues.annotate(name=Value("total")),
            issues.filter(waiting).annotate(name=Case(is_silent, default=Value("in time"))),
            issues.filter(this_year).annotate(name=Value("this year")),
        )
        first, *others = (each.order_by().values_list("name", "state").annotate(Count("pk")) for each in named)
        self._numbers = {(name, state): number for name, state, number in first.union(*others, all=True)}

    def total(self, status: IssueStatusFilter) -> int:
        match status:
            case IssueStatusFilter.WAITING:
                return self._number("silent", IssueState) + self._number("in time", IssueState)
            case IssueStatusFilter.CLOSED_THIS_YEAR:
                return self._number("this year", IssueState)
        return self._number("total", STATES[status])

    def waiting(self, status: IssueStatusFilter) -> WaitingCount | None:
        """All of the status; None where the counts do not tell who waits."""
        if status == IssueStatusFilter.CLOSED_THIS_YEAR:
            return None
        states = STATES.get(status, IssueState)
        silent = self._number("silent", states)
        return WaitingCount(self.total(status), silent + self._number("in time", states), silent)

    def _number(self, name: str, states: Iterable[str]) -> int:
        return sum(self._numbers.get((name, state), 0) for state in states)


@dataclass(frozen=True)
class FeedbackRecipients:
    """The recipients of an issue's feedback: everyone who logged an observation of it, of whatever source.

    Of a restricted issue those of them who are named on it; the others cannot read it.
    """

    people: int
    organisations: list[str]
    from_outside: int  # observations whose source has no login and must be told by the one who entered them
    unnamed: int = 0  # people who have reported and may not read it

    @classmethod
    def of(cls, issue: Issue, member: Member) -> FeedbackRecipients:
        return cls.of_each([issue], member)[issue.pk]

    @classmethod
    def of_each(cls, issues: Iterable[Issue], member: Member) -> dict[int, FeedbackRecipients]:
        """The recipients of each issue in a list, by its id, in three queries."""
        keys = [issue.pk for issue in issues]
        may_read = Q(issue__restricted=False) | Exists(
            AccessGrant.objects.filter(issue=OuterRef("issue"), member=OuterRef("reporter"))
        )
        every = Observation.objects.without_restricted_for(member).filter(issue__in=keys).order_by()
        every = every.annotate(reads=Case(When(may_read, then=Value(True)), default=Value(False)))
        reads = Q(reads=True)
        counts = every.values_list("issue").annotate(
            people=Count("reporter", distinct=True, filter=reads),
            from_outside=Count("pk", filter=reads & ~Q(source=Observation.Source.OWN)),
            unnamed=Count("reporter", distinct=True, filter=~reads),
        )
        counted = {pk: numbers for pk, *numbers in counts}
        rows = every.filter(reads)
        brought = set(rows.values_list("issue", "organisation"))
        organisations = list(Organisation.objects.filter(pk__in=rows.values("organisation")).in_order())
        from_where = {pk: [str(one) for one in organisations if (pk, one.pk) in brought] for pk in keys}
        nobody = (0, 0, 0)
        each = {pk: counted.get(pk, nobody) for pk in keys}
        return {pk: cls(people, from_where[pk], *others) for pk, (people, *others) in each.items()}


def action_counts(actions: ActionQuerySet, day: date) -> Counter[ActionStatus]:
    """The number of actions in each status on the day. Most are over, which an index on their state tells."""
    unended: Any = actions.in_status(UNENDED, day)
    over: Any = actions.filter(state__in=ENDED).annotate(status=Value(None, output_field=IntegerField()))
    each = [one.order_by().values_list("state", "status").annotate(Count("pk")) for one in (unended, over)]
    counts: Counter[ActionStatus] = Counter()
    for state, status, number in each[0].union(each[1], all=True):
        counts[ActionStatus(status) if status else STATUS_WHEN_OVER[state]] += number
    return counts


@dataclass(frozen=True)
class OrganisationLoad:
    """The load of an organisation: how much it has to answer and do, and how much of that is overdue."""

    organisation: Organisation
    unended: int
    overdue: int

    @classmethod
    def of(cls, actions: ActionQuerySet) -> list[OrganisationLoad]:
        """The load of each organisation with any of the actions, which are with_status(), the most overdue first."""
        overdue = Count("pk", filter=Q(status__in=OVERDUE))
        by_organisation = actions.order_by().values_list("current__organisation")  # type: ignore[misc]
        counts = {pk: numbers for pk, *numbers in by_organisation.annotate(Count("pk"), overdue=overdue)}
        loads = [cls(who, *counts[who.pk]) for who in Organisation.objects.in_order().filter(pk__in=counts)]
        return sorted(loads, key=lambda load: (-load.overdue, -load.unended))
