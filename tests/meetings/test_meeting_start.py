"""The start of a meeting, and the way back while nothing has been written."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import NotAllowed
from base.swedish.words import swedish_day
from issues.models import Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item, move_line, remove_line
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide
from meetings.minutes.reading import draft_view
from meetings.models import AgendaItem, Meeting
from meetings.rules import may_run_meeting
from meetings.starting import start_meeting, unstart_meeting
from meetings.texts.meeting import time_and_place
from members.actor import Actor
from members.models import Member, Seat
from tests.acting import a_coordinator
from tests.factories import AgendaItemFactory, IssueFactory
from tests.meetings.meetings import item_of, planned, under_way, undo, words
from tests.pages import Response

pytestmark = pytest.mark.django_db


def start(client: Client, meeting: Meeting, **typed: str) -> Response:
    return client.post(reverse("meetings:start", args=[meeting.pk]), typed, follow=True)


def told(client: Client, meeting: Meeting, **asked: str) -> str:
    """The meeting's page in words."""
    return words(client.get(meeting.get_absolute_url(), asked))


def lines(meeting: Meeting, member: Member) -> list[tuple[str, str]]:
    return [(line.number, line.title) for heading in agenda(meeting, member) for line in heading.lines]


def test_starting_leads_into_the_room_and_can_be_undone_from_there(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)

    room = start(as_coordinator, meeting, held="today")
    assert room.request["PATH_INFO"] == item_of(meeting, "Öppnande och närvaro").get_absolute_url()

    back = undo(as_coordinator, room)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.started_at) == (Meeting.State.PLANNED, None)
    assert "Mötet är inte startat. Dagordningen följer registret igen." in words(back)


def test_an_undone_start_leaves_the_agenda_as_it_was_and_live(coordinator: Member) -> None:
    issue = IssueFactory(title="Trasigt räcke")
    taken_off = IssueFactory(title="Borttaget")
    meeting = planned(coordinator)
    add_item(meeting, by=Actor.of(coordinator), title="Butikernas nattvandring")
    remove_line(meeting, f"issue-{taken_off.pk}", by=Actor.of(coordinator))
    before = lines(meeting, coordinator)

    start_meeting(meeting, by=Actor.of(coordinator))
    unstart_meeting(meeting, by=Actor.of(coordinator))

    assert lines(meeting, coordinator) == before
    IssueFactory(title="Kom efteråt")
    assert ("6.2", "Kom efteråt") in lines(meeting, coordinator)
    assert not AgendaItem.objects.filter(issue=issue).exists()


@pytest.mark.django_db(transaction=True)
def test_an_undone_start_of_what_was_held_before_keeps_the_order_it_had(coordinator: Member) -> None:
    meeting = planned(coordinator, starts_at=timezone.now() - timedelta(days=4))
    IssueFactory(title="Först")
    IssueFactory(title="Sedan")
    move_line(meeting, f"issue-{Issue.objects.get(title='Sedan').pk}", by=Actor.of(coordinator), after="new_issues")
    before = lines(meeting, coordinator)

    start_meeting(meeting, by=Actor.of(coordinator), started_at=meeting.starts_at)
    unstart_meeting(meeting, by=Actor.of(coordinator))

    assert before == [("6.1", "Sedan"), ("6.2", "Först")]
    assert lines(meeting, coordinator) == before


def test_what_a_person_put_there_after_the_start_stays(coordinator: Member) -> None:
    resting = IssueFactory(title="Vilar", state=Issue.State.ON_HOLD)
    meeting = under_way(coordinator)
    add_item(meeting, by=Actor.of(coordinator), issue=resting)
    add_item(meeting, by=Actor.of(coordinator), title="En sak till")

    unstart_meeting(meeting, by=Actor.of(coordinator))

    assert [line for _, line in lines(meeting, coordinator)] == ["Vilar", "En sak till"]


