"""The story's days: words such as "v-3 ons" or "tredje fredagen i oktober", as the days they are seen from today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from base.swedish.said_days import SaidDay, read_day
from base.swedish.words import MONTHS, WEEKDAYS
from base.swedish.working_days import last_working_day
from demo.story.swedish_year import day_of

SHORT_WEEKDAYS = [weekday[:3] for weekday in WEEKDAYS]
RECENTLY = {"i dag": 0, "i går": 1, "i förrgår": 2}
LENGTH = timedelta(days=427)
"""Fourteen months."""
QUIET = timedelta(days=5)
"""What comes back each year is told of when it has been sorted; the last days have texts of their own."""


class Calendar:
    """Reads the days of the story, as they fall for whoever opens the register at `now`.

    Three kinds of words. Weeks, "v-3 ons", count from the latest week that has come past Wednesday (v0), so that the
    next meeting (v2 ons) is always 7 to 13 days away. Days of the year, "dagen efter valborg", are those of the past
    fourteen months. The last days are "i går" and "3 dagar sedan".
    """

    def __init__(self, now: datetime) -> None:
        self.now = timezone.localtime(now)
        self.today = self.now.date()
        self.first_day = self.today - LENGTH
        self.week_zero = monday_of(self.today - timedelta(days=3))

    def moment(self, words: str, anchor: date | None = None) -> datetime:
        """ "v-3 ons 13.00", "i går 22.40", "20 min sedan". Raises ValueError."""
        if words.endswith(" min sedan"):
            return later(self.now, -int(words.removesuffix(" min sedan")))
        day, at = words.rsplit(" ", 1)
        return at_clock(self.day(day, anchor), at)

    def day(self, words: str, anchor: date | None = None) -> date:
        """A day by its week, or by how long ago it was. `anchor` lies in week zero instead. Raises ValueError."""
        if words in RECENTLY:
            return self.today - timedelta(days=RECENTLY[words])
        if words.endswith(" dagar sedan"):
            return self.today - timedelta(days=int(words.removesuffix(" dagar sedan")))
        week, weekday = words.split(" ")
        zero = monday_of(anchor) if anchor else self.week_zero
        return zero + timedelta(weeks=int(week.removeprefix("v")), days=SHORT_WEEKDAYS.index(weekday))

    def said(self, words: str, anchor: date | None = None) -> SaidDay:
        """A day as people say it: "v3 fre" alone; "v3 fre, vecka" (månad, kvartal) for the whole one that it lies in;
        "v3 fre, före mötet" and "v3 fre, löpande" for other words with that last day. Raises ValueError.
        """
        named, _, how = words.partition(", ")
        if not how:
            return SaidDay(self.working_day(named, anchor))
        day = self.day(named, anchor)
        read = read_day(_time_around(day).get(how, how), today=day)
        return SaidDay(read.last or last_working_day(day), read.precision, read.words)

    def working_day(self, words: str, anchor: date | None = None) -> date:
        """The day, or the last before it on which somebody works: nobody promises Christmas Day. Raises ValueError."""
        return last_working_day(self.day(words, anchor))

    def meeting(self, week: str, at: str = "13.00") -> datetime:
        """The Wednesday of that week, or the working day before it where that is a feast."""
        return at_clock(self.working_day(f"{week} ons"), at)

    def each_year(self, words: str) -> list[date]:
        """When such a day has been or will be, after the first of the fourteen months and to the end of next year."""
        years = range(self.first_day.year, self.today.year + 2)
        days = (day_of(words, year) for year in years)
        return [day for day in days if self.first_day < day]

    def past_day(self, words: str, turn: int) -> date:
        """A day of the year as it last was, or one of the last days. Raises ValueError, LookupError.

        What has been twice in fourteen months is shared by its rows: each second `turn` is the earlier one's.
        """
        if is_recent(words):
            return self.day(words)
        been = [day for day in self.each_year(words) if day < self.today - QUIET]
        return been[-1 - turn % len(been)]


def _time_around(day: date) -> dict[str, str]:
    year, week, _ = day.isocalendar()
    return {
        "vecka": f"vecka {week} {year}",
        "månad": f"{MONTHS[day.month - 1]} {day.year}",
        "kvartal": f"kvartal {(day.month + 2) // 3} {day.year}",
    }


def later(moment: datetime, minutes: int) -> datetime:
    """So many minutes after it, by the sun rather than the clock on the wall, which is moved twice a year."""
    return timezone.localtime(moment.astimezone(UTC) + timedelta(minutes=minutes))


def is_recent(words: str) -> bool:
    """Whether they count back from today rather than name a day of the year."""
    return words in RECENTLY or words.endswith(" sedan")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def at_clock(day: date, at: str) -> datetime:
    """The day at "22.40", Swedish time."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(at.replace(".", ":"))))
