"""That what is told of a meeting comes before it, whatever quiet hours somebody has and whatever she has gathered."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from threading import Event
from unittest import mock

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from meetings.calling_off import call_off
from meetings.models import Meeting
from meetings.planning import change_meeting
from members.actor import Actor
from members.models import How, Member, Notice, NoticeChoice, Organisation, QuietHours, Subject
from tests.at_once import at_once
from tests.factories import MeetingFactory
from tests.meetings.called import AT, says, sent, the_member

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture(autouse=True)
def long_nights(coordinator: Member, tekniska: Organisation) -> None:
    for member in (coordinator, the_member("Gun"), the_member("Omar")):
        QuietHours.objects.choose(member, begin=17, end=9, on_days_off=False, by=Actor.of(member))


@pytest.fixture
def early(coordinator: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]) -> Meeting:
    """At half past eight; Omar was called at noon the day before."""
    return called_at_noon(coordinator, tekniska, mailoutbox, time(8, 30))


def called_at_noon(by: Member, organisation: Organisation, mailoutbox: list[EmailMessage], begins: time) -> Meeting:
    starts_at = timezone.make_aware(datetime.combine(AT.date() + timedelta(days=5), begins))
    leads = {"chair": the_member("Omar"), "secretary": the_member("Omar")}
    meeting: Meeting = MeetingFactory(**leads, starts_at=starts_at, created_at=AT - timedelta(days=9))
    meeting.organisations.get_or_create(organisation=organisation)
    assert sent_at(mailoutbox, noon_before(meeting)) == ["omar"]
    return meeting


def noon_before(meeting: Meeting) -> datetime:
    return timezone.make_aware(datetime.combine(meeting.planned_day - timedelta(days=1), time(12)))


def evening_before(meeting: Meeting) -> datetime:
    return noon_before(meeting) + 6 * HOUR


def sent_at(mailoutbox: list[EmailMessage], at: datetime) -> list[str]:
    with mock.patch("django.utils.timezone.now", return_value=at):
        return sent(mailoutbox, at)


def hours_before(begins: datetime, mailoutbox: list[EmailMessage], *, since: datetime) -> dict[str, float]:
    """How long before it each was told, where mails are sent every half hour."""
    told: dict[str, float] = {}
    at = since
    while at < begins + 2 * HOUR:
        at += HOUR / 2
        told |= dict.fromkeys(sent_at(mailoutbox, at), (begins - at) / HOUR)
    return told


def test_the_deputy_is_told_that_she_goes_before_the_meeting(early: Meeting, mailoutbox: list[EmailMessage]) -> None:
    says(early, "Omar", "no", evening_before(early))

    assert hours_before(early.starts_at, mailoutbox, since=evening_before(early)) == {"gun": 2}


def test_she_is_told_at_once_where_it_is_near(early: Meeting, mailoutbox: list[EmailMessage]) -> None:
    says(early, "Omar", "no", early.starts_at - HOUR)

    assert hours_before(early.starts_at, mailoutbox, since=early.starts_at - HOUR) == {"gun": 0.5}


def test_the_morning_is_waited_for_where_the_meeting_is_later(
    coordinator: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    meeting = called_at_noon(coordinator, tekniska, mailoutbox, time(13))
    says(meeting, "Omar", "no", evening_before(meeting))

    assert hours_before(meeting.starts_at, mailoutbox, since=evening_before(meeting)) == {"gun": 4}


def test_what_is_held_for_the_morning_comes_sooner_where_the_meeting_does(
    coordinator: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    meeting = called_at_noon(coordinator, tekniska, mailoutbox, time(13))
    evening = evening_before(meeting)
    says(meeting, "Omar", "no", evening)
    assert sent_at(mailoutbox, evening + HOUR) == []

    begins = meeting.starts_at - 4 * HOUR
    change_meeting(meeting, by=Actor.of(coordinator), starts_at=begins, at=evening + 2 * HOUR)

    assert hours_before(begins, mailoutbox, since=evening + 2 * HOUR)["gun"] == 2


@pytest.mark.django_db(transaction=True)
def test_it_is_moved_also_while_what_is_held_of_it_is_settled(
    early: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    evening, settled, moved = evening_before(early), Event(), Event()
    says(early, "Omar", "no", evening)
    assert sent_at(mailoutbox, evening + HOUR) == []
    sooner = early.starts_at - HOUR

    def settle() -> None:
        with transaction.atomic():
            Notice.objects.waiting().settle(Notice.State.DROPPED, at=evening)
            settled.set()
            moved.wait(3)

    def move() -> None:
        settled.wait(10)
        change_meeting(early, by=Actor.of(coordinator), starts_at=sooner, at=evening + 2 * HOUR)
        moved.set()

    assert at_once(settle, move) == [None, None]
    assert Meeting.objects.get().starts_at == sooner


def test_that_nobody_comes_is_told_before_it_although_it_is_gathered_for_a_week(
    early: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    the_member("Gun").seats.get().discard(by=Actor.of(coordinator))
    NoticeChoice.objects.choose(coordinator, {Subject.MEETINGS: How.WEEKLY}, by=Actor.of(coordinator))
    says(early, "Omar", "no", evening_before(early))

    told = hours_before(early.starts_at, mailoutbox, since=evening_before(early))

    assert told == {coordinator.email.partition("@")[0]: 2}


def test_that_it_is_called_off_is_told_before_one_goes_there(
    early: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_off(early, by=Actor.of(coordinator), at=evening_before(early))

    assert hours_before(early.starts_at, mailoutbox, since=evening_before(early)) == {"omar": 2}


def test_a_later_time_is_told_before_the_one_that_it_had(
    early: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    was, evening = early.starts_at, evening_before(early)
    change_meeting(early, by=Actor.of(coordinator), starts_at=was + timedelta(days=7), at=evening)

    assert hours_before(was, mailoutbox, since=evening) == {"omar": 2}


def test_what_tells_of_one_that_has_begun_waits_for_the_morning(
    early: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    """It was moved in the evening, when it had been: nobody needs it before the new day."""
    was = early.starts_at
    since = was + 10 * HOUR
    change_meeting(early, by=Actor.of(coordinator), starts_at=was + timedelta(days=7), at=since)

    told: dict[str, int] = {}
    for hours in range(24):
        told |= dict.fromkeys(sent_at(mailoutbox, since + hours * HOUR), hours)

    assert list(told) == ["omar"]
    assert timezone.localtime(since + told["omar"] * HOUR).hour == 9
