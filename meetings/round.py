"""Laget runt: what each organisation has brought since the previous meeting, counted and its latest shown."""

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
    """An organisation's word in the round: how many observations it has brought, and the latest of them."""

    organisation: Organisation
    count: int = 0
    latest: list[Observation] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.latest)


@dataclass(frozen=True)
class Round:
    """Who has brought what since the previous meeting, and who has been silent: silence must differ from calm."""

    previous: Meeting | None
    reports: list[OrganisationReport]
    silent: list[Organisation]

    @property
    def size(self) -> int:
        return len(self.reports) + len(self.silent)

    @classmethod
    def of(cls, meeting: Meeting) -> Round:
        """Counted alone. Those who take part on the meeting's day, and those who left but had reported before."""
        previous = meeting.previous()
        coverage = Coverage.of(_scope(meeting, previous), day=meeting.day)
        reports = [OrganisationReport(each, number) for each, number in coverage.numbers.items()]
        return cls(previous, reports, coverage.silent)

    @classmethod
    def with_latest(cls, meeting: Meeting) -> Round:
        """The same with the latest of each, in as many questions however much has come."""
        told = cls.of(meeting)
        reports = {report.organisation.pk: report for report in told.reports}
        for observation in _scope(meeting, told.previous).latest_of_each(SHOWN):
            if observation.organisation_id in reports:  # one may have come while we counted
                reports[observation.organisation_id].latest.append(observation)
        return told


def _scope(meeting: Meeting, previous: Meeting | None) -> Scope:
    """What has come since the previous meeting's round ended."""
    return Scope(after=_round_ends(previous) if previous else None, until=_round_ends(meeting))


def _round_ends(meeting: Meeting) -> datetime | None:
    """As it closes, and at the end of the day it was held: what came while it was written down is for the next."""
    if meeting.is_planned:
        return None
    midnight = timezone.make_aware(datetime.combine(meeting.day + timedelta(days=1), time.min))
    return min(midnight, meeting.closed_at or midnight)
