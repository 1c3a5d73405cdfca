"""The days on which a Swedish authority works: no weekend, no public holiday, and not the eves that all take off."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count

import holidays


def is_working_day(day: date) -> bool:
    return not free_because(day)


def free_because(day: date) -> str:
    """Why nobody works that day (julafton · en lördag); empty for a working day."""
    if name := _free(day.year).get(day):
        return name if name.startswith("Kristi") else name.lower()
    return {5: "en lördag", 6: "en söndag"}.get(day.weekday(), "")


def working_day_from(day: date) -> date:
    """The day itself, or the next on which somebody works."""
    return next(working_days(day))


def last_working_day(day: date) -> date:
    """The day itself, or the last before it on which somebody works."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_days(first: date) -> Iterator[date]:
    """Yields the working days from the day itself, without end."""
    days = (first + timedelta(days=later) for later in count())
    return (day for day in days if is_working_day(day))


def working_days_since(day: date, until: date) -> int:
    """The number of working days after the day, up to and with `until`."""
    later = (day + timedelta(days=number) for number in range(1, (until - day).days + 1))
    return sum(map(is_working_day, later))


@cache
def _free(year: int) -> dict[date, str]:
    """Midsommarafton, julafton and nyårsafton are free by custom, not by law."""
    categories = ("public", "de_facto")
    return dict(holidays.country_holidays("SE", years=year, categories=categories, language="sv"))
