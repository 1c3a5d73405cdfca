"""What the documents of a meeting share: sender, days and times in words, file names."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from base.documents.tree import Sender
from base.swedish.words import capital
from meetings.models import Meeting, Minutes
from members.models import Group, Logotype

DEMO = "Demodata: alla personer och händelser är påhittade."


def sender(name: str = "", group: Group | None = None) -> Sender:
    """The sender of a document: by the name given, or else as the group signs today, or would by those settings."""
    group, logotype = group or Group.current(), Logotype.current()
    contact = f"Frågor: {group.papers_mail}" if group.papers_mail else ""
    picture = logotype.picture if logotype else None
    return Sender(name or group.signed_as, picture, DEMO if group.demo else "", contact)


def day(moment: datetime) -> str:
    """The day with its year, for a paper is read another year as well: Onsdag 25 november 2026."""
    return capital(date_format(timezone.localtime(moment), "l j F Y"))


def clock(moment: datetime) -> str:
    """The time of day: 13.00."""
    return f"{timezone.localtime(moment):%H.%M}"


def time_span(begins: datetime, ends: datetime | None) -> str:
    """The span as far as it is known: Onsdag 25 november 2026, 13.00–14.50."""
    return f"{day(begins)}, {clock(begins)}{f'–{clock(ends)}' if ends else ''}"


def hours(meeting: Meeting) -> tuple[datetime, datetime | None]:
    """Start and end of the meeting: as planned until it has closed, and as it was held then or on another day."""
    if meeting.day == meeting.planned_day and not meeting.is_closed:
        return meeting.starts_at, meeting.ends_at
    return meeting.held_at, meeting.held_to


def printed_at(moment: datetime) -> str:
    """The moment of printing: 22 november 2026 klockan 18.25."""
    return f"{date_format(timezone.localtime(moment), 'j F Y')} klockan {clock(moment)}"


def minutes_name(minutes: Minutes, what: str = "") -> str:
    """The file's name without its ending: its day, and its meeting for there may be two on a day.

    A correction says so, and `what` it is beside: minnesanteckningar-2026-11-25-mote-2026-7-version-2-maskerad-kopia.
    """
    version = f"-version-{minutes.version}" if minutes.version > 1 else ""
    return f"{minutes.called.name}-{_day_and_meeting(minutes.meeting)}{version}{f'-{what}' if what else ''}"


def annex_name(meeting: Meeting) -> str:
    return f"bilaga-med-begransad-spridning-{_day_and_meeting(meeting)}"


def draft_name(meeting: Meeting) -> str:
    return f"utkast-{Group.current().minutes.name}-{_day_and_meeting(meeting)}"


def agenda_name(meeting: Meeting) -> str:
    return f"dagordning-{_day_and_meeting(meeting)}"


def _day_and_meeting(meeting: Meeting) -> str:
    return f"{meeting.day}-mote-{meeting.number}"
