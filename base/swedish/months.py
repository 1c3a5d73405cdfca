"""Calendar months, by their first days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count


def month_after(day: date, months: int = 1) -> date:
    """The first day of the month so many months after the day's; 0 is its own."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def months_from(day: date) -> Iterator[date]:
    """Yields the first day of the day's month, and of each that follows."""
    return (month_after(day, months) for months in count())


def last_day(month: date) -> date:
    """The last day of the month of the day."""
    return month_after(month) - timedelta(days=1)
