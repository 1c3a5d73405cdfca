"""When the group usually meets, and the day to propose: the same weekday and week of the month, never a holiday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, pairwise, takewhile
from statistics import median_high

from django.utils import timezone

from base.swedish.months import months_from
from base.swedish.words import WEEKDAYS, capital, swedish_day
from base.swedish.working_days import free_because, working_day_from
from meetings.models import Meeting, MeetingSeries

WEEK = timedelta(weeks=1)
SATURDAY = 5
NOT_SOONER = 2 * WEEK  # than that after the last meeting, which may have been moved
OFTEN = 25  # days: a group with less between its meetings keeps the weeks between, not the week of the month
REMEMBERED = 6
UNSAID = timedelta(hours=2)
AHEAD = timedelta(days=2 * 366)  # a series that has no day in two years has none
A_MONTH = timedelta(days=31)  # farther no occasion is moved
APART = timedelta(days=3)  # at least, between two meetings of a series
LAST = -1
WEEKS = {0: "första", 1: "andra", 2: "tredje", 3: "fjärde", LAST: "sista"}


@dataclass(frozen=True)
class NextDay:
    """A day, and in words why that one."""

    day: date
    why: str
    series: MeetingSeries | None = None
    """The one whose day it is."""


@dataclass(frozen=True)
class Occasion:
    """A day of a series: `wished` by its rhythm, and `day` on which the group can meet; None where it is left out.

    A holiday moves it the other way where it would come too near the one before or after, and leaves it out where both
    are; on the very day of another the two are one meeting.
    """

    wished: date
    day: date | None
    because: str = ""

    def is_after(self, day: date) -> bool:
        """Whether it comes after the day: also one that was wished before it and is moved past it."""
        return max(self.wished, self.day or self.wished) > day

    def in_words(self, *, today: date) -> str:
        """Tisdag 6 januari är trettondedag jul, flyttas till onsdag 7 januari. Where nothing moves it the day alone."""
        wished = swedish_day(self.wished, today=today)
        if self.day is None:
            return f"{capital(wished)} är {self.because}, inget möte."
        if self.day == self.wished:
            return capital(wished)
        return f"{capital(wished)} är {self.because}, flyttas till {swedish_day(self.day, today=today)}."


def occasions(series: MeetingSeries, *, since: date) -> Iterator[Occasion]:
    """Yields the days of a series for two years in their order, from the day itself; none in the months it pauses."""
    days = _monthly_days(series, since) if series.is_monthly else _weekly_days(series, since)
    for wished in takewhile(lambda day: day <= since + AHEAD, days):
        if wished.month not in series.pauses:
            yield _on_working_day(series, wished)


def wished_on(series: MeetingSeries, day: date) -> date | None:
    """The day that the series wished when it has its meeting on this one, moved or not; None where it has none."""
    near = takewhile(lambda each: each.wished <= day + A_MONTH, occasions(series, since=day - A_MONTH))
    there = [each.wished for each in near if each.day == day]
    return day if day in there else next(iter(there), None)


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


def proposed_day(held: Sequence[date], *, today: date) -> NextDay | None:
    """The day to propose: the next of the series that the group meets in, else as it has met so far; None at first."""
    series = MeetingSeries.objects.going_on().first()
    if not series and not held:
        return None
    off = last_called_off()
    of_series = next_of(series, held, today=today, off=off) if series else None
    return of_series or (next_day(held, today=today, off=off) if held else None)


def next_of(series: MeetingSeries, held: Sequence[date], *, today: date, off: date | None = None) -> NextDay | None:
    """The day of the series to propose after those on which meetings were held, are planned or were called off.

    None where the series has no day on which a group can meet.
    """
    had = [*held[:1], *([off] if off else [])]
    after = max([today, *had])
    coming = occasions(series, since=after - A_MONTH)  # a holiday may have moved one past that day
    of = [wished_on(series, day) or day for day in had]  # or into the next month
    possible = (
        (each, each.day)
        for each in coming
        if each.day and each.day > after and not any(series.is_same_occasion(day, each.wished) for day in of)
    )
    found, day = next(possible, (None, None))
    if not found or not day:
        return None
    wished = swedish_day(found.wished, today=day)
    because = f"eftersom {wished} är {found.because}" if found.because else series.usual
    return NextDay(day, f"Förslag: {swedish_day(day, today=today)}, {because}.", series)


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
    for first in months_from(not_before):
        days = _weekdays_of(first, weekday)
        possible = [day for day in days if day >= not_before and not _free_because(day)]
        if days[week] >= not_before and possible:
            yield days[week], min(possible, key=lambda day: abs(day - days[week]))


def _weekdays_of(month: date, weekday: int) -> list[date]:
    """The four or five days of the month on that weekday; the month by its first day."""
    nearest = month + timedelta(days=(weekday - month.weekday()) % 7)
    return [day for day in (nearest + times * WEEK for times in range(5)) if day.month == month.month]


def _monthly_days(series: MeetingSeries, since: date) -> Iterator[date]:
    for first in months_from(since):
        day = _weekdays_of(first, series.weekday)[series.nth - 1 if series.nth > 0 else LAST]
        if day >= since:
            yield day


def _weekly_days(series: MeetingSeries, since: date) -> Iterator[date]:
    first, step = series.from_day or since, series.every * WEEK
    gone = max(0, -((first - since) // step))
    return _every(step, since=first + gone * step)


def _on_working_day(series: MeetingSeries, wished: date) -> Occasion:
    if not (because := _free_because(wished)):
        return Occasion(wished, wished)
    if series.on_holiday == series.OnHoliday.SKIP:
        return Occasion(wished, None, because)
    later = series.on_holiday == series.OnHoliday.AFTER
    others = {_moved(each, later=later) for each in _near(series, wished)}
    usual, other = _moved(wished, later=later), _moved(wished, later=not later)
    possible = (day for day in (usual, other) if all(abs(day - each) >= APART for each in others))
    return Occasion(wished, usual if usual in others else next(possible, None), because)


def _moved(wished: date, *, later: bool) -> date:
    """The nearest day on which a group can meet, the day itself where it can."""
    return next(day for day in _every(timedelta(days=1 if later else -1), since=wished) if not _free_because(day))


def _near(series: MeetingSeries, wished: date) -> list[date]:
    """The other days of a series of weeks to which a holiday may bring one near; those of months lie far apart."""
    if series.is_monthly:
        return []
    steps = range(1, A_MONTH // (series.every * WEEK) + 1)
    near = [wished + way * times * series.every * WEEK for times in steps for way in (-1, 1)]
    return [day for day in near if day >= (series.from_day or day) and day.month not in series.pauses]


def _free_because(day: date) -> str:
    """Why no group meets that day; on the days between Christmas and New Year people work, but no group meets."""
    return "en mellandag" if day.month == 12 and 27 <= day.day <= 30 else free_because(day)
