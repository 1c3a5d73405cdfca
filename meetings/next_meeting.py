"""Proposes when the group could meet next: four weeks on, on a day when people are at work."""

from __future__ import annotations

from datetime import date, timedelta

from base.swedish.words import day_and_month
from base.swedish.working_days import free_because, working_days

MONTH = timedelta(weeks=4)


def next_day(held: date, *, today: date) -> tuple[date, str]:
    """The day to propose, and why it is not four weeks on where it is not."""
    wished = (held if held + MONTH > today else today) + MONTH
    day = next(day for day in working_days(wished) if not _is_between_the_years(day))
    if day == wished:
        return day, ""
    because = "en mellandag" if _is_between_the_years(wished) else free_because(wished)
    return day, f"Fyra veckor framåt är {because}; {day_and_month(day, today=today)} är nästa vanliga arbetsdag."


def _is_between_the_years(day: date) -> bool:
    """Annandag jul to nyårsafton: people work, but no group meets."""
    return day.month == 12 and 27 <= day.day <= 30
