"""A meeting for the calendar of one receiver: an iCalendar file (RFC 5545) that says what it asks for (RFC 5546).

A later file about the same meeting replaces the earlier one: it has the same UID and a higher SEQUENCE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import cache

from django.conf import settings
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

from base.records.address import on_the_wire
from base.swedish.clock import wall_clock
from meetings import rules
from meetings.models import CallAnswer, Meeting
from meetings.rhythm import usual_length
from members.models import Group, Member, OutsideContact

ZONE = "Europe/Stockholm"
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
REQUEST, CANCEL = "REQUEST", "CANCEL"
NO_END = "När mötet slutar är inte bestämt."
OPEN_END = "sluttiden är inte bestämd"
CalendarOf = Member | OutsideContact
READ_EVERY = timedelta(hours=6)
PARTSTAT: dict[str, str] = {
    CallAnswer.Answer.YES: "ACCEPTED",
    CallAnswer.Answer.NO: "DECLINED",
    CallAnswer.Answer.PARTLY: "ACCEPTED",
}
"""Who comes to a part of it comes: TENTATIVE would say that she may not."""


def invitation(meeting: Meeting, receiver: CalendarOf, *, at: datetime, sequence: int | None = None) -> bytes:
    """Calls the receiver, or tells of a new time and place. One answers in the register, so it asks for none.

    Where it is not said when the meeting ends it is as long as the group's latest one, held or planned, that says so,
    or two hours: with no end it would be a whole day in some calendars and no time at all in others.
    `sequence` where it is not the meeting's own: of one from whose calendar it has been taken out before.
    """
    return _file(meeting, receiver, at, sequence, method=REQUEST, status="CONFIRMED")


def cancellation(meeting: Meeting, receiver: CalendarOf, *, at: datetime, sequence: int | None = None) -> bytes:
    """Takes the meeting out of the receiver's calendar."""
    return _file(meeting, receiver, at, sequence, method=CANCEL, status="CANCELLED")


def uid(meeting: Meeting) -> str:
    """The same for good: a meeting keeps its number, and the host at which the register was when it was planned."""
    return f"mote-{meeting.number}@{meeting.calendar_host}"


def published(meetings: Iterable[Meeting]) -> bytes:
    """Several meetings for a calendar that reads them now and then: what each is called and when it is, no more.

    One whose end is not said takes its time as in an invitation, and says in its name that it is not.
    """
    calendar, group = _calendar("PUBLISH"), Group.current().name
    calendar.add("x-wr-calname", group)
    calendar.add("refresh-interval", READ_EVERY, {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_EVERY))  # Outlook's own name for it
    length = cache(usual_length)
    for meeting in meetings:
        summary = f"{_name(meeting)} {meeting.number}, {group}"
        if not meeting.ends_at:
            summary = f"{summary} ({OPEN_END})"
        if meeting.is_cancelled:  # in words too: many programs pass over the status
            summary = f"Inställt: {summary}"
        event = _event(meeting, summary, stamp=meeting.updated_at, length=length)
        if meeting.is_cancelled:
            event.add("status", "CANCELLED")
        calendar.add_component(event)
    return _written(calendar)


def _file(
    meeting: Meeting, receiver: CalendarOf, at: datetime, sequence: int | None, *, method: str, status: str
) -> bytes:
    event = _event(meeting, f"{_name(meeting)}, {Group.current().name}", stamp=at)
    if sequence is not None:
        event["sequence"] = sequence
    if meeting.place:
        event.add("location", meeting.place)
    description = [] if meeting.ends_at else [NO_END]
    if isinstance(receiver, Member):  # nobody else may open the page
        address = settings.ADDRESS + meeting.get_absolute_url()
        page = "Dagordning och förhinder" if rules.may_see_who_comes(receiver, meeting) else "Din punkt"
        description.insert(0, f"{page}: {address}")
        event.add("url", address)
    if description:
        event.add("description", "\n".join(description))
    event.add("status", status)
    event.add("organizer", _by_mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    event.add("attendee", _attendee(meeting, receiver), encode=False)
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


def _event(meeting: Meeting, summary: str, *, stamp: datetime, length: Callable[[], timedelta] = usual_length) -> Event:
    """Which meeting it is, and when; `length` says how long one takes of which it is not said."""
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", wall_clock(meeting.starts_at))
    event.add("dtend", wall_clock(meeting.ends_at or meeting.starts_at + length()))
    event.add("summary", summary)
    return event


def _attendee(meeting: Meeting, receiver: CalendarOf) -> vCalAddress:
    """The receiver, with what she has answered about the time that the meeting has now."""
    said = None
    if isinstance(receiver, Member):
        said = CallAnswer.objects.filter(meeting=meeting, member=receiver).first()
    holds = said and not meeting.was_moved_after(said.said_at)
    attendee = _by_mail(receiver.mail_address)
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = vText(PARTSTAT[said.answer] if said and holds else "NEEDS-ACTION")
    attendee.params["rsvp"] = vText("FALSE")
    return attendee


def _by_mail(address: str) -> vCalAddress:
    """The address as it stands in the mail's own headers: a calendar knows its owner by it."""
    with suppress(UnicodeError):
        address = on_the_wire(address)
    return vCalAddress(f"mailto:{address}")


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
