"""Days as people say them: vecka 50, hösten 2027, före skolavslutningen, löpande. The words and the day they end with.

`SaidDay` is what is kept: the words are shown, the last day is what a clock goes by. `read_day` makes of a typed line
what it says; where nobody can know the day (an event, or what runs on) a person gives it. Without a year the next that
comes is meant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import TextChoices

from base.swedish.text import DASHES, normalize_line
from base.swedish.words import MONTHS, WEEKDAYS, day_and_month


class Precision(TextChoices):
    """How exactly a day is said."""

    DAY = "day", "en dag"
    WEEK = "week", "en vecka"
    MONTH = "month", "en månad"
    PERIOD = "period", "ett kvartal, en årstid, ett halvår eller ett år"
    EVENT = "event", "före något som händer"
    RUNNING = "running", "löpande"


WHOLE_YEAR = "under {}"
RUNNING_WORDS = ("löpande", "fortlöpande", "tills vidare", "kontinuerligt", "regelbundet", "ständigt", "hela tiden")
"""The ways of saying that it runs on; the browser is given them too."""
NEEDS_DAY = frozenset({Precision.EVENT, Precision.RUNNING})
"""Of these nobody knows the day by the words: a person gives the last, or the one when it is reviewed."""


@dataclass(frozen=True)
class SaidDay:
    """A day as it was said: the last that the words allow, or the review of what runs on.

    The words are empty for a day alone, and carry their year where they are a time of a year.
    """

    last: date
    precision: str = Precision.DAY
    words: str = ""

    @classmethod
    def of(cls, day: date | SaidDay) -> SaidDay:
        """The value of either: a day alone is said as itself."""
        return day if isinstance(day, SaidDay) else cls(day)

    @property
    def is_day(self) -> bool:
        return self.precision == Precision.DAY

    @property
    def is_running(self) -> bool:
        return self.precision == Precision.RUNNING

    def shown(self, *, today: date) -> str:
        """The words, without their year where it is today's: vecka 50, hösten 2027; of a day alone 18 december."""
        if self.is_day:
            return day_and_month(self.last, today=today)
        keeps_year = self.precision in NEEDS_DAY or self.words == WHOLE_YEAR.format(today.year)
        return self.words if keeps_year else self.words.removesuffix(f" {today.year}")

    def clock(self, *, today: date) -> str:
        """The day that the words mean, for where it stands beside them: senast 13 december, stäms av 3 mars."""
        if self.is_day:
            return ""
        return f"{'stäms av' if self.is_running else 'senast'} {day_and_month(self.last, today=today)}"

    def whole(self, *, today: date) -> str:
        """The words and the day they mean: vecka 50 (senast 13 december)."""
        clock = self.clock(today=today)
        return f"{self.shown(today=today)} ({clock})" if clock else self.shown(today=today)

    def promised(self, *, today: date) -> str:
        """What is promised, inside a sentence: planerat klart vecka 50, i december; löpande, stäms av 3 mars."""
        return self._told("", "planerat klart", today)

    def wished(self, *, today: date) -> str:
        """What is wished, inside a sentence: önskas klart vecka 50; önskas löpande, stäms av 3 mars."""
        return self._told("önskas ", "önskas klart", today)

    def _told(self, running: str, ends: str, today: date) -> str:
        shown = self.shown(today=today)
        if self.is_running:
            return f"{running}{shown}, {self.clock(today=today)}"
        return f"{ends} i {shown}" if self.precision == Precision.MONTH else f"{ends} {shown}"


class ReadDay(NamedTuple):
    """What a line of words says. Without `last` a person has to give the day: of a day alone, the one that is meant."""

    precision: Precision
    words: str = ""
    first: date | None = None
    last: date | None = None


class NoSuchDay(ValueError):
    """The words say a day or a week that the calendar lacks, or two days; the argument is the sentence."""


