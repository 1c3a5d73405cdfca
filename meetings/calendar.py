"""A meeting for the calendar of one receiver: an iCalendar file (RFC 5545) that says what it asks for (RFC 5546).

A later file about the same meeting replaces the earlier one: it has the same UID and a higher SEQUENCE.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from base.swedish.clock import wall_clock
from meetings import rules
from meetings.models import Meeting
from members.models import Group, Member

ZONE = "Europe/Stockholm"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
REQUEST, CANCEL = "REQUEST", "CANCEL"
READ_EVERY = timedelta(hours=6)


def invitation(meeting: Meeting, receiver: Member, *, at: datetime, sequence: int | None = None) -> bytes:
    """Calls the receiver, or tells of a new time and place. One answers in the register, so it asks for none.

    `sequence` where it is not the meeting's own: of one from whose calendar it has been taken out before.
    """
    return _file(meeting, receiver, at, sequence, method=REQUEST, status="CONFIRMED")


def cancellation(meeting: Meeting, receiver: Member, *, at: datetime, sequence: int | None = None) -> bytes:
    """Takes the meeting out of the receiver's calendar."""
    return _file(meeting, receiver, at, sequence, method=CANCEL, status="CANCELLED")


def uid(meeting: Meeting) -> str:
    """The same for good: a meeting keeps its number, and the host at which the register was when it was planned."""
    return f"mote-{meeting.number}@{meeting.calendar_host}"


def published(meetings: Iterable[Meeting]) -> bytes:
    """Several meetings for a calendar that reads them now and then: what each is called and when it is, no more."""
    calendar, group = _calendar("PUBLISH"), Group.current().name
    calendar.add("x-wr-calname", group)
    calendar.add("refresh-interval", READ_EVERY, {"value": "DURATION"})
    for meeting in meetings:
        summary = f"{_name(meeting)} {meeting.number}, {group}"
        if meeting.is_cancelled:  # in words too: many programs pass over the status
            summary = f"Inställt: {summary}"
        event = _event(meeting, summary, stamp=meeting.updated_at)
        if meeting.is_cancelled:
            event.add("status", "CANCELLED")
        calendar.add_component(event)
    return _written(calendar)


def _file(meeting: Meeting, receiver: Member, at: datetime, sequence: int | None, *, method: str, status: str) -> bytes:
    address = settings.ADDRESS + meeting.get_absolute_url()
    event = _event(meeting, f"{_name(meeting)}, {Group.current().name}", stamp=at)
    if sequence is not None:
        event["sequence"] = sequence
    if meeting.place:
        event.add("location", meeting.place)
    page = "Dagordning och förhinder" if rules.may_see_who_comes(receiver, meeting) else "Din punkt"
    event.add("description", f"{page}: {address}")
    event.add("url", address)
    event.add("status", status)
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    event.add("attendee", _attendee(receiver), encode=False)
    calendar = _calendar(method)
    calendar.add_component(event)
    return _written(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Temagruppens register//sv")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    return calendar


def _written(calendar: Calendar) -> bytes:
    file: bytes = calendar.to_ical()
    return file


def _name(meeting: Meeting) -> str:
    return "Extra möte" if meeting.is_extra else "Möte"


def _event(meeting: Meeting, summary: str, *, stamp: datetime) -> Event:
    """Which meeting it is, and when."""
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", wall_clock(meeting.starts_at))
    if meeting.ends_at:
        event.add("dtend", wall_clock(meeting.ends_at))
    event.add("summary", summary)
    return event


def _attendee(receiver: Member) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{receiver.mail_address}")
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    attendee.params["rsvp"] = vText("FALSE")
    return attendee


def _zone() -> Timezone:
    """Swedish time by its two rules since 1996. Outlook passes over the lists of days that the library would write."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, before, after, begins, month in (
        (summer, "CEST", WINTER, SUMMER, datetime(1996, 3, 31, 2), 3),
        (winter, "CET", SUMMER, WINTER, datetime(1996, 10, 27, 3), 10),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone
