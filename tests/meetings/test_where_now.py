"""Where a meeting is: at the item that those who write have before them, also where nothing before it is marked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meetings.agenda.ordering import add_item
from meetings.attendance import note_expected
from meetings.models import AgendaItem, Meeting
from meetings.starting import start_meeting
from members.models import Member
from tests.acting import a_coordinator
from tests.meetings.meetings import item_of, planned, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member) -> Meeting:
    meeting = planned(coordinator)
    for title in ("Belysning", "Gångtunneln", "Skolvägen"):
        add_item(meeting, title=title, by=a_coordinator())
    start_meeting(meeting, by=a_coordinator())
    note_expected(meeting, by=a_coordinator())
    return meeting


@pytest.fixture
def tunnel(meeting: Meeting, as_coordinator: Client) -> AgendaItem:
    """Those who write are at it, and have marked nothing as discussed."""
    item = item_of(meeting, "Gångtunneln")
    as_coordinator.post(reverse("meetings:wall_show", args=[item.pk]))
    return item


def test_who_follows_is_led_there(tunnel: AgendaItem, as_representative: Client) -> None:
    page = as_representative.get(tunnel.meeting.get_absolute_url())

    assert page.context["current"] == tunnel
    assert "Följ mötet" in words(page)


def test_who_takes_over_does_so_from_the_next(tunnel: AgendaItem, as_coordinator: Client) -> None:
    page = words(as_coordinator.get(reverse("meetings:attendance", args=[tunnel.meeting_id])))

    assert f"Gun Prototyp tar över från punkt {tunnel.heading.number}.3" in page


def test_where_nobody_has_told_it_is_at_the_first_that_is_not_discussed(
    meeting: Meeting, as_representative: Client
) -> None:
    first = meeting.items.on_agenda().first()

    assert as_representative.get(meeting.get_absolute_url()).context["current"] == first


def test_an_item_that_has_been_removed_is_no_place_to_be(tunnel: AgendaItem, as_representative: Client) -> None:
    AgendaItem.objects.filter(pk=tunnel.pk).update(removed=True)

    assert as_representative.get(tunnel.meeting.get_absolute_url()).context["current"] != tunnel
