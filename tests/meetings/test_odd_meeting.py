"""A meeting of which it cannot be found out who is to be told what: the mails of the others go all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from meetings.calling import MOVED, tell_of_change
from meetings.models import Meeting
from meetings.since_call import SinceCall
from members.models import NoticeCause
from members.outbox.kinds import KINDS, Receiver
from tests.factories import MeetingFactory, OrganisationFactory
from tests.meetings.called import AT, seated, sent

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def odd(coming: Meeting) -> Meeting:
    """Two weeks after the one that is coming; it is found before that."""
    odd: Meeting = MeetingFactory(starts_at=coming.starts_at + timedelta(weeks=2), created_at=coming.created_at)
    return odd


def fail_with(monkeypatch: pytest.MonkeyPatch, odd: Meeting) -> None:
    found = SinceCall.to_release

    def fails(since: SinceCall, *args: object) -> Iterable[NoticeCause]:
        if since.meeting == odd:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return found(since, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(SinceCall, "to_release", fails)


def test_the_others_are_told_and_it_stands_among_what_did_not_reach_until_it_is_mended(
    odd: Meeting,
    called: Meeting,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    as_coordinator: Client,
) -> None:
    with monkeypatch.context() as failing:
        fail_with(failing, odd)
        seated("Kim", OrganisationFactory(name="Hamnbolaget"))
        told = [sent(mailoutbox, AT + minutes * MINUTE) for minutes in (1, 2)]
    held_back = f'Mejlen om <a href="{odd.get_absolute_url()}">{odd}</a> kan inte göras i ordning'
    page = as_coordinator.get("/gruppen/mejl/").content.decode()
    sent(mailoutbox, AT + 3 * MINUTE)

    assert told == [["kim"], []]
    assert f"could not be found out: meeting:{odd.pk}" in caplog.text
    assert (page.count(held_back), page.count("kan inte göras i ordning")) == (1, 1)
    assert "kan inte göras i ordning" not in as_coordinator.get("/gruppen/mejl/").content.decode()


def test_it_stands_there_too_while_nobody_can_be_found_to_tell(
    called: Meeting, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch, as_coordinator: Client
) -> None:
    def fails(cause: NoticeCause) -> list[Receiver]:
        raise ValueError

    long_ago = timezone.now() - timedelta(hours=1)
    monkeypatch.setitem(KINDS, MOVED, replace(KINDS[MOVED], receivers=fails))
    tell_of_change(called, at=long_ago)
    sent(mailoutbox, timezone.now())

    page = as_coordinator.get("/gruppen/mejl/").content.decode()

    assert f'Mejlen om <a href="{called.get_absolute_url()}">{called}</a> kan inte göras i ordning' in page
