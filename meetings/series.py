"""A series and its meetings: which of its occasions stand in the calendar, and which may be planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from meetings.models import Meeting, MeetingSeries
from meetings.rhythm import A_MONTH, Occasion, occasions, wished_on

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class YearAhead:
    """The occasions of a series in the year that comes: those that may be planned, and what stands in the calendar.

    `together` are those that a holiday moves to a day on which the series has another.
    """

    free: list[Occasion]
    standing: list[tuple[Occasion, Meeting]]
    left_out: list[Occasion]
    together: list[Occasion]
    until: date


def year_ahead(series: MeetingSeries, *, today: date) -> YearAhead:
    """What a planned year of the series would be, from tomorrow.

    An occasion is planned once, whatever became of its meeting, and none where another meeting stands that day.
    """
    year = YearAhead([], [], [], [], today + A_YEAR)
    calendar = _calendar(series, today)
    coming = (each for each in occasions(series, since=today - A_MONTH) if each.is_after(today))
    within = list(takewhile(lambda each: each.wished <= year.until, coming))
    has_the_day = {each.day: each for each in sorted(within, key=lambda each: each.day == each.wished)}  # its own last
    for each in within:
        if each.day is None:
            year.left_out.append(each)
        elif has_the_day[each.day] is not each:
            year.together.append(each)
        elif meeting := _standing(series, each, calendar):
            year.standing.append((each, meeting))
        elif each.day > today:
            year.free.append(each)
    return year


def occasion_on(day: date) -> dict[str, Any]:
    """The facts by which a usual meeting of that day is one of the group's series; none where it is not."""
    series = MeetingSeries.objects.going_on().first()
    if series is None:
        return {}
    wished = wished_on(series, day)
    if wished is None or Meeting.objects.filter(series=series, series_day=wished).exists():
        return {}
    return {"series": series, "series_day": wished}


# Private


def _calendar(series: MeetingSeries, today: date) -> list[Meeting]:
    """The meetings that an occasion of the year may be: hers also where they were called off, others that are on."""
    since = today - A_MONTH
    near = Meeting.objects.filter(starts_at__date__gte=since).exclude(state=Meeting.State.CANCELLED)
    return list(near | Meeting.objects.filter(series=series, series_day__gte=since))


def _standing(series: MeetingSeries, occasion: Occasion, calendar: list[Meeting]) -> Meeting | None:
    of_it = [
        each
        for each in calendar
        if each.series_id == series.pk and each.series_day and series.is_same_occasion(each.series_day, occasion.wished)
    ]
    same_day = [each for each in calendar if each.planned_day == occasion.day]
    return next(iter([*of_it, *same_day]), None)
