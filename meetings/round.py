"""Laget runt: what each organisation has brought since the previous meeting, counted and its latest shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from base.swedish.order import swedish_order
from issues.models import Observation
from issues.models.observation import ObservationQuerySet
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
        by_organisation = _new_observations(meeting, previous).order_by().values("organisation")
        numbers = dict(by_organisation.annotate(number=Count("pk")).values_list("organisation", "number"))
        around = Organisation.objects.filter(pk__in=numbers) | Organisation.objects.active(meeting.day)
        organisations = list(around.order_by(swedish_order("name")))
        return cls(
            previous=previous,
            reports=[OrganisationReport(each, numbers[each.pk]) for each in organisations if each.pk in numbers],
            silent=[each for each in organisations if each.pk not in numbers],
        )

    @classmethod
    def with_latest(cls, meeting: Meeting) -> Round:
        """The same with the latest of each, in as many questions however much has come."""
        told = cls.of(meeting)
        reports = {report.organisation.pk: report for report in told.reports}
        nth = Window(RowNumber(), partition_by="organisation", order_by=[F("created_at").desc(), F("pk").desc()])
        latest = _new_observations(meeting, told.previous).with_related().annotate(nth=nth).filter(nth__lte=SHOWN)
        for observation in latest.order_by("nth"):
            if observation.organisation_id in reports:  # one may have come while we counted
                reports[observation.organisation_id].latest.append(observation)
        return told


def _new_observations(meeting: Meeting, previous: Meeting | None) -> ObservationQuerySet:
    """What has come since the previous meeting's round ended.

    What is restricted is left out whoever asks: the list stands on the wall and in the minutes.
    """
    seen: ObservationQuerySet = Observation.objects.unrestricted().exclude(state=Observation.State.REJECTED)
    if previous and (begins := _round_ends(previous)):
        seen = seen.filter(created_at__gt=begins)
    ends = _round_ends(meeting)
    return seen.filter(created_at__lte=ends) if ends else seen


def _round_ends(meeting: Meeting) -> datetime | None:
    """As it closes, and at the end of the day it was held: what came while it was written down is for the next."""
    if meeting.is_planned:
        return None
    midnight = timezone.make_aware(datetime.combine(meeting.day + timedelta(days=1), time.min))
    return min(midnight, meeting.closed_at or midnight)
