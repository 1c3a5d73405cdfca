"""The calendar months in which the group does not meet: it is to at least once in each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from itertools import islice

from base.swedish.months import last_day, months_from
from base.swedish.words import MONTHS, listed
from base.swedish.working_days import last_working_day

AHEAD = 3  # months, with this
LEAD = timedelta(days=45)  # before a month begins that is told
NOTICE = timedelta(days=7)  # to a meeting, for those who are called: what is too late is not told


def months_without(meetings: Collection[date], *, pauses: Collection[int], today: date) -> list[date]:
    """The first days of this month and the next two that have no meeting, those left out that the group pauses in.

    `meetings` are the days of those that were held or are to be, not of what was called off.
    """
    met = {(day.year, day.month) for day in meetings}
    return [
        first
        for first in islice(months_from(today), AHEAD)
        if (first.year, first.month) not in met
        and first.month not in pauses
        and first <= today + LEAD
        and last_working_day(last_day(first)) >= today + NOTICE
    ]


def without_meeting(months: Collection[date]) -> str:
    """Inget möte är planerat i december. Gruppen ska träffas minst en gång i månaden. Empty where each has one."""
    if not months:
        return ""
    when = listed([f"i {MONTHS[month.month - 1]}" for month in months])
    return f"Inget möte är planerat {when}. Gruppen ska träffas minst en gång i månaden."
