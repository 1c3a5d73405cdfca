"""The days of an old åtgärdslista, as people wrote them; a year that is not written is told, never assumed unsaid."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError

from base.imports.cells import day_as_written
from base.imports.columns import plain
from base.records.said_day import LONGEST_WORDS
from base.swedish.months import last_day, month_after
from base.swedish.said_days import NoSuchDay, Precision, ReadDay, SaidDay, read_day
from base.swedish.words import WEEKDAYS, day_and_month
from base.swedish.working_days import last_working_day
from base.ui.fields import possible_year

NO_DAYS = {"", "ejbestämt", "ejangivet", "oklart", "okänt", "saknas", "ingen", "na", "ejsatt"}
SOON = {
    plain(words) for words in ("snarast", "snarast möjligt", "så snart som möjligt", "asap", "omgående", "omedelbart")
}
COUNTED_FROM_THEN = re.compile(
    r"i ?dag|i ?morgon|i ?övermorgon|nästa|kommande|denna |den här|det här|detta|i år|i veckan|helg|(?:om|inom) "
)
"""What was counted from a day that the list does not say."""
HALF_A_YEAR, A_YEAR = timedelta(days=182), timedelta(days=364)
WITHIN = re.compile(r"20\d\d-\d\d-\d\d")
HOW_TO_WRITE = "Skriv den som 2026-11-03, vecka 48, oktober 2026, hösten 2026, kvartal 4 2026 eller löpande."


class ReadCell(NamedTuple):
    """What a cell says of a day: the day, the words it is said with where it is none, and what is to be told of it."""

    day: SaidDay | None = None
    words: str = ""
    told: str = ""


NOTHING = ReadCell()


def review_day(today: date) -> date:
    """The day on which what runs on is reviewed: the last day of work of the third month from now."""
    return last_working_day(last_day(month_after(today, 3)))


def read_due(cell: str, *, today: date, since: date | None) -> ReadCell:
    """By when it is to be done. Without a year the first after it was decided, else the nearest to today.

    Raises ValidationError for what is no day that the register knows.
    """
    words = day_as_written(cell)
    if plain(words) in NO_DAYS:
        return NOTHING
    if plain(words) in SOON:
        return ReadCell(words=words)
    begin = since or today - HALF_A_YEAR
    said = _read(words, begin)
    if said.precision == Precision.RUNNING:
        return ReadCell(SaidDay(review_day(today), Precision.RUNNING, _short(said.words)))
    if said.last is None:
        raise ValidationError(f"”{words}” är ingen dag som registret känner. {HOW_TO_WRITE}")
    possible_year(said.last)
    kept = SaidDay(said.last, said.precision, _short(said.words))
    return ReadCell(kept, "", _year_told(words, begin, kept))


def read_been(cell: str, *, today: date) -> ReadCell:
    """A day that has been: without a year the latest. What has no day in it is kept as words.

    Raises ValidationError for a day to come.
    """
    words = day_as_written(cell)
    if plain(words) in NO_DAYS:
        return NOTHING
    begin = today - A_YEAR
    try:
        said = _read(words, begin)
    except ValidationError:
        said = ReadDay(Precision.EVENT)
    if said.last is None or said.precision in {Precision.EVENT, Precision.RUNNING}:
        within = WITHIN.search(words)
        day = _iso(within[0]) if within else None
        if day is None or day > today:
            return ReadCell(words=words)
        return ReadCell(SaidDay(day), words)
    possible_year(said.last)
    if said.last > today:
        raise ValidationError(f"{day_and_month(said.last, today=date.min)} har inte varit än.")
    kept = SaidDay(said.last, said.precision, said.words)
    return ReadCell(kept, "" if kept.is_day else words, _year_told(words, begin, kept))


# Private


def _read(words: str, begin: date) -> ReadDay:
    plainly = words.lower()
    named = any(name in plainly for name in WEEKDAYS) and not re.search(r"\d", plainly)
    if named or COUNTED_FROM_THEN.match(plainly):
        raise ValidationError(f"”{words}” räknas från en dag som inte står i listan. {HOW_TO_WRITE}")
    try:
        return read_day(words, today=begin)
    except NoSuchDay as wrong:
        raise ValidationError(str(wrong)) from wrong


def _short(words: str) -> str:
    if len(words) > LONGEST_WORDS:
        raise ValidationError(f"”{words[:40]}…” är för långt, högst {LONGEST_WORDS} tecken.")
    return words


def _year_told(words: str, begin: date, read: SaidDay) -> str:
    """That the year is not in the words, where it is not: they would be read otherwise some years later."""
    try:
        is_said = read_day(words, today=begin.replace(day=1) + 5 * A_YEAR).last == read.last
    except NoSuchDay:
        is_said = False
    return "" if is_said else f"Året står inte i listan. ”{words}” läses som {read.shown(today=date.min)}."


def _iso(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
