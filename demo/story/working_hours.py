"""When each member is at work, so that nobody in an office reports on a Saturday night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import Enum

from base.swedish.working_days import last_working_day, working_day_from
from demo.story.calendar import at_clock

DAY = timedelta(days=1)
MORNING = "08.10"


class Hours(Enum):
    """What a member's hours are called in the data, with the first and the last clock of a day."""

    OFFICE = "kontor", time(7), time(18)
    EVENINGS = "även kvällar", time(6), time(23)
    ALWAYS = "dygnet runt", time.min, time.max

    def __init__(self, words: str, begins: time, ends: time) -> None:
        self.words, self.begins, self.ends = words, begins, ends

    def at_work_from(self, moment: datetime) -> datetime:
        """The moment itself when she is at work then, else the next morning that she is."""
        if self is Hours.ALWAYS:
            return moment
        day = moment.date() + DAY if moment.time() > self.ends else moment.date()
        if self is Hours.OFFICE:
            day = working_day_from(day)
        if day == moment.date() and moment.time() >= self.begins:
            return moment
        # Whoever saw something outside her hours writes it down first thing; with an own clock, work is just moved.
        return at_clock(day, MORNING)

    def at_work(self, moment: datetime, now: datetime) -> datetime:
        """When she does what is planned for the moment; before a feast rather than after it if that is yet to come."""
        after = self.at_work_from(moment)
        return after if after <= now else datetime.combine(last_working_day(moment.date()), moment.time(), now.tzinfo)


BY_WORDS = {hours.words: hours for hours in Hours}


def next_working_moment(moment: datetime) -> datetime:
    """Office work at the same clock on the first working day."""
    return datetime.combine(working_day_from(moment.date()), moment.time(), moment.tzinfo)
