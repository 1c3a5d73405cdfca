"""A meeting for the calendar of one receiver: an iCalendar file (RFC 5545) that says what it asks for (RFC 5546).

A later file about the same meeting replaces the earlier one: it has the same UID and a higher SEQUENCE.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

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
from meetings.models import Meeting
from members.models import Group, Member

ZONE = "Europe/Stockholm"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
REQUEST, CANCEL = "REQUEST", "CANCEL"


def invitation(meeting: Meeting, receiver: Member, *, at: datetime) -> bytes:
    """Calls the receiver, or tells of a new time and place. One answers in the register, so it asks for none."""
    return _file(meeting, receiver, at, method=REQUEST, status="CONFIRMED")


def cancellation(meeting: Meeting, receiver: Member, *, at: datetime) -> bytes:
    """Takes the meeting out of the receiver's calendar."""
    return _file(meeting, receiver, at, method=CANCEL, status="CANCELLED")


def uid(meeting: Meeting) -> str:
    """The same for good: a meeting keeps its number."""
    return f"mote-{meeting.number}@{urlsplit(settings.ADDRESS).hostname}"


def _file(meeting: Meeting, receiver: Member, at: datetime, *, method: str, status: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Temagruppens register//sv")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    calendar.add_component(_event(meeting, receiver, at, status))
    file: bytes = calendar.to_ical()
    return file


def _event(meeting: Meeting, receiver: Member, at: datetime, status: str) -> Event:
    name = "Extra möte" if meeting.is_extra else "Möte"
    address = settings.ADDRESS + meeting.get_absolute_url()
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", wall_clock(meeting.starts_at))
    if meeting.ends_at:
        event.add("dtend", wall_clock(meeting.ends_at))
    event.add("summary", f"{name}, {Group.current().name}")
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", f"Dagordning och förhinder: {address}")
    event.add("url", address)
    event.add("status", status)
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    event.add("attendee", _attendee(receiver), encode=False)
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
