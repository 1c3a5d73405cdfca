"""Whom what happens around a meeting is told to by mail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import swedish_day
from meetings.models import CallAnswer, Meeting
from members.actor import Actor
from members.models import Member
from members.outbox.sending import send_due
from tests.factories import MeetingFactory, MemberFactory, OrganisationFactory, SeatFactory
from tests.meetings.called import AT
from tests.meetings.meetings import excuse

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def omar() -> Member:
    """The ordinary; her deputy is Gun."""
    organisation = OrganisationFactory(name="Tekniska")
    omar = MemberFactory(name="Omar Prov", email="omar@exempel.se", organisation=organisation)
    SeatFactory(member=omar)
    gun = MemberFactory(name="Gun Prototyp", email="gun@exempel.se", organisation=organisation)
    SeatFactory(member=gun, role="deputy")
    return omar


@pytest.fixture
def meeting(omar: Member) -> Meeting:
    meeting = MeetingFactory(starts_at=AT + timedelta(days=9), place="Sessionssalen")
    meeting.organisations.get_or_create(organisation=omar.organisation)
    return meeting


def sent(mailoutbox: list[EmailMessage], at: datetime) -> list[tuple[str, str]]:
    send_due(at=at)
    return sorted((mail.to[0], str(mail.subject)) for mail in mailoutbox)


def test_each_deputy_is_told_that_she_goes_in_the_place_of_her_own_ordinary(
    meeting: Meeting, omar: Member, mailoutbox: list[EmailMessage]
) -> None:
    other = OrganisationFactory(name="Kultur")
    elin, ali = (MemberFactory(name=name, email=f"{name}@exempel.se", organisation=other) for name in ("elin", "ali"))
    SeatFactory(member=elin)
    SeatFactory(member=ali, role="deputy")
    meeting.organisations.get_or_create(organisation=other)
    for member in (elin, omar):
        excuse(meeting, member, by=Actor.of(member), at=AT)

    told = [(to, subject[:15], subject.rpartition(", ")[2]) for to, subject in sent(mailoutbox, AT + 2 * MINUTE)]
    assert told == [
        ("ali@exempel.se", "Du går på mötet", "elin har förhinder"),
        ("gun@exempel.se", "Du går på mötet", "Omar Prov har förhinder"),
    ]
    body = str(mailoutbox[0].body)
    assert "Sessionssalen" in body
    assert f"https://register.exempel.se{meeting.get_absolute_url()}" in body


def test_a_mail_says_the_day_by_its_date_however_near_it_is(
    meeting: Meeting, omar: Member, mailoutbox: list[EmailMessage]
) -> None:
    Meeting.objects.update(starts_at=AT + timedelta(days=1))
    excuse(meeting, omar, by=Actor.of(omar), at=AT)

    sent(mailoutbox, AT + 2 * MINUTE)

    day = swedish_day(timezone.localdate(AT) + timedelta(days=1), today=timezone.localdate(AT))
    told = [f"{mail.subject} {mail.body}" for mail in mailoutbox]
    assert [f"Du går på mötet {day}, Omar Prov har förhinder" in words for words in told] == [True]
    assert "i morgon" not in told[0]


def test_a_deputy_who_cannot_come_either_or_wrote_it_down_herself_is_not_told(
    meeting: Meeting, omar: Member, mailoutbox: list[EmailMessage]
) -> None:
    gun = Member.objects.get(email="gun@exempel.se")
    excuse(meeting, omar, by=Actor.of(gun), at=AT)

    assert sent(mailoutbox, AT + 2 * MINUTE) == []

    excuse(meeting, gun, by=Actor.of(gun), at=AT)
    assert sent(mailoutbox, AT + 4 * MINUTE) == []


def test_an_excuse_that_was_taken_back_before_the_mail_leaves_is_not_told(
    meeting: Meeting, omar: Member, mailoutbox: list[EmailMessage]
) -> None:
    excuse(meeting, omar, by=Actor.of(omar), at=AT)
    send_due(at=AT + timedelta(seconds=30))
    CallAnswer.withdraw(meeting, omar, by=Actor.of(omar))

    assert sent(mailoutbox, AT + 2 * MINUTE) == []


def test_nobody_is_told_of_a_meeting_that_has_been(
    meeting: Meeting, omar: Member, mailoutbox: list[EmailMessage]
) -> None:
    excuse(meeting, omar, by=Actor.of(omar), at=AT)
    Meeting.objects.update(starts_at=AT - timedelta(days=1))  # as it is when the outbox has stood still

    assert sent(mailoutbox, AT + 2 * MINUTE) == []
