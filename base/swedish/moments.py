"""Moments and days in words: short for a list, whole, and the distance from now.

Pure functions of a moment and now. On a page they stand in `{% moment %}`, which keeps all three together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from base.swedish.clock import wall_clock
from base.swedish.words import MONTHS, WEEKDAYS, in_words, swedish_moment

# From how many days a distance is counted in the unit, how many days the unit has, and its name: one and many.
CALENDAR = ((365, 365, "år", "år"), (31, 30, "månad", "månader"), (14, 7, "vecka", "veckor"), (2, 1, "dag", "dagar"))
CLOCK = ((timedelta(hours=1), "timme", "timmar"), (timedelta(minutes=1), "minut", "minuter"))
STILL_HOURS = timedelta(hours=6)
"""Past midnight one still counts so many hours; then it is another day."""


def whole(moment: datetime) -> str:
    """The whole moment in words: söndag 22 november 2026 klockan 14.05."""
    local = wall_clock(moment)
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{day} klockan {local:%H.%M}"


def distance(moment: datetime, now: datetime) -> str:
    """The distance from now, by the clock and then by the calendar: för två timmar sedan, i går, om tre dagar."""
    days = abs((wall_clock(moment).date() - wall_clock(now).date()).days)
    is_past = moment <= now
    if days == 0 or abs(moment - now) < STILL_HOURS:
        words = _by_the_clock(abs(moment - now))
        near = "nyss" if is_past else "strax"
    else:
        words = next((_counted(days // size, one, many) for least, size, one, many in CALENDAR if days >= least), "")
        near = "i går" if is_past else "i morgon"
    if not words:
        return near
    return f"för {words} sedan" if is_past else f"om {words}"


def _by_the_clock(away: timedelta) -> str:
    return next((_counted(away // least, one, many) for least, one, many in CLOCK if away >= least), "")


def _counted(number: int, one: str, many: str) -> str:
    return in_words(number, one, many, neuter=one == "år")


def short_day(moment: datetime, now: datetime) -> str:
    """The day in few letters, with the year when it is another than this: i dag, i går, 20 nov."""
    day, today = wall_clock(moment).date(), wall_clock(now).date()
    return {0: "i dag", 1: "i går"}.get((today - day).days) or _day(moment, now)


def short_moment(moment: datetime, now: datetime) -> str:
    """The moment in few letters, with the year when it is another than this: 20 nov 09.12."""
    return f"{_day(moment, now)} {wall_clock(moment):%H.%M}"


def near_moment(moment: datetime, now: datetime) -> str:
    """The moment in words, for one that is near: i dag 07.40, i går 09.15, torsdag 19 november 16.30."""
    return swedish_moment(moment, today=wall_clock(now).date())


FORMS: dict[str, Callable[[datetime, datetime], str]] = {
    "near": near_moment,
    "day": short_day,
    "short": short_moment,
    "distance": distance,
}
"""What stands on the page; the rest is in the title of the element."""


def _day(moment: datetime, now: datetime) -> str:
    local = wall_clock(moment)
    day = f"{local.day} {MONTHS[local.month - 1][:3]}"
    return day if local.year == wall_clock(now).year else f"{day} {local.year}"
