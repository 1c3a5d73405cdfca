"""Counts: how much has been seen, by whom, who has been silent, and who has how much to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from base.swedish.order import swedish_order
from issues.models import OVERDUE, Category, Issue, Observation, Place
from issues.models.action import ActionQuerySet
from issues.models.observation import ObservationQuerySet
from members.models import Member, Organisation


@dataclass(frozen=True)
class Scope:
    """What is counted: the observations of a period, a place, a category, an organisation; all where nothing is said.

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
        seen: ObservationQuerySet = Observation.objects.unrestricted().exclude(state=Observation.State.REJECTED)
        if self.after:
            seen = seen.filter(created_at__gt=self.after)
        if self.until:
            seen = seen.filter(created_at__lte=self.until)
        if self.place:
            seen = seen.filter(Q(place=self.place) | Q(place__locality=self.place))
        if self.category:
            seen = seen.filter(Q(category=self.category) | Q(category__parent=self.category))
        return seen.from_organisation(self.organisation) if self.organisation else seen

    def latest_of_each(self, number: int) -> ObservationQuerySet:
        """The latest so many of each organisation, the very latest first; in one question however much has come."""
        nth = Window(RowNumber(), partition_by="organisation", order_by=[F("created_at").desc(), F("pk").desc()])
        return self.observations.with_related().annotate(nth=nth).filter(nth__lte=number).order_by("nth")


@dataclass(frozen=True)
class Coverage:
    """How much each organisation has brought, and who has been silent: silence must differ from calm."""

    numbers: dict[Organisation, int]
    silent: list[Organisation]

    @classmethod
    def of(cls, scope: Scope, *, day: date) -> Coverage:
        """Of those who take part on the day, and those who left but had reported before. In two questions."""
        by_organisation = scope.observations.order_by().values_list("organisation")
        numbers = dict(by_organisation.annotate(Count("pk")))
        counted = Organisation.objects.filter(pk__in=numbers) | Organisation.objects.active(day)
        organisations = list(counted.order_by(swedish_order("name")))
        return cls(
            numbers={each: numbers[each.pk] for each in organisations if each.pk in numbers},
            silent=[each for each in organisations if each.pk not in numbers],
        )


@dataclass(frozen=True)
class ObservationCount:
    """How much has been seen in an issue: own observations with their reporters; what others brought, apart.

    Counted for one member, without what is hidden from her. `others` is the number for each other source.
    """

    own: int
    reporters: int
    others: dict[str, int]

    @classmethod
    def of(cls, issue: Issue, member: Member) -> ObservationCount:
        return cls.of_each([issue], member)[issue.pk]

    @classmethod
    def of_each(cls, issues: Iterable[Issue], member: Member) -> dict[int, ObservationCount]:
        """For every issue of a list, by its id, in one question."""
        rows = Observation.objects.without_restricted_for(member).filter(issue__in=[issue.pk for issue in issues])
        counted: dict[int, dict[str, tuple[int, int]]] = {issue.pk: {} for issue in issues}
        of_source = rows.order_by().values("issue", "source")
        for row in of_source.annotate(count=Count("pk"), reporters=Count("reporter", distinct=True)):
            counted[row["issue"]][row["source"]] = (row["count"], row["reporters"])
        return {pk: cls._from(sources) for pk, sources in counted.items()}

    @classmethod
    def _from(cls, sources: dict[str, tuple[int, int]]) -> ObservationCount:
        own, reporters = sources.pop(Observation.Source.OWN, (0, 0))
        return cls(own, reporters, {source: count for source, (count, _) in sources.items()})

    @property
    def total(self) -> int:
        return self.own + sum(self.others.values())


@dataclass(frozen=True)
class FeedbackRecipients:
    """Those who will read an issue's feedback: everyone who logged an observation of it, of whatever source."""

    people: int
    organisations: list[str]
    from_outside: int  # observations whose source has no login and must be told by the one who entered them

    @classmethod
    def of(cls, issue: Issue, member: Member) -> FeedbackRecipients:
        return cls.of_each([issue], member)[issue.pk]

    @classmethod
    def of_each(cls, issues: Iterable[Issue], member: Member) -> dict[int, FeedbackRecipients]:
        """For every issue of a list, by its id, in three questions."""
        keys = [issue.pk for issue in issues]
        rows = Observation.objects.without_restricted_for(member).filter(issue__in=keys).order_by()
        from_outside = Count("pk", filter=~Q(source=Observation.Source.OWN))
        counts = rows.values("issue").annotate(people=Count("reporter", distinct=True), from_outside=from_outside)
        told = {row["issue"]: (row["people"], row["from_outside"]) for row in counts}
        brought = set(rows.values_list("issue", "organisation"))
        organisations = list(Organisation.objects.filter(pk__in=rows.values("organisation")).in_order())
        from_where = {pk: [str(one) for one in organisations if (pk, one.pk) in brought] for pk in keys}
        nobody = (0, 0)
        return {pk: cls(told.get(pk, nobody)[0], from_where[pk], told.get(pk, nobody)[1]) for pk in keys}


@dataclass(frozen=True)
class OrganisationLoad:
    """An organisation with how much it has to answer and to do, and how much of that has waited longer than agreed."""

    organisation: Organisation
    unended: int
    overdue: int

    @classmethod
    def of(cls, actions: ActionQuerySet) -> list[OrganisationLoad]:
        """The load of each organisation with unended actions, the one that is waited for most first."""
        counts = actions.counts_by_organisation()
        loads = [
            cls(who, counts[who.pk].total(), sum(counts[who.pk][status] for status in OVERDUE))
            for who in Organisation.objects.in_order().filter(pk__in=counts)
        ]
        return sorted(loads, key=lambda load: (-load.overdue, -load.unended))
