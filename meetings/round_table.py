"""Laget runt: what each organisation has brought since the previous meeting, counted and its latest shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from issues.models import Observation
from issues.models.observation_queryset import ObservationQuerySet
from meetings.models import Meeting
from members.models import Organisation
from temagrupp.records.swedish import swedish_order

SHOWN = 5
"""How many of an organisation's observations the page shows; the rest are counted."""


@dataclass
class Report:
    """An organisation's word in the round: how many observations it has brought, and the latest of them."""

    organisation: Organisation
    count: int = 0
    latest: list[Observation] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.latest)


def new_observations(meeting: Meeting) -> ObservationQuerySet:
    """What has come since the previous meeting closed.

    What is restricted is left out whoever asks: the list stands on the wall and in the minutes.
    """
    seen: ObservationQuerySet = Observation.objects.exclude(state=Observation.State.REJECTED)
    seen = seen.filter(restricted=False).exclude(issue__restricted=True)
    previous = meeting.previous()
    if previous and previous.closed_at:
        seen = seen.filter(created_at__gt=previous.closed_at)
    if meeting.closed_at:
        seen = seen.filter(created_at__lte=meeting.closed_at)
    return seen


def counted(meeting: Meeting) -> list[Report]:
    """Each organisation that has brought anything, with how many; in the group's order."""
    counts = new_observations(meeting).order_by().values("organisation").annotate(number=Count("pk"))
    numbers = dict(counts.values_list("organisation", "number"))
    organisations = Organisation.objects.filter(pk__in=numbers).order_by(swedish_order("name"))
    return [Report(organisation, numbers[organisation.pk]) for organisation in organisations]


def round_table(meeting: Meeting) -> list[Report]:
    """The same with the latest of each, in as many questions however much has come."""
    reports = {report.organisation.pk: report for report in counted(meeting)}
    nth = Window(RowNumber(), partition_by="organisation", order_by=[F("created_at").desc(), F("pk").desc()])
    latest = new_observations(meeting).with_facts().annotate(nth=nth).filter(nth__lte=SHOWN).order_by("nth")
    for observation in latest:
        if observation.organisation_id in reports:  # one may have come while we counted
            reports[observation.organisation_id].latest.append(observation)
    return list(reports.values())
