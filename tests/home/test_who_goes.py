"""Who goes to the meeting is told in the headline of those whom it concerns, and the meeting stands where one looks."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from meetings.texts.meeting import day_ahead
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import ActionFactory, ObservationFactory
from tests.meetings.meetings import excuse, planned
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def test_right_after_what_must_be_answered_stands_the_meeting_and_then_the_rest(
    as_representative: Client, representative: Member, technical: Organisation
) -> None:
    in_nine_days()
    ActionFactory(title="Laga lampan", assignment__organisation=technical)
    ObservationFactory(reporter=representative)

    page = text_of(as_representative)

    order = ["Att svara på", "Laga lampan", "Nästa möte", "Jag kan inte", "Återkoppling på dina rapporter"]
    assert sorted(order, key=page.index) == order


def in_nine_days() -> tuple[Meeting, str]:
    """A planned meeting, and how its day is said."""
    starts_at = timezone.now() + timedelta(days=9)
    meeting = planned(a_coordinator().member, starts_at=starts_at)
    return meeting, day_ahead(timezone.localdate(starts_at), timezone.localdate())


def test_the_deputy_who_goes_and_the_ordinary_who_does_not_are_told_first(
    as_deputy: Client, as_representative: Client, representative: Member, technical: Organisation
) -> None:
    meeting, day = in_nine_days()
    ActionFactory(assignment__organisation=technical)
    excuse(meeting, representative, by=Actor.of(representative))

    waits = "En fråga väntar på svar från er."
    assert f"<h1>Du går på mötet {day}, Omar Prov har förhinder. {waits}</h1>" in text_of(as_deputy)
    assert f"<h1>Gun Prototyp går på mötet {day} i stället för dig. {waits}</h1>" in text_of(as_representative)


def test_when_both_have_said_no_they_are_told_that_nobody_goes(
    as_deputy: Client, representative: Member, deputy: Member
) -> None:
    meeting, day = in_nine_days()
    for member in (representative, deputy):
        excuse(meeting, member, by=Actor.of(member))

    assert f"<h1>Ingen från Tekniska förvaltningen går på mötet {day}." in text_of(as_deputy)


def test_a_deputy_who_cannot_come_while_the_ordinary_can_is_told_of_the_meeting_as_usual(
    as_deputy: Client, deputy: Member, representative: Member
) -> None:
    meeting, day = in_nine_days()
    excuse(meeting, deputy, by=Actor.of(deputy))

    assert f"<h1>Mötet är {day}." in text_of(as_deputy)


def test_the_deputy_of_a_vacant_place_goes(as_deputy: Client) -> None:
    _, day = in_nine_days()

    assert f"<h1>Du går på mötet {day}, ordinarie plats är vakant." in text_of(as_deputy)


def test_from_where_nobody_comes_is_told_who_prepares_the_meeting_and_nobody_else(
    as_coordinator: Client, as_officer: Client, representative: Member, deputy: Member
) -> None:
    meeting, _ = in_nine_days()
    told = "Ingen från Tekniska förvaltningen kommer."
    excuse(meeting, representative, by=Actor.of(representative))
    assert told not in text_of(as_coordinator)

    excuse(meeting, deputy, by=Actor.of(deputy))

    assert f'{told} <a href="{meeting.get_absolute_url()}#kommer">Se vem som kommer</a>' in text_of(as_coordinator)
    assert told not in text_of(as_officer)
