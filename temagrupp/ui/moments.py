"""When something happened or will happen: short for a list, whole for one who asks, and how far away it is.

Pure functions of a moment and now. On a page they stand in `{% moment %}`, which keeps all three together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from temagrupp.ui.sentences import MONTHS, WEEKDAYS, in_words, swedish_moment

# From how long a distance is counted in the unit, and what one of it and many of it are called.
UNITS = (
    (timedelta(days=365), "ett", "år", "år"),
    (timedelta(days=31), "en", "månad", "månader"),
    (timedelta(days=14), "en", "vecka", "veckor"),
    (timedelta(days=1), "en", "dag", "dagar"),
    (timedelta(hours=1), "en", "timme", "timmar"),
    (timedelta(minutes=1), "en", "minut", "minuter"),
)
LENGTHS = {"vecka": timedelta(days=7), "månad": timedelta(days=30)}


def whole(moment: datetime) -> str:
    """söndag 22 november 2026 klockan 14.05"""
    local = timezone.localtime(moment)
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{day} klockan {local:%H.%M}"


def distance(moment: datetime, now: datetime) -> str:
    """för två timmar sedan, om tre dagar; nyss or strax when it is less than a minute."""
    away = abs(moment - now)
    is_past = moment <= now
    for least, article, one, many in UNITS:
        if away >= least:
            number = away // LENGTHS.get(one, least)
            words = in_words(number, one, many, neuter=article == "ett")
            return f"för {words} sedan" if is_past else f"om {words}"
    return "nyss" if is_past else "strax"


def short_day(moment: datetime, now: datetime) -> str:
    """i dag, i går, 20 nov; with the year when it is another than this."""
    day, today = timezone.localtime(moment).date(), timezone.localtime(now).date()
    return {0: "i dag", 1: "i går"}.get((today - day).days) or _day(moment, now)


def short_moment(moment: datetime, now: datetime) -> str:
    """20 nov 09.12; with the year when it is another than this."""
    return f"{_day(moment, now)} {timezone.localtime(moment):%H.%M}"


def near_moment(moment: datetime, now: datetime) -> str:
    """i dag 07.40, i går 09.15, torsdag 19 november 16.30"""
    return swedish_moment(moment, today=timezone.localtime(now).date())


FORMS: dict[str, Callable[[datetime, datetime], str]] = {
    "near": near_moment,
    "day": short_day,
    "short": short_moment,
    "distance": distance,
}
"""What stands on the page; the rest is in the title of the element."""


def _day(moment: datetime, now: datetime) -> str:
    local = timezone.localtime(moment)
    day = f"{local.day} {MONTHS[local.month - 1][:3]}"
    return day if local.year == timezone.localtime(now).year else f"{day} {local.year}"
