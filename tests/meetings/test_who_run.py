"""Who leads a meeting, or writes, and sits for nobody: called to it as the others, and asked for no answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from meetings.attendance import rows
from meetings.calling import call_meeting
from meetings.models import Meeting
from meetings.planning import change_meeting
from meetings.running import who_run
from members.actor import Actor
from members.models import Member
from tests.meetings.called import AT, event_in, says, sent, the_member

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def led(coming: Meeting, coordinator: Member) -> Meeting:
    """Maja, who has no seat, leads it; Omar writes."""
    coming.change(by=Actor.of(coordinator), at=AT - timedelta(days=1), chair=coordinator)
    return coming


def body_to(mails: list[EmailMessage], name: str) -> str:
    [mail] = [mail for mail in mails if mail.to[0].startswith(f"{name}@")]
    return str(mail.body)


def test_she_is_called_with_the_agenda_and_the_day_for_her_calendar_and_asked_nothing(
    led: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(led, by=Actor.of(coordinator), at=AT)

    assert sent(mailoutbox, AT) == ["maja", "omar", "pia"]
    [mail] = [mail for mail in mailoutbox if mail.to[0].startswith("maja@")]
    assert str(mail.subject).startswith("Kallelse till möte ")
    assert "Du är ordförande på mötet." in str(mail.body)
    assert ("Kommer du?" in str(mail.body), "svara med länkarna" in str(mail.body)) == (False, False)
    assert "/svar/" not in str(mail.body)
    assert (event_in(mail)[0], next(name for name, *_ in mail.attachments)[-4:]) == ("REQUEST", ".pdf")
    assert "Kommer du?" in body_to(mailoutbox, "omar")  # who writes, and sits
    assert sent(mailoutbox, AT + 60 * MINUTE) == []


def test_she_stands_in_no_figure_of_who_comes(led: Meeting, coordinator: Member) -> None:
    table = rows(led)

    assert sorted(str(row.expected.member) for row in table if row.expected) == ["Omar", "Pia"]
    assert who_run(led, table) == [coordinator]


def test_another_chair_is_called_and_she_who_was_need_not_come(
    led: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(led, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)

    change_meeting(led, by=Actor.of(coordinator), at=AT + MINUTE, chair=the_member("Gun"))

    assert sent(mailoutbox, AT + 3 * MINUTE) == ["gun", "maja"]
    assert "Du är ordförande på mötet." in body_to(mailoutbox, "gun")  # a deputy, while the ordinary comes
    assert "Någon annan leder mötet och skriver." in body_to(mailoutbox, "maja")
    assert sent(mailoutbox, AT + 60 * MINUTE) == []


def test_she_is_told_where_it_is_now_and_that_it_is_another_time(
    led: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(led, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)

    change_meeting(led, by=Actor.of(coordinator), at=AT + MINUTE, place="Biblioteket")

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["maja", "omar", "pia"]
    assert "Platsen var förut Åsalen." in body_to(mailoutbox, "maja")
    assert "Kommer du?" not in body_to(mailoutbox, "maja")


def test_who_has_said_no_for_her_organisation_does_not_lead_it_either(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)

    says(coming, "Omar", "no", AT + MINUTE)

    assert sent(mailoutbox, AT + 3 * MINUTE) == ["gun"]
    assert sent(mailoutbox, AT + 60 * MINUTE) == []
