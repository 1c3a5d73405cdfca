"""The action log stands in order of need, live and when the meeting starts, until somebody orders it by hand."""

import pytest

from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item, keep_line, move_line, present_line, remove_line, restore_line
from meetings.models import AgendaItem, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.days import in_days
from tests.factories import ActionFactory
from tests.meetings.meetings import planned

pytestmark = pytest.mark.django_db


def silent(title: str, days: int) -> str:
    """An action whose answer was due that many days ago; the key of its line."""
    action = ActionFactory(title=title, assignment__answer_due=in_days(-days))
    return f"action-{action.pk}"


def log(meeting: Meeting, member: Member) -> list[str]:
    [heading] = [heading for heading in agenda(meeting, member) if heading.key == "action_log"]
    return [line.title for line in heading.under]


def test_who_presents_a_line_does_not_settle_the_order(coordinator: Member) -> None:
    meeting, by = planned(coordinator), Actor.of(coordinator)
    recent = silent("Tyst i två dagar", 2)

    present_line(meeting, recent, by=by, presenters=[coordinator], minutes=5)
    keep_line(meeting, recent, by=by)
    silent("Tyst i nio dagar", 9)

    assert log(meeting, coordinator) == ["Tyst i nio dagar", "Tyst i två dagar"]
    start_meeting(meeting, by=by)
    assert log(meeting, coordinator) == ["Tyst i nio dagar", "Tyst i två dagar"]


def test_what_a_person_has_ordered_stands_before_what_is_raised_later(coordinator: Member) -> None:
    meeting = planned(coordinator)
    first, second = silent("Tyst i nio dagar", 9), silent("Tyst i två dagar", 2)
    move_line(meeting, first, by=Actor.of(coordinator), after=second)

    silent("Tyst i tjugo dagar", 20)

    assert log(meeting, coordinator) == ["Tyst i två dagar", "Tyst i nio dagar", "Tyst i tjugo dagar"]


def test_a_line_put_back_and_a_topic_in_words_find_their_places(coordinator: Member) -> None:
    meeting, by = planned(coordinator), Actor.of(coordinator)
    add_item(meeting, by=by, title="Hur vi följer upp", heading="action_log")
    key = silent("Tyst i nio dagar", 9)
    silent("Tyst i två dagar", 2)
    removed = remove_line(meeting, key, by=by).item

    restore_line(meeting, removed.key, by=by)

    assert log(meeting, coordinator) == ["Tyst i nio dagar", "Tyst i två dagar", "Hur vi följer upp"]
    assert not AgendaItem.objects.filter(action__isnull=False).exists()
