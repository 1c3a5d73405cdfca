"""What a closing has caused is mailed when it can no longer be undone, or at once: then it can no longer be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.records import Conflict, NotAllowed
from issues.models import Event, Follower
from meetings.models import Meeting
from meetings.reopening import unclose_meeting
from meetings.sending_now import send_now
from members.actor import Actor
from members.models import Member, Notice, NoticeCause, Organisation
from members.outbox.sending import send_due
from tests.at_once import at_once
from tests.factories import have_closed
from tests.meetings.meetings import words
from tests.meetings.reopening import issue
from tests.tools.test_guards import forged

pytestmark = pytest.mark.django_db

BUTTON = "Skicka nu</button>"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def technical(technical: Organisation) -> Organisation:
    technical.mailbox = "tekniska@exempel.se"
    technical.save()
    return technical


@pytest.fixture
def follower(closed: Meeting, deputy: Member) -> Member:
    """Of what the closing ended."""
    Follower.objects.create(issue=issue("Räcket"), member=deputy)
    return deputy


def of_the_closing(meeting: Meeting) -> list[NoticeCause]:
    closed_at: Any = meeting.closed_at
    events = Event.objects.filter(at=closed_at, kind__in=["decided", "closed"]).values_list("pk", flat=True)
    return list(NoticeCause.objects.filter(key__in=[f"{pk}" for pk in events]))


def test_what_a_closing_causes_waits_until_it_can_no_longer_be_undone(closed: Meeting) -> None:
    until: Any = closed.undo_until

    send_due(at=until)
    assert {cause.due_at for cause in of_the_closing(closed)} == {until + timedelta(minutes=1)}
    assert Notice.objects.count() == 0


def test_sent_now_it_is_due_at_once_also_what_a_run_has_found_already(
    closed: Meeting, coordinator: Member, follower: Member
) -> None:
    now = timezone.now()
    send_due(at=now)
    waiting = of_the_closing(closed)
    assert len(waiting) > 1

    send_now(closed, by=Actor.of(coordinator), at=now)
    send_due(at=now)

    assert {cause.pk for cause in of_the_closing(closed)} == {cause.pk for cause in waiting}
    assert {cause.due_at for cause in of_the_closing(closed)} == {now}
    assert {(f"{notice.receiver}", notice.cause.kind) for notice in Notice.objects.select_related("cause")} >= {
        ("Tekniska förvaltningen", "issues.asked"),
        (f"{follower}", "issues.ended"),
    }


def test_sent_now_what_no_run_has_found_is_due_at_once(closed: Meeting, coordinator: Member) -> None:
    now = timezone.now()

    send_now(closed, by=Actor.of(coordinator), at=now)

    causes = of_the_closing(closed)
    assert {cause.kind for cause in causes} == {"issues.asked", "issues.ended", "issues.news", "issues.reported"}
    assert {cause.due_at for cause in causes} == {now}


def test_what_has_been_sent_cannot_be_undone(closed: Meeting, coordinator: Member) -> None:
    send_now(closed, by=Actor.of(coordinator))

    with pytest.raises(NotAllowed, match=r"Det som beslutades skickades \d\d\.\d\d\. Avslutet kan inte ångras\."):
        unclose_meeting(closed, by=Actor.of(coordinator))
    assert Meeting.objects.get(pk=closed.pk).is_closed


def test_past_every_verb_what_has_been_sent_stands(closed: Meeting) -> None:
    assert forged(closed, sent_at=closed.closed_at) == ""
    assert forged(closed, sent_at=None) == "Mötet är avslutat och kan inte ändras."
    assert forged(closed, state="under_way", closed_at=None, sent_at=None) == "Mötet är avslutat och kan inte ändras."


def test_what_has_been_undone_is_not_sent(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))

    with pytest.raises(Conflict, match=r"Mötet pågår redan .* Det finns inget som väntar på att skickas\."):
        send_now(closed, by=Actor.of(coordinator))
    assert of_the_closing(closed) == []


def test_when_the_time_is_out_nothing_waits(closed: Meeting, coordinator: Member) -> None:
    until: Any = closed.undo_until

    with pytest.raises(Conflict, match="Tiden att ångra avslutet är redan ute"):
        send_now(closed, by=Actor.of(coordinator), at=until + timedelta(seconds=1))
    assert Meeting.objects.get(pk=closed.pk).sent_at is None


@pytest.mark.django_db(transaction=True)
def test_undone_and_sent_in_the_same_instant_it_is_one_of_them(closed: Meeting, coordinator: Member) -> None:
    undone, sent = (Meeting.objects.get(pk=closed.pk) for _ in range(2))

    outcomes = at_once(
        lambda: unclose_meeting(undone, by=Actor.of(coordinator)),
        lambda: send_now(sent, by=Actor.of(coordinator)),
    )

    [_] = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    meeting = Meeting.objects.get(pk=closed.pk)
    assert meeting.is_closed == (meeting.sent_at is not None)
    assert NoticeCause.objects.exists() == meeting.is_closed


def test_the_page_says_which_of_the_two_holds_and_until_when(as_coordinator: Client, closed: Meeting) -> None:
    at, until = (f"{timezone.localtime(moment):%H.%M}" for moment in (closed.closed_at, closed.undo_until))
    minutes = reverse("meetings:minutes_detail", args=[closed.pk])
    told = "Sedan mejlas minnesanteckningarna och det som beslutades."
    says = f"Mötet avslutades {at}. Fram till {until} kan avslutet ångras. {told}"
    for before in map(as_coordinator.get, (closed.get_absolute_url(), minutes)):
        assert says in words(before)
        assert BUTTON in before.content.decode()

    entry = {"entry": closed.entry}
    after = as_coordinator.post(reverse("meetings:send_now", args=[closed.pk]), entry, follow=True)

    closed.refresh_from_db()
    stands = f"Mejlen började skickas {timezone.localtime(closed.sent_at):%H.%M}, och avslutet kan inte längre ångras."
    assert "Mejlen skickas inom någon minut, och avslutet kan inte längre ångras." in words(after)
    assert f"Mötet avslutades {at}. {stands}" in words(after)
    for page in (after, as_coordinator.get(minutes)):
        assert BUTTON not in page.content.decode()
        assert "Ångra avslutet" not in words(page)


def test_the_page_says_that_the_time_is_out(as_coordinator: Client, closed: Meeting) -> None:
    have_closed(closed_at=timezone.now() - timedelta(minutes=11))
    closed.refresh_from_db()
    until = f"{timezone.localtime(closed.undo_until):%H.%M}"

    page = as_coordinator.get(closed.get_absolute_url())

    assert f"Avslutet kunde ångras fram till {until}." in words(page)
    assert BUTTON not in page.content.decode()


def test_it_is_said_to_those_who_run_the_meeting(as_representative: Client, closed: Meeting) -> None:
    minutes = reverse("meetings:minutes_detail", args=[closed.pk])

    for page in map(as_representative.get, (closed.get_absolute_url(), minutes)):
        assert "Mötet avslutades" not in words(page)
        assert BUTTON not in page.content.decode()