def test_a_start_that_was_taken_back_may_be_sent_again_from_the_same_page(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = planned(coordinator, starts_at=timezone.now())
    start, sent = reverse("meetings:start", args=[meeting.pk]), {"key": f"{uuid4()}"}
    undo(as_coordinator, as_coordinator.post(start, sent, follow=True))
    assert Meeting.objects.get().is_planned

    as_coordinator.post(start, sent)

    assert Meeting.objects.get().is_under_way


@pytest.mark.parametrize("written", ["note", "mark", "decision"])
def test_a_start_is_not_undone_once_something_is_written(
    as_coordinator: Client, item: AgendaItem, coordinator: Member, written: str
) -> None:
    if written == "note":
        item.write_note(text="Lamporna är beställda.", version=0, by=Actor.of(coordinator))
    elif written == "mark":
        item.mark_discussed(by=a_coordinator())
    else:
        decide(item, by=Actor.of(coordinator), text="Vi väntar.")

    page = words(as_coordinator.post(reverse("meetings:unstart", args=[item.meeting_id]), follow=True))

    assert "Det finns redan anteckningar från mötet. Starten kan inte ångras." in page
    assert "Ångra starten" not in page
    assert Meeting.objects.get().is_under_way


def test_undoing_twice_says_that_it_has_not_begun(coordinator: Member) -> None:
    meeting = under_way(coordinator)
    unstart_meeting(meeting, by=Actor.of(coordinator))

    with pytest.raises(NotAllowed, match="Mötet har inte börjat"):
        unstart_meeting(meeting, by=Actor.of(coordinator))


def test_a_closed_meeting_is_not_started_again_from_an_old_page(as_coordinator: Client, coordinator: Member) -> None:
    meeting = under_way(coordinator)
    note_expected(meeting, by=Actor.of(coordinator))
    close_meeting(meeting, by=Actor.of(coordinator))
    closed_at = meeting.closed_at

    page = words(start(as_coordinator, meeting, held="today"))

    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_at) == (Meeting.State.CLOSED, closed_at)
    assert "Mötet är avslutat (" in page


def test_a_chair_who_has_left_the_group_leads_no_more(coordinator: Member, representative: Member) -> None:
    meeting = planned(coordinator)
    meeting.chair = representative
    assert may_run_meeting(representative, meeting)

    Seat.objects.all().delete()

    assert not may_run_meeting(Member.objects.get(pk=representative.pk), meeting)


# On another day than planned


def on(day: int) -> str:
    """The day so many days from today, as a page tells it."""
    today = timezone.localdate()
    return swedish_day(today + timedelta(days=day), today=today)


def meeting_in(days: int, coordinator: Member) -> Meeting:
    return planned(coordinator, starts_at=timezone.now() + timedelta(days=days), serial=90)


def test_a_meeting_is_started_on_its_day_without_a_question(as_coordinator: Client, coordinator: Member) -> None:
    meeting = meeting_in(0, coordinator)
    assert "Starta mötet …" not in told(as_coordinator, meeting)

    start(as_coordinator, meeting)

    meeting.refresh_from_db()
    assert meeting.is_under_way


def test_a_start_before_its_day_is_asked_about(as_coordinator: Client, coordinator: Member) -> None:
    meeting = meeting_in(3, coordinator)
    assert "Starta mötet …" in told(as_coordinator, meeting)

    asked = words(start(as_coordinator, meeting))

    assert f"Mötet är planerat till {on(3)}, om tre dagar. Ska det starta redan i dag?" in asked
    assert "Det hölls då" not in asked
    meeting.refresh_from_db()
    assert meeting.is_planned


def test_a_meeting_that_lies_ahead_was_not_held(as_coordinator: Client, coordinator: Member) -> None:
    meeting = meeting_in(3, coordinator)

    start(as_coordinator, meeting, held="planned")

    meeting.refresh_from_db()
    assert meeting.is_planned


