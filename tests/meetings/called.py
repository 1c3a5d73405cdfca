"""Who sits at a meeting to come, and what has been mailed of it."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.core.mail import EmailMessage
from django.utils import timezone
from icalendar import Calendar, Event

from meetings.models import CallAnswer, Meeting
from members.actor import Actor
from members.models import Member, Organisation
from members.outbox.sending import send_due
from tests.factories import MemberFactory, SeatFactory

AT = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)


def seated(name: str, organisation: Organisation, role: str = "ordinary") -> Member:
    member: Member = MemberFactory(name=name, email=f"{name.lower()}@sitter.exempel.se", organisation=organisation)
    SeatFactory(member=member, role=role)
    return member


def the_member(name: str) -> Member:
    member: Member = Member.objects.get(name=name)
    return member


def says(meeting: Meeting, name: str, answer: str, at: datetime) -> None:
    CallAnswer.say(meeting, the_member(name), answer, by=Actor.of(the_member(name)), at=at)


def sent(mailoutbox: list[EmailMessage], at: datetime) -> list[str]:
    """To whom: what has been sent then."""
    mailoutbox.clear()
    send_due(at=at)
    return sorted(mail.to[0].partition("@")[0] for mail in mailoutbox)


def event_in(mail: EmailMessage) -> tuple[str, Event]:
    """The method and the meeting of its calendar file, which stands beside the words and is attached as well."""
    message = mail.message()
    [beside] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    [attached] = [part for part in message.walk() if part.get_content_type() == "application/ics"]
    file = attached.get_payload(decode=True)
    assert cast("bytes", beside.get_payload(decode=True)).split() == cast("bytes", file).split()
    calendar = Calendar.from_ical(cast("bytes", file))
    [event] = calendar.walk("VEVENT")
    return str(beside.get_param("method")), cast("Event", event)
