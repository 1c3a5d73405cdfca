"""When the group usually meets, and the day to propose: the same weekday and week of the month, never a holiday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, pairwise
from statistics import median_high

from django.utils import timezone

from base.swedish.words import WEEKDAYS, swedish_day
from base.swedish.working_days import free_because, working_day_from
from meetings.models import Meeting

WEEK = timedelta(weeks=1)
SATURDAY = 5
NOT_SOONER = 2 * WEEK  # than that after the last meeting, which may have been moved
OFTEN = 25  # days: a group with less between its meetings keeps the weeks between, not the week of the month
REMEMBERED = 6
UNSAID = timedelta(hours=2)
LAST = -1
WEEKS = {0: "första", 1: "andra", 2: "tredje", 3: "fjärde", LAST: "sista"}


@dataclass(frozen=True)
class NextDay:
    """A day, and in words why that one."""

    day: date
    why: str


def usual_meetings() -> list[Meeting]:
    """The latest meetings in the calendar, held or planned, that are no extra ones; the latest first."""
    regular = Meeting.objects.exclude(state=Meeting.State.CANCELLED).filter(is_extra=False)
    regular = regular.select_related("chair", "secretary")
    return list(regular.order_by("-starts_at", "-pk")[:REMEMBERED])


def days_of(meetings: Iterable[Meeting]) -> list[date]:
    return [timezone.localdate(meeting.starts_at) for meeting in meetings]


def last_called_off() -> date | None:
    """The last day on which a meeting does not take place that was to: none is proposed for it again."""
    off = Meeting.objects.called_off().filter(is_extra=False).last()
    return off.planned_day if off else None


def end_as_long_as(meeting: Meeting, *, starts_at: datetime) -> datetime | None:
    """When a meeting ends that begins then and lasts as long as the given one."""
    return starts_at + (meeting.ends_at - meeting.starts_at) if meeting.ends_at else None


def usual_length() -> timedelta:
    """How long the latest of the usual meetings lasts that says when it ends; as long as none does, two hours."""
    return next((each.ends_at - each.starts_at for each in usual_meetings() if each.ends_at), UNSAID)


def next_day(held: Sequence[date], *, today: date, off: date | None = None) -> NextDay:
    """The day to propose after those on which meetings were held or are planned, the latest first; at least one.

    It is after `off` as well, the last that was called off.
    """
    after = max(today, off or today)
    days = [day for day in held if day.weekday() < SATURDAY] or [working_day_from(held[0])]
    weekday = _most_common(day.weekday() for day in days)
    on_it = [day for day in days if day.weekday() == weekday]
    between = [(later - earlier).days for later, earlier in pairwise(days)]
    if len(between) > 1 and median_high(between) < OFTEN:
        step = max(1, round(median_high(between) / 7)) * WEEK
        wished = next(day for day in _every(step, since=on_it[0] + step) if day > after)
        possible, usual = _every(WEEK, since=wished), "den vanliga dagen"
        day = next(day for day in possible if not _free_because(day))
    else:
        week = _week_of_the_month(on_it)
        not_before = max(days[0] + NOT_SOONER, after + timedelta(days=1))
        wished, day = next(_monthly(weekday, week, not_before=not_before))
        usual = f"{WEEKS[week]} {WEEKDAYS[weekday]}en i månaden"
    because = f"eftersom {usual} är {_free_because(wished)}" if day != wished else usual
    return NextDay(day, f"Förslag: {swedish_day(day, today=today)}, {because}.")


def _most_common(numbers: Iterable[int]) -> int:
    """The one that comes most often; of two as common the one that comes first."""
    return Counter(numbers).most_common(1)[0][0]


def _week_of_the_month(days: Sequence[date]) -> int:
    weeks = [(day.day - 1) // 7 for day in days]
    week = _most_common(weeks)
    lasts = sum((day + WEEK).month != day.month for day in days)
    return LAST if week not in WEEKS or lasts > weeks.count(week) else week


def _every(step: timedelta, *, since: date) -> Iterator[date]:
    return (since + step * times for times in count())


def _monthly(weekday: int, week: int, *, not_before: date) -> Iterator[tuple[date, date]]:
    """Yields for each month the usual day, and the nearest of the same weekday on which a group can meet."""
    for months in count(not_before.month - 1):
        first = date(not_before.year + months // 12, months % 12 + 1, 1)
        nearest = first + timedelta(days=(weekday - first.weekday()) % 7)
        days = [day for day in (nearest + times * WEEK for times in range(5)) if day.month == first.month]
        possible = [day for day in days if day >= not_before and not _free_because(day)]
        if days[week] >= not_before and possible:
            yield days[week], min(possible, key=lambda day: abs(day - days[week]))


def _free_because(day: date) -> str:
    """Why no group meets that day; on the days between Christmas and New Year people work, but no group meets."""
    return "en mellandag" if day.month == 12 and 27 <= day.day <= 30 else free_because(day)