def read_day(typed: str, *, today: date) -> ReadDay:
    """What the words say, with their year; what is in no calendar is an event. Raises NoSuchDay."""
    line = normalize_line(typed.translate(HYPHENS)).rstrip(". ")
    plain = line.lower()
    if RUNS_ON.match(plain):
        return ReadDay(Precision.RUNNING, _as_inside(line))
    if before := BEFORE.match(plain):
        end = _in_calendar(before[1], today)
        if end is None:
            return ReadDay(Precision.EVENT, _as_inside(line))
        if end.first is None:
            return end
        if end.first == date.min:
            raise NoSuchDay(NO_SUCH_YEAR)
        words = end.words or day_and_month(end.first, today=date.min)
        return ReadDay(Precision.EVENT, f"före {words}", None, end.first - timedelta(days=1))
    return _in_calendar(plain, today) or ReadDay(Precision.EVENT, _as_inside(line))


# Private

HYPHENS = dict.fromkeys(map(ord, DASHES), "-")
NO_SUCH_YEAR = "Så långt räcker inte kalendern. Se efter att året stämmer."
RUNS_ON = re.compile(rf"(?:{'|'.join(RUNNING_WORDS)})\b")
BEFORE = re.compile(r"(?:senast )?(?:före|innan) (.+)")
LEADING = re.compile(rf"(?:senast|klart|under|cirka|ca|till|inom|i|på|den|år|(?:{'|'.join(WEEKDAYS)})(?:en)?) ")
WEEKDAY = re.compile("|".join(WEEKDAYS))
YEAR = r"(?:,? ?[-/.' ] ?(\d{4}|\d\d))?"

MONTH_OF = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in {3, 4, len(name)}}
del MONTH_OF["jul"]  # Christmas, when nobody says which day
MONTH = f"({'|'.join(sorted(MONTH_OF, key=len, reverse=True))})\\.?"
PARTS = {"början": (1, 10), "mitten": (11, 20), "slutet": (21, 31)}
SEASONS = {"vår": (3, 5), "sommar": (6, 8), "höst": (9, 11)}
SEASON_NAMES = {"vår": "våren", "sommar": "sommaren", "höst": "hösten"}
ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4}
ORDINAL = f"({'|'.join(ORDINALS)})"

Span = tuple[date, date]
Pattern = tuple[re.Pattern[str], Callable[["re.Match[str]", date], ReadDay | None]]


def _in_calendar(plain: str, today: date) -> ReadDay | None:
    """What the words say if a calendar knows it, without what may stand before them: senast i, till, den."""
    weekday = WEEKDAY.search(plain)
    while True:
        for pattern, read in PATTERNS:
            if (found := pattern.fullmatch(plain)) and (said := read(found, today)):
                _ensure_on(weekday[0] if weekday else "", said)
                return said
        shorter = LEADING.sub("", plain, count=1) if LEADING.match(plain) else plain
        if shorter == plain:
            return None
        plain = shorter


def _ensure_on(weekday: str, said: ReadDay) -> None:
    """Raise NoSuchDay where a day is said with the name of another."""
    if not weekday or said.precision != Precision.DAY or said.last is None:
        return
    if (name := WEEKDAYS[said.last.weekday()]) != weekday:
        day = day_and_month(said.last, today=date.min)
        raise NoSuchDay(f"{day} är en {name}, inte en {weekday}. Skriv den dag som menas.")


def _as_inside(line: str) -> str:
    """The words as they stand inside a sentence: Före skolavslutningen → före skolavslutningen."""
    return line if line[1:2].isupper() else line[:1].lower() + line[1:]


def _year(typed: str | None) -> int | None:
    return int(typed) + (2000 if len(typed) == 2 else 0) if typed else None


def _coming(year: int | None, today: date, span_in: Callable[[int], Span], missing: str) -> tuple[int, Span]:
    """The span in its year, or in the first that it has not passed in. Raises NoSuchDay where there is none."""
    # The week that runs on New Year's Day may be the last of the year before.
    years: Iterable[int] = range(today.year - 1, today.year + 9) if year is None else [year]
    for tried in years:
        try:
            span = span_in(tried)
        except ValueError:
            continue
        if year is not None or span[1] >= today:
            return tried, span
    raise NoSuchDay(missing.format(year="" if year is None else f" {year}") or NO_SUCH_YEAR)


