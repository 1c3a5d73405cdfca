"""The days on which a Swedish authority works: no weekend, no public holiday, and not the eves that all take off."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count, islice

import holidays


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _free(day.year)


def working_day_from(day: date) -> date:
    """The day itself, or the next on which somebody works."""
    return next(_working_days(day))


def working_days_after(day: date, number: int) -> date:
    """The working day so many working days later; of none, as `working_day_from`."""
    return next(islice(_working_days(day + timedelta(days=1)), number - 1, None)) if number else working_day_from(day)


def _working_days(first: date) -> Iterator[date]:
    days = (first + timedelta(days=later) for later in count())
    return (day for day in days if is_working_day(day))


@cache
def _free(year: int) -> frozenset[date]:
    """Midsommarafton, julafton and nyårsafton are free by custom, not by law."""
    return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))
