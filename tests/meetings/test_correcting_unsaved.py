"""What is put right in minutes and not saved yet is read by those who write it alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.correcting import start_correcting
from meetings.correcting_facts import correct_facts
from meetings.models import AgendaItem, Meeting
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from meetings.search import Items
from members.actor import Actor
from members.models import Member
from tests.meetings.meetings import item_of, words

pytestmark = pytest.mark.django_db
RIGHT = "Lampan är tretton år gammal."


@pytest.fixture
def item(decided: Meeting, coordinator: Member, closed: Meeting, by: Actor) -> AgendaItem:
    """Its note is put right, and that is not saved."""
    Meeting.objects.filter(pk=closed.pk).update(sent_at=closed.closed_at)
    closed.refresh_from_db()
    start_correcting(closed, by=by)
    item = item_of(closed, "Lampan")
    item.write_note(text=RIGHT, version=item.note_version, by=by)
    return item


def found(member: Member) -> list[str]:
    return [row.note for row in Items(member).rows if row.note]


def test_until_it_is_saved_others_read_the_note_in_the_minutes_alone(
    item: AgendaItem, as_representative: Client, as_coordinator: Client, representative: Member, by: Actor
) -> None:
    page = words(as_representative.get(item.get_absolute_url()))

    assert RIGHT not in page
    assert "Minnesanteckningarna rättas. Det som noterades läses i dem." in page
    assert "Beslut" in page
    assert RIGHT in as_coordinator.get(item.get_absolute_url()).content.decode()
    assert found(representative) == []

    save(as_coordinator, item.meeting)

    assert RIGHT in words(as_representative.get(item.get_absolute_url()))
    assert found(representative) == [RIGHT]


def test_who_was_there_and_when_it_was_is_for_those_who_write_until_it_is_saved(
    item: AgendaItem, as_representative: Client, as_coordinator: Client, by: Actor
) -> None:
    meeting = Meeting.objects.get(pk=item.meeting_id)
    admit(meeting, Newcomer(AttendanceSpan(None, "guest", name="Gäst Påhitt", home="Föreningen")), by=by)
    correct_facts(meeting, by=by, place="Sal 4")
    addresses = (meeting.get_absolute_url(), item.get_absolute_url())

    theirs = [words(as_representative.get(address)) for address in addresses]

    assert [("Gäst Påhitt" in page, "Sal 4" in page, "Närvaro" in page) for page in theirs] == [(False,) * 3] * 2
    told = "Tills dess läser du i dem när mötet hölls och vilka som var med."
    assert f"En ny version kommer när rättelsen är sparad. {told}" in theirs[0]
    own = words(as_coordinator.get(addresses[0]))
    assert "Gäst Påhitt" in own
    assert "Tills dess läser andra i dem när mötet hölls" in own

    save(as_coordinator, meeting)

    assert "Gäst Påhitt" in words(as_representative.get(addresses[0]))
    assert "Tills dess" not in words(as_representative.get(addresses[0]))


def save(client: Client, meeting: Meeting) -> Any:
    address = reverse("meetings:correct", args=[meeting.pk])
    seen = client.get(address).context["form"].initial["seen"]
    return client.post(address, {"seen": seen}, follow=True)
