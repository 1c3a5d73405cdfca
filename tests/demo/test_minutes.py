"""What has become of the demo's minutes: approved, corrected, entered from paper, and an annex for those named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from demo.story import people
from demo.story.telling import tell_story
from issues.models import Issue
from meetings.models import AnnexPart, Approver, Meeting, Minutes
from members.models import Group, Member
from tests.meetings.meetings import words
from tests.people import signed_in


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The story told once for all tests here, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell_story()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def demo(told: None, db: None) -> None:
    """Every test here reads the demo."""


def as_role(role: str) -> Client:
    return signed_in(Member.objects.get(name=people.ACCOUNTS[role]))


def page(client: Client, meeting: Meeting, name: str = "minutes_detail") -> str:
    return words(client.get(reverse(f"meetings:{name}", args=[meeting.pk])))


def last_meeting() -> Meeting:
    found: Meeting = Meeting.objects.closed().order_by("-held_from", "-starts_at")[0]
    return found


def test_the_last_minutes_wait_for_the_representative_who_reads_so_on_his_start_page() -> None:
    assert Group.current().approves_minutes
    meeting, omar = last_meeting(), as_role("ordinarie")

    assert "Minnesanteckningarna väntar på att du justerar dem." in words(omar.get("/"))
    told = page(omar, meeting)
    assert "Version 2 är justerad av Vera Skissblock" in told
    assert "Omar Prov har inte justerat den än." in told
    assert "Justera version 2" in told


def test_a_wish_led_to_a_version_that_says_what_it_puts_right() -> None:
    told = page(as_role("läsare"), last_meeting())

    assert "Ändrat i version 2 sedan version 1" in told
    assert "112 hade fallit bort." in told
    assert Minutes.objects.of(last_meeting()).count() == 2


def test_earlier_ones_are_approved_with_their_number_and_those_before_it_was_begun_say_nothing() -> None:
    meetings = Meeting.objects.filter(pk__in=Approver.objects.values("meeting")).order_by("starts_at")
    first = meetings[0]

    told = page(as_role("läsare"), first)
    assert "Version 1, och version 2 med nytt diarienummer, är justerad av Aino Låtsas" in told
    before = Meeting.objects.closed().filter(starts_at__lt=first.starts_at).order_by("-starts_at")[0]
    assert "justera" not in page(as_role("läsare"), before).lower()


def test_one_was_held_on_paper_and_has_its_old_minutes_as_a_file() -> None:
    meeting = Meeting.objects.get(is_on_paper=True)

    told = page(as_role("läsare"), meeting)
    assert "Originalet är bilaga 1." in told
    assert "Gruppen arbetar i registret från och med nästa möte." in told
    assert "Signe Underlag" in told


def test_the_annex_is_for_those_who_are_named_and_for_nobody_else() -> None:
    meeting, camera = last_meeting(), Issue.objects.get(restricted=True)
    [part] = AnnexPart.objects.of(meeting).standing()
    assert part.issue == camera
    named = [signed_in(Member.objects.get(name=name)) for name in ("Maja Exempel", "Jonas Utkast", "Ali Ritning")]
    for client in named:
        told = page(client, meeting, "annex")
        assert "Kommunledningen skriver kommunens egen bedömning till nästa möte." in told
    for role in ("ordinarie", "läsare", "handläggare"):
        client = as_role(role)
        assert "egen bedömning" not in page(client, meeting)
        assert "egen bedömning" not in page(client, meeting, "annex")
