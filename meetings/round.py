"""Laget runt: what each organisation has said since the previous meeting, its observations counted, with the latest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from issues.counting import Scope
from issues.coverage import Coverage, OrganisationCoverage, Said
from issues.models import NilReport, Observation
from issues.models.observation import ObservationQuerySet
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
    """What each organisation has said since the previous meeting: silence must differ from calm."""

    previous: Meeting | None
    coverage: Coverage
    reports: list[OrganisationReport]

    @property
    def size(self) -> int:
        """The number of organisations, those of which nothing is asked yet with them."""
        return len(self.reports) + sum(not each.count for each in self.coverage.of_each)

    @property
    def uncounted(self) -> list[OrganisationCoverage]:
        """Those whose reports were all rejected: they have reported, and nothing of it is counted."""
        return [each for each in self.coverage.having(Said.REPORTED) if not each.count]

    @property
    def reporting(self) -> int:
        """The number of organisations that have reported."""
        return len(self.reports) + len(self.uncounted)

    @property
    def calm(self) -> list[OrganisationCoverage]:
        """Those that have said that they have nothing to report."""
        return self.coverage.having(Said.CALM)

    @property
    def silent(self) -> list[OrganisationCoverage]:
        """Those that have said nothing."""
        return self.coverage.having(Said.SILENT)

    @property
    def quiet(self) -> list[OrganisationCoverage]:
        """Those that have said nothing, whether or not it is time to have said anything."""
        return self.silent + self.coverage.having(Said.NOT_YET)

    @property
    def begins(self) -> datetime | None:
        """When the previous meeting's round ended; None before the first."""
        return _round_ends(self.previous) if self.previous else None

    @classmethod
    def of(cls, meeting: Meeting) -> Round:
        """The round of a meeting, counts alone. Those active on its day, and those that left but had said something."""
        return cls.since(meeting.previous(), until=meeting)

    @classmethod
    def since(cls, previous: Meeting | None, *, until: Meeting) -> Round:
        """The round between the two meetings, which have none between them."""
        coverage = Coverage.of(_scope(until, previous), day=until.day)
        reports = [OrganisationReport(each.organisation, each.count) for each in coverage.of_each if each.count]
        return cls(previous, coverage, reports)

    @classmethod
    def reports_in(cls, meeting: Meeting, previous: Meeting | None) -> ObservationQuerySet:
        """What was reported in the round of a meeting, also what was rejected; nothing restricted."""
        return _scope(meeting, previous).reports

    def tells(self, said: NilReport) -> bool:
        """Whether it is by this that its organisation has nothing to report."""
        return any(each.nil == said for each in self.calm)

    @classmethod
    def with_latest(cls, meeting: Meeting) -> Round:
        """The round with the latest observations of each organisation, in a fixed number of statements."""
        counted = cls.of(meeting)
        reports = {report.organisation.pk: report for report in counted.reports}
        for observation in _scope(meeting, counted.previous).latest_of_each(SHOWN):
            if observation.organisation_id in reports:  # one may have come while we counted
                reports[observation.organisation_id].latest.append(observation)
        return counted


def said_by(organisation: Organisation, day: date) -> tuple[Meeting | None, OrganisationCoverage]:
    """The last meeting, and what the organisation has said since."""
    last = Meeting.objects.closed().with_whole_agenda().first()
    scope = Scope(after=_round_ends(last) if last else None)
    return last, OrganisationCoverage.of(organisation, scope, day=day)


def _scope(meeting: Meeting, previous: Meeting | None) -> Scope:
    """The scope of observations since the previous meeting's round ended."""
    return Scope(after=_round_ends(previous) if previous else None, until=_round_ends(meeting))


def _round_ends(meeting: Meeting) -> datetime | None:
    """When the meeting's round ends: at its closing or the end of its day; what comes later is for the next."""
    if meeting.is_planned:
        return None
    midnight = timezone.make_aware(datetime.combine(meeting.day + timedelta(days=1), time.min))
    return min(midnight, meeting.closed_at or midnight)
