"""Swedish words for states, days and numbers, as the register writes them.

Numbers: what is counted in a sentence or a heading stands in words up to tolv (`in_words`). Figures stand where numbers
are compared: in tables, tabs and facts (`plural`, `thousands`), in "9 av 13", and in the days somebody has waited.

Pure functions; what depends on the day takes `today`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from base.swedish.clock import wall_clock

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
DAY_AND_MONTH = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b")
MARKS = ("?", "!", "…")
CLOSING = "”\"’')»"
NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


@dataclass(frozen=True)
class StateSentence:
    """The state of an issue or an action as a sentence: glyph, bold verdict, then who and since when.

    `state` names the glyph and the colour (new waiting silent overdue question accepted ongoing declined withdrawn
    passed effect done hold closed). `short` is the verdict for a table row where the full one is too long. `waits_on`
    tells whether it is the reader's turn: what is late is warm to everybody, what waits to her on whom it waits.
    """

    state: str
    verdict: str
    rest: str = ""
    short: str = ""
    waits_on: Callable[[Any], bool] | None = field(default=None, compare=False, repr=False, kw_only=True)

    def __str__(self) -> str:
        return f"{self.verdict} {self.rest}".strip()

    @property
    def words(self) -> str:
        """The verdict for a badge: in fewer words, without its full stop."""
        return self.short or self.verdict.rstrip(".:")


def day_and_month(day: date, *, today: date) -> str:
    """The day, with the year when it is another than today's: 18 november."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def days_whole(words: str) -> str:
    """The text with no break between a day and its month, for a heading on a narrow page."""
    return DAY_AND_MONTH.sub("\\1\N{NO-BREAK SPACE}\\2", words)


def day_span(first: date, last: date, *, today: date) -> str:
    """The days from the first to the last, with the year where it is another than today's: 29 oktober–27 november."""
    if first == last:
        return day_and_month(last, today=today)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_and_month(last, today=today)}"
    begins = day_and_month(first, today=last if first.year == last.year else today)
    return f"{begins}–{day_and_month(last, today=today)}"


def swedish_day(day: date, *, today: date) -> str:
    """The weekday and day, with the year when it is another than today's: onsdag 25 november."""
    return f"{WEEKDAYS[day.weekday()]} {day_and_month(day, today=today)}"


def relative_day(day: date, *, today: date) -> str:
    """i dag, i går or i morgon; otherwise the day itself."""
    near = {-1: "i går", 0: "i dag", 1: "i morgon"}
    return near.get((day - today).days) or swedish_day(day, today=today)


def swedish_moment(moment: datetime, *, today: date) -> str:
    """The local time in words, with the Swedish full stop: i dag 07.40, i går 09.15, torsdag 19 november 16.30."""
    shown = wall_clock(moment) if timezone.is_aware(moment) else moment
    return f"{relative_day(shown.date(), today=today)} {shown:%H.%M}"


def days_between(earlier: date, later: date) -> int:
    """The number of whole days; never below nought, for the future is not a delay."""
    return max((later - earlier).days, 0)


def number_word(number: int, *, neuter: bool = False) -> str:
    """The number: noll to tolv in words (ett where the thing is an ett-word), above that in figures."""
    if neuter and number == 1:
        return "ett"
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else thousands(number)


def thousands(number: int) -> str:
    """The number with a narrow space that no line breaks at: 1 908."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def plural(number: int, one: str, many: str) -> str:
    """The number in figures with its noun: 1 observation, 3 observationer."""
    return f"{thousands(number)} {one if number == 1 else many}"


def in_words(number: int, one: str, many: str, *, neuter: bool = False) -> str:
    """The number in words with its noun: en observation, tre observationer, ett ärende."""
    return f"{number_word(number, neuter=neuter)} {one if number == 1 else many}"


def listed(names: list[str]) -> str:
    """The words as a Swedish list: Polisen, Socialförvaltningen och Vetlanda Stadshus AB."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} och {names[-1]}"


def sentence(words: str) -> str:
    """The words with the full stop of a sentence, unless they end in a mark of their own: Byt lampan. · Vad händer?

    For what ends in words that somebody typed, who may have ended them already. Empty for none.
    """
    words = words.strip()
    inside = words.rstrip(CLOSING)
    bare = words.rstrip(" .,;:")
    if not bare or words.endswith("...") or bare.rstrip(CLOSING).endswith(MARKS):
        return bare if bare.endswith(MARKS) else words
    return words if inside != words and inside.endswith(".") else f"{bare}."


def capital(words: str) -> str:
    """The text with its first letter large, the rest as it stands."""
    return words[:1].upper() + words[1:]
