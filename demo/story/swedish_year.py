"""The Swedish year in words: feasts, the days beside them, and weekdays counted in their month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from base.swedish.words import MONTHS, WEEKDAYS

THE_WEEKDAYS = [f"{weekday}en" for weekday in WEEKDAYS]
ORDINALS = {"första": 0, "andra": 1, "tredje": 2, "fjärde": 3, "sista": -1}
DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def weekday_from(weekday: int, day: date) -> date:
    """The first such weekday (Monday is 0) on the day or after it."""
    return day + DAY * ((weekday - day.weekday()) % 7)


FEASTS: dict[str, Callable[[int], date]] = {
    "nyårsdagen": lambda year: date(year, 1, 1),
    "trettondagen": lambda year: date(year, 1, 6),
    "sportlovets måndag": lambda year: date.fromisocalendar(year, 7, 1),
    "skärtorsdagen": lambda year: easter(year) - 3 * DAY,
    "långfredagen": lambda year: easter(year) - 2 * DAY,
    "påskafton": lambda year: easter(year) - DAY,
    "annandag påsk": lambda year: easter(year) + DAY,
    "valborg": lambda year: date(year, 4, 30),
    "första maj": lambda year: date(year, 5, 1),
    "kristi himmelsfärdsdag": lambda year: easter(year) + 39 * DAY,
    "studenten": lambda year: weekday_from(4, date(year, 6, 1)),
    "nationaldagen": lambda year: date(year, 6, 6),
    "skolavslutningen": lambda year: weekday_from(3, date(year, 6, 9)),
    "midsommarafton": lambda year: weekday_from(4, date(year, 6, 19)),
    "skolstarten": lambda year: weekday_from(1, date(year, 8, 15)),
    "höstlovets måndag": lambda year: date.fromisocalendar(year, 44, 1),
    "halloween": lambda year: date(year, 10, 31),
    "första advent": lambda year: weekday_from(6, date(year, 11, 27)),
    "lucia": lambda year: date(year, 12, 13),
    "julafton": lambda year: date(year, 12, 24),
    "juldagen": lambda year: date(year, 12, 25),
    "annandag jul": lambda year: date(year, 12, 26),
    "nyårsafton": lambda year: date(year, 12, 31),
}


def day_of(words: str, year: int) -> date:
    """ "valborg", "dagen efter valborg", "måndagen före lucia", "tredje fredagen i oktober". Raises ValueError."""
    if words in FEASTS:
        return FEASTS[words](year)
    for where, step in ((" efter ", 1), (" före ", -1)):
        if where in words:
            first, feast = words.split(where, 1)
            return _beside(first, day_of(feast, year), step)
    return _in_month(words, year)


# Private


def _beside(words: str, day: date, step: int) -> date:
    """The day, or that weekday, nearest after (+1) or before (-1)."""
    beside = day + step * DAY
    while words != "dagen" and beside.weekday() != THE_WEEKDAYS.index(words):
        beside += step * DAY
    return beside


def _in_month(words: str, year: int) -> date:
    """ "tredje fredagen i oktober"."""
    ordinal, weekday, _, month = words.split(" ")
    number = MONTHS.index(month) + 1
    first = weekday_from(THE_WEEKDAYS.index(weekday), date(year, number, 1))
    days = [day for week in range(5) if (day := first + 7 * week * DAY).month == number]
    return days[ORDINALS[ordinal]]
