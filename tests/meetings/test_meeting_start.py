"""The start of a meeting, and the way back while nothing has been written."""

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Issue
from meetings.agenda_building import agenda
from meetings.agenda_ordering import add_item, remove_line
from meetings.deciding import decide
from meetings.models import AgendaItem, Meeting
from meetings.rules import may_run_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.models import Member, Seat
from temagrupp.records import MoveNotAllowed
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, planned, under_way, undo, words

pytestmark = pytest.mark.django_db


def lines(meeting: Meeting, member: Member) -> list[tuple[str, str]]:
    return [(line.number, line.title) for heading in agenda(meeting, member) for line in heading.lines]


def test_starting_leads_into_the_room_and_can_be_undone_from_there(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)

    room = as_coordinator.post(reverse("meetings:start", args=[meeting.pk]), follow=True)
    assert room.request["PATH_INFO"] == item_of(meeting, "Öppnande och närvaro").get_absolute_url()

    back = undo(as_coordinator, room)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.started_at) == (Meeting.State.PLANNED, None)
    assert "Mötet är inte startat. Dagordningen följer registret igen." in words(back)


def test_an_undone_start_leaves_the_agenda_as_it_was_and_live(coordinator: Member) -> None:
    issue = IssueFactory(title="Trasigt räcke")
    taken_off = IssueFactory(title="Borttaget")
    meeting = planned(coordinator)
    add_item(meeting, by=coordinator, title="Butikernas nattvandring")
    remove_line(meeting, f"issue-{taken_off.pk}", by=coordinator)
    before = lines(meeting, coordinator)

    start_meeting(meeting, by=coordinator)
    unstart_meeting(meeting, by=coordinator)

    assert lines(meeting, coordinator) == before
    IssueFactory(title="Kom efteråt")
    assert ("6.2", "Kom efteråt") in lines(meeting, coordinator)
    assert not AgendaItem.objects.filter(issue=issue).exists()


def test_what_a_person_put_there_after_the_start_stays(coordinator: Member) -> None:
    resting = IssueFactory(title="Vilar", state=Issue.State.ON_HOLD)
    meeting = under_way(coordinator)
    add_item(meeting, by=coordinator, issue=resting)
    add_item(meeting, by=coordinator, title="En sak till")

    unstart_meeting(meeting, by=coordinator)

    assert [line for _, line in lines(meeting, coordinator)] == ["Vilar", "En sak till"]


@pytest.mark.parametrize("written", ["note", "mark", "decision"])
def test_a_start_is_not_undone_once_something_is_written(
    as_coordinator: Client, item: AgendaItem, coordinator: Member, written: str
) -> None:
    if written == "note":
        item.write_note(text="Lamporna är beställda.", version=0, by=coordinator)
    elif written == "mark":
        item.speak_of()
    else:
        decide(item, by=coordinator, text="Vi väntar.")

    page = words(as_coordinator.post(reverse("meetings:unstart", args=[item.meeting_id]), follow=True))

    assert "Det finns redan anteckningar från mötet. Starten kan inte ångras." in page
    assert "Ångra starten" not in page
    assert Meeting.objects.get().is_under_way


def test_undoing_twice_says_that_it_has_not_begun(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    unstart_meeting(meeting, by=coordinator)

    with pytest.raises(MoveNotAllowed, match="Mötet har inte börjat"):
        unstart_meeting(meeting, by=coordinator)


def test_a_chair_who_has_left_the_group_leads_no_more(coordinator: Member, representative: Member) -> None:
    meeting = planned(coordinator)
    meeting.chair = representative
    assert may_run_meeting(representative, meeting)

    Seat.objects.all().delete()

    assert not may_run_meeting(Member.objects.get(pk=representative.pk), meeting)
