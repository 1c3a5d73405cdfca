"""What the documents of a meeting have in common: who sends them, how they tell the time, what the files are called."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from base.documents.tree import Sender
from base.swedish.words import capital
from meetings.models import Meeting, Minutes
from members.models import Group, Logotype

DEMO = "Demodata: alla personer och händelser är påhittade."


def sender(name: str = "") -> Sender:
    """The group, under the name it had when the paper was frozen."""
    group, logotype = Group.current(), Logotype.current()
    return Sender(name or group.name, logotype.picture if logotype else None, DEMO if group.demo else "")


def day(moment: datetime) -> str:
    """Onsdag 25 november 2026: a paper is read another year as well."""
    return capital(date_format(timezone.localtime(moment), "l j F Y"))


def clock(moment: datetime) -> str:
    """13.00"""
    return f"{timezone.localtime(moment):%H.%M}"


def time_span(begins: datetime, ends: datetime | None) -> str:
    """Onsdag 25 november 2026, 13.00–14.50: as long as is known."""
    return f"{day(begins)}, {clock(begins)}{f'–{clock(ends)}' if ends else ''}"


def known_end(begins: datetime, ends: datetime | None) -> datetime | None:
    """When it ended, if that is known: what closed another day was written down then."""
    same_day = ends and timezone.localdate(begins) == timezone.localdate(ends)
    return ends if same_day else None


def hours(meeting: Meeting) -> tuple[datetime, datetime | None]:
    """As planned, and as it was where that is another day."""
    if meeting.day == meeting.planned_day:
        return meeting.starts_at, meeting.ends_at
    return meeting.held_at, known_end(meeting.held_at, meeting.closed_at)


def printed_at(moment: datetime) -> str:
    """22 november 2026 klockan 18.25"""
    return f"{date_format(timezone.localtime(moment), 'j F Y')} klockan {clock(moment)}"


def minutes_name(meeting: Meeting, minutes: Minutes | None) -> str:
    """minnesanteckningar-2026-11-25, without its ending; a draft and a correction say that they are such."""
    draft = "" if minutes else "utkast-"
    version = f"-version-{minutes.version}" if minutes and minutes.version > 1 else ""
    return f"{draft}minnesanteckningar-{meeting.day}{version}"


def agenda_name(meeting: Meeting) -> str:
    return f"dagordning-{meeting.day}"
