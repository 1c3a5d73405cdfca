"""Guests are told of as what they are, with title and where from, wherever a meeting says who was there."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from meetings.minutes.reading import draft_view
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.meetings.meetings import under_way, undo, words
from tests.meetings.reopening import close
from tests.meetings.test_attendance_sheet import send, sheet
from tests.pages import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, police: Organisation) -> Meeting:
    return under_way(coordinator)


def add(client: Client, meeting: Meeting, people: str, guest: str) -> Response:
    return send(client, meeting, sheet(client, meeting) | {"fler-people": people, "fler-guest": guest})


def let_in(meeting: Meeting, name: str, capacity: str, *, title: str = "", home: str = "") -> None:
    span = AttendanceSpan(None, capacity, name=name, title=title, home=home)
    admit(meeting, Newcomer(span), by=a_coordinator())


def test_a_guest_is_noted_as_what_the_form_says(as_coordinator: Client, meeting: Meeting, police: Organisation) -> None:
    page = words(
        add(as_coordinator, meeting, f"Bo Ek, kommunalråd, Vetlanda kommun\nEva Ask, {police}", guest="politician")
    )

    assert "Bo Ek (förtroendevald), kommunalråd, Vetlanda kommun" in page
    noted = {one.person: (one.capacity, one.part) for one in Presence.objects.at(meeting)}
    assert noted == {"Bo Ek": ("politician", "guest"), "Eva Ask": ("none", "takes_part")}


def test_the_minutes_say_what_the_guests_are(meeting: Meeting) -> None:
    let_in(meeting, "Bo Ek", "politician", title="kommunalråd", home="Vetlanda kommun")
    let_in(meeting, "Eva Ask", "resident", home="Kungsgatan")
    let_in(meeting, "Åke Al", "resident")
    let_in(meeting, "Anna Exempel", "guest", title="kurator", home="Brottsofferjouren")
    let_in(meeting, "Ulf By", "co_opted")

    assert draft_view(meeting).guests == (
        ("Förtroendevald", "Bo Ek, kommunalråd, Vetlanda kommun"),
        ("Invånare", "Eva Ask, Kungsgatan; Åke Al"),
        ("Gäst", "Anna Exempel, kurator, Brottsofferjouren"),
        ("Adjungerad", "Ulf By"),
    )


def test_the_room_the_closing_and_the_page_of_the_meeting_name_them(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    let_in(meeting, "Bo Ek", "politician", title="kommunalråd")
    let_in(meeting, "Eva Ask", "politician")
    item = AgendaItem.objects.at(meeting).on_agenda()[0]
    told = "Förtroendevalda Bo Ek, kommunalråd; Eva Ask."

    assert told in words(as_coordinator.get(item.get_absolute_url()))
    assert told in words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))
    assert told in words(as_coordinator.get(meeting.get_absolute_url()))
    close(meeting, coordinator)
    assert "Förtroendevalda: Bo Ek, kommunalråd; Eva Ask." in words(
        as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk]))
    )


def test_one_removed_comes_back_as_what_she_was(as_coordinator: Client, meeting: Meeting) -> None:
    add(as_coordinator, meeting, "Eva Ask, boende, Kungsgatan", guest="resident")

    undo(as_coordinator, send(as_coordinator, meeting, {}, strike=Presence.objects.get().pk))

    assert str(Presence.objects.get()) == "Eva Ask, invånare"


@pytest.mark.parametrize("capacity", ["ordinary", "deputy", "none"])
def test_nobody_is_a_guest_as_one_who_sits(meeting: Meeting, outsider: Member, capacity: str) -> None:
    facts = {"meeting": meeting, "member": outsider, "part": "guest", "items": "[1,)"}
    with pytest.raises(IntegrityError):
        Presence.objects.create(capacity=capacity, **facts)
