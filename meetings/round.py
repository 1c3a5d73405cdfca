"""Laget runt: the observations of each organisation since the previous meeting, counted, with the latest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from issues.counting import Coverage, Scope
from issues.models import Observation
from meetings.models import Meeting
from members.models import Organisation

SHOWN = 5
"""How many of an organisation's observations the page shows; the rest are counted."""


@dataclass
class OrganisationReport:
    """One organisation in the round: the number of its observations, and the latest of them."""

    organisation: Organisation
    count: int = 0
    latest: list[Observation] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.latest)


@dataclass(frozen=True)
class Round:
    """Reports and silent organisations since the previous meeting: silence must differ from calm."""

    previous: Meeting | None
    reports: list[OrganisationReport]
    silent: list[Organisation]

    @property
    def size(self) -> int:
        return len(self.reports) + len(self.silent)

    @classmethod
    def of(cls, meeting: Meeting) -> Round:
        """The round of a meeting, counts alone. Those active on its day, and those that left but had reported."""
        return cls.since(meeting.previous(), until=meeting)

    @classmethod
    def since(cls, previous: Meeting | None, *, until: Meeting) -> Round:
        """The round between the two meetings, which have none between them."""
        coverage = Coverage.of(_scope(until, previous), day=until.day)
        reports = [OrganisationReport(each, number) for each, number in coverage.numbers.items()]
        return cls(previous, reports, coverage.silent)

    @classmethod
    def with_latest(cls, meeting: Meeting) -> Round:
        """The round with the latest observations of each organisation, in a fixed number of statements."""
        counted = cls.of(meeting)
        reports = {report.organisation.pk: report for report in counted.reports}
        for observation in _scope(meeting, counted.previous).latest_of_each(SHOWN):
            if observation.organisation_id in reports:  # one may have come while we counted
                reports[observation.organisation_id].latest.append(observation)
        return counted


def _scope(meeting: Meeting, previous: Meeting | None) -> Scope:
    """The scope of observations since the previous meeting's round ended."""
    return Scope(after=_round_ends(previous) if previous else None, until=_round_ends(meeting))


def _round_ends(meeting: Meeting) -> datetime | None:
    """When the meeting's round ends: at its closing or the end of its day; what comes later is for the next."""
    if meeting.is_planned:
        return None
    midnight = timezone.make_aware(datetime.combine(meeting.day + timedelta(days=1), time.min))
    return min(midnight, meeting.closed_at or midnight)
