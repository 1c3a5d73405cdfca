"""Planning the meetings of a series: a year of them in one act, and the one after a meeting that closes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from base.swedish.clock import moment_of
from meetings.models import Meeting, MeetingSeries
from meetings.models.presence import OFFICES
from meetings.planning import plan_meeting
from meetings.rhythm import end_as_long_as, usual_meetings
from meetings.series import occasion_on, year_ahead
from members.actor import Actor
from members.models import Member

ENDED = "Serien är avslutad, så inget är planerat. Låt den fortsätta först."


@transaction.atomic
def plan_series(
    series: MeetingSeries, wished: Collection[date], *, by: Actor, at: datetime | None = None
) -> list[Meeting]:
    """Plan a meeting for each of those days of the series that has none, and return them. Raises NotAllowed.

    Days that the series does not have, or that somebody has planned meanwhile, are passed by: nothing is doubled.
    The planner leads or writes for who has left the group.
    """
    series.lock()
    if series.is_ended:
        raise NotAllowed(ENDED)
    free = year_ahead(series, today=timezone.localdate(at)).free
    officers = _officers_of(series, by=by)
    return [
        _plan(series, each.wished, each.day, officers, by=by, at=at)
        for each in free
        if each.day and each.wished in wished
    ]


def plan_next(closed: Meeting, *, starts_at: datetime, by: Actor, at: datetime | None = None) -> Meeting:
    """Plan the meeting after one that closes: as the series has it whose day it is, else as the group usually meets.

    Who led and wrote when it closed do so there too, unless it was an extra one and a series says who.
    """
    of_series = occasion_on(timezone.localdate(starts_at))
    series = of_series.get("series")
    if series is None:
        like = next(iter(usual_meetings()), closed)
        ends_at = end_as_long_as(like, starts_at=starts_at)
        facts: dict[str, Any] = {"place": like.place, **_officers_of(closed, by=by)}
    else:
        ends_at = starts_at + series.length if series.length else None
        officers = _officers_of(series, by=by) if closed.is_extra else _officers_of(closed, series, by=by)
        facts = {"place": series.place, "template": series.template_in_use, **officers, **of_series}
    return plan_meeting(starts_at=starts_at, ends_at=ends_at, by=by, at=at, **facts)


def _officers_of(*named: Meeting | MeetingSeries, by: Actor) -> dict[str, Member | None]:
    """Who has each office in the first of these where she is of the group still; else the planner."""
    keys = {office: [getattr(one, f"{office}_id") for one in named] for office in OFFICES}
    group = Member.objects.of_the_group().in_bulk({key for of_office in keys.values() for key in of_office})
    found = {office: [group[key] for key in of_office if key in group] for office, of_office in keys.items()}
    return {office: people[0] if people else by.member for office, people in found.items()}


def _plan(
    series: MeetingSeries,
    wished: date,
    day: date,
    officers: dict[str, Member | None],
    *,
    by: Actor,
    at: datetime | None,
) -> Meeting:
    starts_at = moment_of(day, series.starts)
    return plan_meeting(
        starts_at=starts_at,
        ends_at=moment_of(day, series.ends, after=starts_at) if series.ends else None,
        place=series.place,
        template=series.template_in_use,
        **officers,
        series=series,
        series_day=wished,
        by=by,
        at=at,
    )