def test_no_meeting_was_held_later_on_its_own_day(as_coordinator: Client, coordinator: Member) -> None:
    now = timezone.now()
    meeting = planned(coordinator, starts_at=now)
    Meeting.objects.update(starts_at=now + timedelta(minutes=1))

    start(as_coordinator, meeting, held="planned")

    meeting.refresh_from_db()
    assert meeting.started_at is None or meeting.started_at < meeting.starts_at


def test_a_meeting_held_before_its_day_tells_when_it_was_held_and_was_planned(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = meeting_in(3, coordinator)
    start(as_coordinator, meeting, held="today")
    meeting.refresh_from_db()
    note_expected(meeting, by=a_coordinator())
    minutes = close_meeting(meeting, by=Actor.of(coordinator))

    page = told(as_coordinator, meeting)

    assert f"Mötet hölls {on(0)}. Inget beslut." in page
    assert f"Var planerat till {on(3)}." in page
    assert minutes.content["title"] == str(meeting)
    assert meeting.day == timezone.localdate()
    listed = words(as_coordinator.get(reverse("meetings:list")))
    assert str(meeting) in listed


def test_a_day_that_has_been_is_asked_about(as_coordinator: Client, coordinator: Member) -> None:
    meeting = meeting_in(-4, coordinator)

    asked = words(start(as_coordinator, meeting))

    assert f"Mötet var planerat till {on(-4)}. Hölls det då, eller börjar det nu?" in asked
    assert "Det hölls då" in asked


def test_a_meeting_that_is_written_down_afterwards_was_held_on_its_day(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = meeting_in(-4, coordinator)
    begun = words(start(as_coordinator, meeting, held="planned"))
    assert "Skriv nu det som sades. Dagordningen ligger fast." in begun
    meeting.refresh_from_db()
    note_expected(meeting, by=a_coordinator())
    close_meeting(meeting, by=Actor.of(coordinator))

    assert meeting.started_at == meeting.starts_at
    page = told(as_coordinator, meeting)
    assert f"Mötet hölls {on(-4)}." in page
    assert "Var planerat till" not in page
    minutes = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    began = timezone.localtime(meeting.starts_at)
    assert f"{began:%Y, %H.%M} Plats" in minutes


@pytest.mark.parametrize(("closed", "until"), [("2026-11-25T13:40Z", "–14.40"), ("2026-11-26T08:12Z", "")])
def test_a_meeting_that_closes_another_day_does_not_end_at_that_hour(
    coordinator: Member, closed: str, until: str
) -> None:
    held = planned(coordinator, starts_at=datetime(2026, 11, 20, 12, tzinfo=UTC), place="")
    start_meeting(held, by=Actor.of(coordinator), at=datetime(2026, 11, 25, 12, tzinfo=UTC))
    note_expected(held, by=a_coordinator())
    close_meeting(held, by=Actor.of(coordinator), at=datetime.fromisoformat(closed))

    assert time_and_place(held).endswith(f"25 november 13.00{until}")
    assert dict(draft_view(held).facts)["Tid"] == f"Onsdag 25 november 2026, 13.00{until}"


def test_meetings_stand_in_the_order_they_were_held(as_coordinator: Client, coordinator: Member) -> None:
    early, extra = meeting_in(20, coordinator), planned(coordinator, starts_at=timezone.now() + timedelta(days=5))
    for meeting in (early, extra):
        start(as_coordinator, meeting, held="today")
        meeting.refresh_from_db()
        note_expected(meeting, by=a_coordinator())
        close_meeting(meeting, by=Actor.of(coordinator))

    assert list(Meeting.objects.closed()) == [extra, early]
    assert extra.previous() == early


def test_to_a_guest_a_closed_meeting_tells_nothing_of_how_many_decisions_it_made(
    as_outsider: Client, outsider: Member, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    AgendaItemFactory(meeting=meeting, presenter=outsider)
    note_expected(meeting, by=a_coordinator())
    close_meeting(meeting, by=Actor.of(coordinator))

    headline = as_outsider.get(meeting.get_absolute_url()).context["headline"]

    assert (headline.startswith("Mötet hölls"), "beslut" in headline) == (True, False)
