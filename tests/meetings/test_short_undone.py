"""An undone *Kort dagordning* is as if it had not been: each point stands under the heading that it stood under."""

from __future__ import annotations

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from meetings.models import AgendaItem, Heading, Meeting
from meetings.short_agenda import Stood
from members.models import Member
from tests.days import in_days
from tests.factories import AgendaItemFactory
from tests.meetings.meetings import undo, words
from tests.meetings.test_extra_agenda import headings, plan, turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(as_coordinator: Client, coordinator: Member) -> Meeting:
    plan(as_coordinator, coordinator, is_extra="on", agenda="whole")
    meeting = Meeting.objects.get()
    as_coordinator.get(meeting.get_absolute_url())  # which tells that it is planned
    return meeting


def places(meeting: Meeting) -> dict[str, str]:
    return {item.title: item.heading.label for item in AgendaItem.objects.at(meeting).select_related("heading")}


def test_each_point_stands_where_it_stood(as_coordinator: Client, meeting: Meeting) -> None:
    own = list(Heading.objects.of(meeting))
    for heading in own[2:9]:
        AgendaItemFactory(meeting=meeting, title=f"Punkt om {heading.label}", heading=heading)
    before, stood = places(meeting), headings(meeting)

    page = turn(as_coordinator, meeting, "short")
    assert places(meeting) != before
    undo(as_coordinator, page)

    assert (places(meeting), headings(meeting)) == (before, stood)


def test_what_somebody_has_moved_since_stands_where_she_put_it(as_coordinator: Client, meeting: Meeting) -> None:
    own = list(Heading.objects.of(meeting))
    item = AgendaItemFactory(meeting=meeting, title="Nattvandring", heading=own[4])
    page = turn(as_coordinator, meeting, "short")
    first = Heading.objects.of(meeting)[0]
    AgendaItem.objects.filter(pk=item.pk).update(heading=first)

    undo(as_coordinator, page)

    assert places(meeting)["Nattvandring"] == first.label


def test_a_heading_that_the_meeting_has_of_its_own_stands_again(as_coordinator: Client, meeting: Meeting) -> None:
    later = Heading.objects.filter(meeting=meeting, number__gte=5)
    later.update(number=F("number") + 1)
    own = {"key": "own-one", "label": "Valborg", "number": 5}
    mine = Heading.objects.create(meeting=meeting, created_at=later[0].created_at, **own)
    stood = headings(meeting)

    page = turn(as_coordinator, meeting, "short")
    assert mine.label not in headings(meeting)
    undo(as_coordinator, page)

    assert headings(meeting) == stood


MADE_UP = ["x@y 12@ @ 9999999999999999999@z", "{pk} next_meeting opening", "{pk} next_meeting:sign", "other", "changed"]


@pytest.mark.parametrize("made_up", MADE_UP)
def test_what_no_undo_of_that_meeting_has_sent_is_no_way_back(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, made_up: str
) -> None:
    sent = Stood(("next_meeting", "opening"))
    plan(as_coordinator, coordinator, day=in_days(12).isoformat())
    other = Meeting.objects.exclude(pk=meeting.pk).get()
    item = AgendaItemFactory(meeting=other, title="Pumpen", heading=Heading.objects.of(other)[3])
    signed = {
        "other": Stood(("next_meeting", "opening"), {item.pk: "opening"}).sent(other),
        "changed": sent.sent(meeting).replace("opening", "other"),
    }
    turn(as_coordinator, meeting, "short")
    address = reverse("meetings:agenda_extent", args=[meeting.pk])

    typed = {"extent": "whole", "stood": signed.get(made_up) or made_up.format(pk=meeting.pk)}
    page = as_coordinator.post(address, typed, follow=True)

    assert "Hela dagordningen är med." in words(page)
    assert len(headings(meeting)) == 14
    assert headings(meeting)[0] == "Öppnande och närvaro"
    assert item.heading == AgendaItem.objects.get(pk=item.pk).heading


def test_a_heading_that_fills_what_another_fills_gives_way_to_what_stood(
    as_coordinator: Client, meeting: Meeting
) -> None:
    stood = headings(meeting)
    page = turn(as_coordinator, meeting, "short")
    taken = Heading.objects.get(meeting=meeting, rule="round")
    made = {"key": "own-one", "label": "Rundan", "rule": "round", "kind": taken.kind, "number": 9}
    Heading.objects.create(meeting=meeting, created_at=taken.created_at, **made)  # as of another template meanwhile

    undo(as_coordinator, page)

    assert headings(meeting) == stood


def test_the_heading_of_what_it_is_about_goes_where_all_that_stands_there_is_struck(
    as_coordinator: Client, meeting: Meeting
) -> None:
    about = Heading.objects.filter(meeting=meeting, key="extra")
    about.update(removed=True)  # as when it was planned as a usual meeting
    stood = headings(meeting)
    page = turn(as_coordinator, meeting, "short")
    item = AgendaItemFactory(meeting=meeting, title="Nattvandring", heading=about.get(), removed=True)

    undo(as_coordinator, page)

    assert headings(meeting) == stood
    item.refresh_from_db()
    assert not item.heading.removed
