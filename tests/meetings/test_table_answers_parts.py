"""An organisation whose only speaker has left, or has not come yet, does not answer at the table."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import NotAllowed
from issues.models import Issue
from meetings.agenda.numbers import spots_of
from meetings.attendance import note_expected
from meetings.deciding import propose_action
from meetings.foreseen import preview
from meetings.models import AgendaItem, OrganisationAtMeeting, Presence, TableAnswer
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import Spot, heading_and_place, spot
from meetings.table_answers import proposed_at
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import IssueFactory
from tests.meetings.at_table import DAY, say_yes, typed
from tests.meetings.meetings import item_of, under_way, words, write
from tests.meetings.test_attendance_sheet import row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(coordinator: Member, representative: Member, deputy: Member, technical: Organisation, by: Actor) -> AgendaItem:
    """The second of two issues under a heading; it asks Tekniska for something."""
    for title in ("Mörkt i tunneln", "Trasigt räcke"):
        IssueFactory(title=title, state=Issue.State.NEW)
    meeting = under_way(coordinator)
    note_expected(meeting, by=by)
    issues = AgendaItem.objects.at(meeting).on_agenda().filter(kind="issue")
    item = item_of(meeting, issues[1].title)
    propose_action(item, organisation=technical, title="Laga lampan", by=by)
    return item


def where(item: AgendaItem) -> Spot:
    return spots_of(item.meeting)[item.pk]


def speak(item: AgendaItem, technical: Organisation, by: Actor, **part: Any) -> None:
    omar = Presence.objects.get(meeting=item.meeting, organisation=technical).member
    spans = [AttendanceSpan(omar, "ordinary", **part)]
    row_of(item.meeting, technical).note(state=OrganisationAtMeeting.State.REPRESENTED, spans=spans, by=by)


def test_one_who_left_before_the_item_does_not_answer_and_it_is_told_who_left_when(
    as_coordinator: Client, item: AgendaItem, technical: Organisation, by: Actor
) -> None:
    speak(item, technical, by, last=2)
    absent = (
        "Tekniska förvaltningen är inte noterad som närvarande på punkten. Noterade: Omar Prov till och med punkt 2."
    )

    assert absent in words(as_coordinator.get(item.get_absolute_url()))
    told = words(write(as_coordinator, item, **typed(technical, "accepted", planned=DAY)))

    assert f"{absent} Är någon därifrån här? Notera det under Närvaro, och skriv svaret sedan." in told
    assert not TableAnswer.objects.exists()


@pytest.mark.parametrize(
    ("part", "is_here"),
    [
        ({}, True),
        ({"last": 0}, True),
        ({"last": -1}, False),
        ({"first": 0}, True),
        ({"first": 1}, False),
    ],
    ids=["whole", "left after it", "left before it", "came at it", "came after it"],
)
def test_one_who_comes_and_leaves_within_the_heading_answers_at_what_she_hears(
    item: AgendaItem, technical: Organisation, by: Actor, part: dict[str, int], is_here: bool
) -> None:
    heading, place = heading_and_place(where(item))
    speak(item, technical, by, **{name: spot(heading, place + beside) for name, beside in part.items()})

    if is_here:
        assert say_yes(technical, by).kind == "accepted"
    else:
        with pytest.raises(NotAllowed, match=r"inte noterad som närvarande på punkten\. Noterade: Omar Prov"):
            say_yes(technical, by)


def test_an_answer_does_not_hold_when_it_is_noted_that_she_had_left_and_the_preview_says_so(
    as_coordinator: Client, coordinator: Member, item: AgendaItem, technical: Organisation, by: Actor
) -> None:
    say_yes(technical, by)
    speak(item, technical, by, last=2)

    page = words(as_coordinator.get(reverse("meetings:close", args=[item.meeting_id])))

    why = "Tekniska förvaltningen är inte noterad som närvarande på punkten. Noterade: Omar Prov till och med punkt 2."
    assert f"Gäller inte. {why}" in page
    assert f"Gäller inte. {why}" in words(as_coordinator.get(item.get_absolute_url()))
    assert not preview(item.meeting, coordinator).answers


def test_where_in_the_heading_the_items_are_is_asked_for_once(
    item: AgendaItem, technical: Organisation, by: Actor, django_assert_num_queries: Any
) -> None:
    heading, place = heading_and_place(where(item))
    for title in ("Byt lampan", "Flytta lampan"):
        propose_action(item, organisation=technical, title=title, by=by)
    with django_assert_num_queries(1):
        proposed_at(item)
    speak(item, technical, by, last=spot(heading, place))
    with django_assert_num_queries(2):
        proposed_at(item)
