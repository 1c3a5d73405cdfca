"""The wall: what the room reads on the projector while a meeting is under way."""

import pytest
from django.test import Client
from django.urls import reverse

from issues.restricting import restrict
from meetings.deciding import decide
from meetings.models import AgendaItem, Meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator, on_behalf
from tests.days import in_days
from tests.factories import ActionFactory, ObservationFactory
from tests.issues.restricted import WHY
from tests.meetings.meetings import item_of, words, write
from tests.meetings.reopening import close
from tests.the import the

pytestmark = pytest.mark.django_db


def wall(client: Client, meeting: Meeting, query: str = "") -> str:
    return words(client.get(reverse("meetings:wall", args=[meeting.pk]) + query))


def show(client: Client, item: AgendaItem) -> None:
    assert client.post(reverse("meetings:wall_show", args=[item.pk])).json() == {"shown": True}


def test_the_wall_follows_those_who_write(as_coordinator: Client, item: AgendaItem) -> None:
    other = item_of(item.meeting, "Trasigt räcke")

    show(as_coordinator, item)
    first = wall(as_coordinator, item.meeting)
    show(as_coordinator, other)

    assert ["Mörkt i tunneln" in first, "Trasigt räcke" in first] == [True, True]  # what comes then is told
    assert "Trasigt räcke" in wall(as_coordinator, item.meeting)
    assert "Mörkt i tunneln" not in wall(as_coordinator, item.meeting)


def test_without_a_script_it_shows_what_is_next_to_be_discussed(as_coordinator: Client, item: AgendaItem) -> None:
    first = item.meeting.items.on_agenda().first()
    assert first

    assert first.title in wall(as_coordinator, item.meeting)


def test_what_is_decided_is_shown_and_what_is_typed_is_not(as_coordinator: Client, item: AgendaItem) -> None:
    show(as_coordinator, item)
    write(as_coordinator, item, note="Halvfärdig notering")
    typed = {"text": "Halvfärdigt beslut", "version": 0}
    as_coordinator.post(reverse("meetings:draft_save", args=[item.pk, "decision"]), typed)
    decide(item, by=a_coordinator(), text="Lampan lagas i mars.")

    page = wall(as_coordinator, item.meeting)

    assert "Lampan lagas i mars." in page
    assert "Halvfärdig" not in page
    assert "Halvfärdig notering" in wall(as_coordinator, item.meeting, "?noteringar=1")


def test_nothing_restricted_and_no_reporter_is_on_the_wall(
    as_coordinator: Client, coordinator: Member, item: AgendaItem, representative: Member
) -> None:
    ObservationFactory(issue=item.issue, state="attached", reporter=representative, text="Det var mörkt.")
    show(as_coordinator, item)
    assert str(representative) not in wall(as_coordinator, item.meeting)
    decide(item, by=a_coordinator(), text="Det hemliga beslutet.")
    restrict(the(item.issue), reason=WHY, named=[coordinator.pk], by=Actor.of(coordinator))  # who sees it herself
    show(as_coordinator, item)

    page = wall(as_coordinator, item.meeting)

    assert item.title in words(as_coordinator.get(item.get_absolute_url()))
    told = [words in page for words in (item.title, "Det hemliga", "Begränsad spridning")]
    assert told == [False, False, True]


def test_what_was_answered_at_the_meeting_is_told_at_its_item(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    action = ActionFactory(title="Laga lampan", issue=item.issue)
    show(as_coordinator, item)
    before = wall(as_coordinator, item.meeting)

    action.current.accept(by=on_behalf(coordinator, "meeting"), planned=in_days(20))

    page = wall(as_coordinator, item.meeting)
    assert ["svarade på mötet" in before, "Laga lampan: " in page, "svarade på mötet" in page] == [False, True, True]


def test_the_wall_of_a_meeting_that_is_over_says_so(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    close(item.meeting, coordinator)

    assert "Mötet pågår inte nu." in wall(as_coordinator, item.meeting)
