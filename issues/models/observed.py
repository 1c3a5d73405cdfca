from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from issues.models.issue import Issue
from issues.models.observation import Observation
from members.models import Member, Organisation


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
