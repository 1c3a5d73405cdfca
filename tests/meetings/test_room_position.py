"""The way through the agenda in the room."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from issues.models import Observation
from meetings.agenda.building import agenda
from meetings.minutes.editions import Edition
from meetings.minutes.reading import draft_view, frozen_view
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.room import RoomPosition
from meetings.round import SHOWN, Round
from meetings.starting import start_meeting
from meetings.texts.meeting import round_summary
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import AgendaItemFactory, IssueFactory, MeetingFactory, ObservationFactory
from tests.meetings.meetings import item_of, planned, under_way, words, write
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


def position_of(item: AgendaItem, member: Member) -> RoomPosition:
    return RoomPosition(agenda(item.meeting, member), item)


def test_the_room_tells_where_one_is_and_what_is_dealt_with(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    item_of(item.meeting, "Öppnande och närvaro").mark_discussed(by=a_coordinator())
    position = position_of(item, coordinator)

    assert (position.step, position.total, position.spoken) == (6, 14, 1)
    assert [line.title for line in position.beside] == ["Trasigt räcke"]
    page = words(as_coordinator.get(item.get_absolute_url()))
    assert "punkt 6.1 Nummer 6 av 14 , en behandlad" in page
    assert "Nu 1 av 2, en till är kvar." in page
    assert "Kvar under nya ärenden 6.2 Trasigt räcke" in page


def test_of_a_meeting_that_is_over_nothing_is_left(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    close(item.meeting, coordinator)

    page = words(as_coordinator.get(item.get_absolute_url()))

    assert "Punkt 1 av 2 under rubriken." in page
    assert ("till är kvar" in page, "Kvar under" in page) == (False, False)


def test_where_one_is_and_what_is_dealt_with_never_gainsay_each_other(as_coordinator: Client, item: AgendaItem) -> None:
    def told() -> str:
        return words(as_coordinator.get(item.get_absolute_url()))

    assert "Nummer 6 av 14 , ingen behandlad" in told()
    beside = item_of(item.meeting, "Trasigt räcke")
    beside.mark_discussed(by=a_coordinator())
    assert "Nu 1 av 2, den andra är behandlad." in told()
    AgendaItemFactory(meeting=item.meeting, heading_id=item.heading_id).mark_discussed(by=a_coordinator())
    assert "Nummer 6 av 15 , två behandlade" in told()
    assert "av 3, de andra är behandlade." in told()
    for each in item.meeting.items.filter(discussed_at=None):
        each.mark_discussed(by=a_coordinator())
    assert "Nummer 6 av 15 , alla behandlade" in told()


def test_the_meeting_and_the_room_count_alike(as_coordinator: Client, coordinator: Member) -> None:
    for title in ("Mörkt i tunneln", "Trasigt räcke"):
        IssueFactory(title=title)
    meeting = planned(coordinator)
    assert "Dagordningen har 14 punkter." in words(as_coordinator.get(meeting.get_absolute_url()))

    start_meeting(meeting, by=Actor.of(coordinator))

    item = item_of(meeting, "Mörkt i tunneln")
    assert position_of(item, coordinator).total == 14
    item.mark_discussed(by=a_coordinator())
    assert "En av 14 punkter är behandlad." in words(as_coordinator.get(meeting.get_absolute_url()))
    item_of(meeting, "Trasigt räcke").mark_discussed(by=a_coordinator())
    assert "Två av 14 punkter är behandlade." in words(as_coordinator.get(meeting.get_absolute_url()))


def test_of_a_single_point_it_is_told_whether_it_is_dealt_with(
    as_outsider: Client, outsider: Member, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    AgendaItemFactory(meeting=meeting, presenter=outsider).mark_discussed(by=a_coordinator())

    assert "Punkten är behandlad." in words(as_outsider.get(meeting.get_absolute_url()))


def test_the_ends_of_the_agenda_have_nothing_beyond_them(item: AgendaItem, coordinator: Member) -> None:
    first, last = item.meeting.items.get(heading__number=1), item.meeting.items.get(heading__number=13)

    assert position_of(first, coordinator).previous is None
    assert position_of(last, coordinator).following is None


def test_an_item_that_is_taken_off_stands_nowhere(item: AgendaItem, coordinator: Member) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(removed=True)
    position = position_of(item, coordinator)

    assert (position.step, position.line, position.previous, position.following, position.beside) == (
        0,
        None,
        None,
        None,
        [],
    )


@pytest.mark.parametrize(("then", "title"), [("skip", "Trasigt räcke"), ("back", "Gemensam lägesbild, laget runt")])
def test_going_past_an_item_saves_what_is_typed_and_leaves_it_unspoken(
    as_coordinator: Client, item: AgendaItem, then: str, title: str
) -> None:
    response = write(as_coordinator, item, note="Vi återkommer.", then=then)

    item.refresh_from_db()
    assert (item.note, item.is_discussed) == ("Vi återkommer.", False)
    assert response.redirect_chain[-1][0] == item_of(item.meeting, title).get_absolute_url()


def test_the_round_shows_the_latest_of_each_and_counts_the_rest(
    as_coordinator: Client, coordinator: Member, technical: Organisation, police: Organisation
) -> None:
    for number in range(SHOWN + 2):
        ObservationFactory(organisation=technical, text=f"Mörkt {number}")
    ObservationFactory(organisation=police, text="Klotter")
    meeting = under_way(coordinator)

    assert [(str(report.organisation), report.count, report.more) for report in Round.with_latest(meeting).reports] == [
        ("Polisen", 1, 0),
        ("Tekniska förvaltningen", 7, 2),
    ]
    page = words(as_coordinator.get(meeting.items.get(heading__key="round").get_absolute_url()))
    assert "Två organisationer har rapporterat åtta observationer hittills." in page
    assert ("Mörkt 6" in page, "Mörkt 1" in page) == (True, False)
    assert "De 5 senaste visas. Äldre: 2 observationer." in page


def test_a_rejected_or_restricted_observation_is_not_counted(coordinator: Member, police: Organisation) -> None:
    ObservationFactory(organisation=police, restricted=True)
    ObservationFactory(organisation=police, state=Observation.State.REJECTED, rejection="Dubblett")

    assert Round.of(under_way(coordinator)).reports == []


def test_what_is_seen_in_a_restricted_issue_is_neither_on_the_wall_nor_in_the_minutes(
    as_coordinator: Client, coordinator: Member, police: Organisation
) -> None:
    hidden = IssueFactory(restricted=True)
    hidden.named.add(coordinator)  # she may know of it; those who read the wall may not
    ObservationFactory(organisation=police, issue=hidden, text="Hemligt")
    ObservationFactory(organisation=police, text="Nytt klotter")
    meeting = under_way(coordinator)

    page = words(as_coordinator.get(meeting.items.get(heading__key="round").get_absolute_url()))

    assert ("Nytt klotter" in page, "Hemligt" in page) == (True, False)
    assert told_of_the_round(meeting) == (
        "En organisation har rapporterat en observation hittills.",
        ("Nya observationer hittills: Polisen 1.",),
    )


def test_the_round_of_the_first_meeting_is_not_measured_from_one_before_it(
    coordinator: Member, police: Organisation
) -> None:
    ObservationFactory(organisation=police)
    meeting = under_way(coordinator)
    assert told_of_the_round(meeting) == (
        "En organisation har rapporterat en observation hittills.",
        ("Nya observationer hittills: Polisen 1.",),
    )

    MeetingFactory(starts_at=days_ago(2), state=Meeting.State.CLOSED, closed_at=days_ago(2))

    assert told_of_the_round(meeting) == (
        "En organisation har rapporterat en observation sedan förra mötet.",
        ("Nya observationer sedan förra mötet: Polisen 1.",),
    )


def test_a_great_many_are_counted_with_a_space(coordinator: Member) -> None:
    content = minutes_content(under_way(coordinator), None)
    (around,) = (heading for heading in content["headings"] if "laget runt" in heading["title"].lower())
    said = {"organisation": "Polisen", "counted": [*range(12_345)], "rejected": [], "calm": ""}
    around["round"] = [said | {"takes_part": True, "is_asked": True}]
    minutes = Minutes(content=content, version=1, made_at=timezone.now(), made_by=coordinator)

    view = frozen_view(Edition.original(minutes))

    assert [heading.sentences for heading in view.headings if heading.number == around["number"]] == [
        ("Nya observationer hittills: Polisen 12\u202f345.",)
    ]


def told_of_the_round(meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    """The reports as the room tells of them, and as the minutes do."""
    (around,) = (heading for heading in draft_view(meeting).headings if "laget runt" in heading.title)
    return round_summary(Round.of(meeting)), around.sentences[:1]


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def test_a_round_that_is_written_down_afterwards_ends_with_the_day_it_was_held(
    coordinator: Member, police: Organisation
) -> None:
    for days in (30, 10):
        ObservationFactory(organisation=police, created_at=days_ago(days))
    late = MeetingFactory(starts_at=days_ago(20), state=Meeting.State.UNDER_WAY)
    assert [report.count for report in Round.of(late).reports] == [1]

    late.set_state(Meeting.State.CLOSED, by=a_coordinator(), at=days_ago(1), closed_at=days_ago(1))

    assert [report.count for report in Round.of(late).reports] == [1]
    assert [report.count for report in Round.of(under_way(coordinator)).reports] == [1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_round_asks_as_often_however_much_has_come(
    coordinator: Member, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ObservationFactory.create_batch(number)
    meeting = under_way(coordinator)

    with django_assert_num_queries(3):
        Round.with_latest(meeting)