def _months(first: int, last: int) -> Callable[[int], Span]:
    return lambda year: (date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _a_period(name: str, year: int | None, today: date, span_in: Callable[[int], Span]) -> ReadDay:
    found, span = _coming(year, today, span_in, "")
    return ReadDay(Precision.PERIOD, f"{name} {found}", *span)


def _day(day: int, month: int, year: int | None, today: date) -> ReadDay:
    def span(in_year: int) -> Span:
        return date(in_year, month, day), date(in_year, month, day)

    name = MONTHS[month - 1] if 1 <= month <= len(MONTHS) else f"i månad {month}"
    _, found = _coming(year, today, span, f"{day} {name}{{year}} finns inte i kalendern.")
    return ReadDay(Precision.DAY, "", *found)


def _weekday(found: re.Match[str], today: date) -> ReadDay:
    """The next of that name; on such a day itself nobody knows whether it is meant."""
    ahead = (WEEKDAYS.index(found[1]) - today.weekday()) % 7
    return ReadDay(Precision.DAY, "", *2 * (today + timedelta(days=ahead),)) if ahead else ReadDay(Precision.DAY)


def _day_in_week(found: re.Match[str], today: date) -> ReadDay:
    """A day of a week that has its number: torsdag vecka 50."""
    weekday, week, year = WEEKDAYS.index(found[1]) + 1, int(found[2]), _year(found[3])

    def span(in_year: int) -> Span:
        day = date.fromisocalendar(in_year, week, weekday)
        return day, day

    _, days = _coming(year, today, span, f"Vecka {week} finns inte{{year}}.")
    return ReadDay(Precision.DAY, "", *days)


def _weeks(found: re.Match[str], today: date) -> ReadDay | None:
    first, last, year = int(found[1]), int(found[2] or found[1]), _year(found[3])
    if last < first:
        return None

    def span(in_year: int) -> Span:
        return date.fromisocalendar(in_year, first, 1), date.fromisocalendar(in_year, last, 7)

    which, days = _coming(year, today, span, f"Vecka {last} finns inte{{year}}.")
    name = f"vecka {first}" if first == last else f"vecka {first}–{last}"
    return ReadDay(Precision.WEEK, f"{name} {which}", *days)


def _month(found: re.Match[str], today: date) -> ReadDay:
    part, number, year = found[1], MONTH_OF[found[2]], _year(found[3])
    first, last = PARTS.get(part, (1, 31))

    def span(in_year: int) -> Span:
        end = monthrange(in_year, number)[1]
        return date(in_year, number, first), date(in_year, number, min(last, end))

    which, days = _coming(year, today, span, "")
    name = f"{part} av {MONTHS[number - 1]}" if part else MONTHS[number - 1]
    return ReadDay(Precision.MONTH, f"{name} {which}", *days)


def _season(found: re.Match[str], today: date) -> ReadDay:
    return _a_period(SEASON_NAMES[found[1]], _year(found[2]), today, _months(*SEASONS[found[1]]))


def _winter(found: re.Match[str], today: date) -> ReadDay | None:
    """The next winter, or the one of both its years; with one year beside it nobody knows which of the two is meant."""
    first, last, rest = found.groups()
    if rest or (first and (int(first) + 1) % 100 != int(last) % 100):
        return None

    def span(year: int) -> Span:
        return date(year - 1, 12, 1), date(year, 2, monthrange(year, 2)[1])

    begins = _year(first)
    year, days = _coming(None if begins is None else begins + 1, today, span, "")
    return ReadDay(Precision.PERIOD, f"vintern {year - 1}/{year % 100:02}", *days)


def _quarter(found: re.Match[str], today: date) -> ReadDay:
    number = int(found[1]) if found[1].isdecimal() else ORDINALS[found[1]]
    return _a_period(f"kvartal {number}", _year(found[2]), today, _months(3 * number - 2, 3 * number))


def _half_year(found: re.Match[str], today: date) -> ReadDay:
    number = ORDINALS[found[1]]
    return _a_period(f"{found[1]} halvåret", _year(found[2]), today, _months(6 * number - 5, 6 * number))


def _whole_year(year: int) -> ReadDay:
    return ReadDay(Precision.PERIOD, WHOLE_YEAR.format(year), date(year, 1, 1), date(year, 12, 31))


def _week_of(day: date) -> ReadDay:
    year, week, _ = day.isocalendar()
    days = date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    return ReadDay(Precision.WEEK, f"vecka {week} {year}", *days)


def _month_of(day: date) -> ReadDay:
    first, last = _months(day.month, day.month)(day.year)
    return ReadDay(Precision.MONTH, f"{MONTHS[day.month - 1]} {day.year}", first, last)


def _pattern(words: str, read: Callable[[re.Match[str], date], ReadDay | None]) -> Pattern:
    return re.compile(words), read


FROM_TODAY = (
    rf"(?:på )?nästa (?:{'|'.join(WEEKDAYS)})",
    r"(?:nästa|kommande) (?:vår|sommar|höst|vinter|termin|kvartal|halvår)",
    r"(?:om|inom) (?:[\w-]+ ){1,3}(?:dag|dagar|vecka|veckor|månad|månader|kvartal|halvår|år)",
    r"(?:nu )?(?:i |till )?(?:den här |nästa |kommande )?helg(?:en)?",
)
"""What is counted from today: other words tomorrow, so a person gives the day and the words are not kept."""

PATTERNS: tuple[Pattern, ...] = (
    *(_pattern(words, lambda found, today: ReadDay(Precision.DAY)) for words in FROM_TODAY),
    _pattern(r"i ?dag", lambda found, today: ReadDay(Precision.DAY, "", today, today)),
    _pattern(r"i ?morgon", lambda found, today: ReadDay(Precision.DAY, "", *2 * (today + timedelta(days=1),))),
    _pattern(r"(?:i ?)?övermorgon", lambda found, today: ReadDay(Precision.DAY, "", *2 * (today + timedelta(days=2),))),
    _pattern(rf"(?:nu )?(?:på )?(?:kommande )?({'|'.join(WEEKDAYS)})(?:en)?", _weekday),
    _pattern(
        rf"({'|'.join(WEEKDAYS)})(?:en)? (?:i )?(?:veckan|vecka|v\.?) ?(\d\d?)(?:,? [-']?(\d{{4}}|\d\d))?", _day_in_week
    ),
    _pattern(r"(?:denna vecka|den här veckan|i veckan)", lambda found, today: _week_of(today)),
    _pattern(r"nästa vecka", lambda found, today: _week_of(today + timedelta(days=7))),
    _pattern(r"(?:denna månad|den här månaden)", lambda found, today: _month_of(today)),
    _pattern(r"nästa månad", lambda found, today: _month_of(today.replace(day=1) + timedelta(days=31))),
    _pattern(r"(?:i år|det här året|detta år)", lambda found, today: _whole_year(today.year)),
    _pattern(r"nästa år", lambda found, today: _whole_year(today.year + 1)),
    _pattern(r"(20\d\d)-?(\d\d)-?(\d\d)", lambda f, today: _day(int(f[3]), int(f[2]), int(f[1]), today)),
    _pattern(rf"(\d\d?)[/.](\d\d?){YEAR}", lambda f, today: _day(int(f[1]), int(f[2]), _year(f[3]), today)),
    _pattern(rf"(\d\d?)(?::?e)? {MONTH}{YEAR}", lambda f, today: _day(int(f[1]), MONTH_OF[f[2]], _year(f[3]), today)),
    _pattern(r"(?:veckan|vecka|v\.?) ?(\d\d?)(?:-(\d\d?))?(?:,? [-']?(\d{4}|\d\d))?", _weeks),
    _pattern(rf"(?:({'|'.join(PARTS)}) (?:av|på) )?{MONTH}{YEAR}", _month),
    _pattern(rf"(vår|sommar|höst)(?:en)?{YEAR}", _season),
    _pattern(r"vinter(?:n)?(?: (20\d\d|\d\d)[-/](20\d\d|\d\d))?(.*)", _winter),
    _pattern(rf"(?:kvartal|kv\.?|q) ?([1-4]){YEAR}", _quarter),
    _pattern(rf"{ORDINAL} kvartalet{YEAR}", _quarter),
    _pattern(rf"([1-4])(?::[ae])? kvartalet{YEAR}", _quarter),
    _pattern(rf"(första|andra) halvåret{YEAR}", _half_year),
    _pattern(r"(20\d\d)", lambda found, today: _whole_year(int(found[1]))),
)
"""Each way of saying a time, and how it is read; the first that the whole line fits."""
