"""Who comes and who is there: one row for each organisation, one place for each person."""

import threading
from datetime import timedelta
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from base.records import EditConflict, NotAllowed
from meetings.attendance import AttendanceRow, note_expected, one_after_the_other, rows
from meetings.models import CallAnswer, Meeting, OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit, strike_participant
from meetings.starting import start_meeting
from meetings.texts.attendance import attendance_summary, row_state
from members.actor import Actor
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.at_once import at_once
from tests.factories import MeetingFactory, MemberFactory, OrganisationFactory, SeatFactory, have_closed
from tests.meetings.meetings import excuse
from tests.past import history_of

State = OrganisationAtMeeting.State


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    meeting = MeetingFactory(chair=coordinator)
    meeting.expect_organisations()
    return meeting


def row_of(meeting: Meeting, organisation: Organisation) -> AttendanceRow:
    return next(row for row in rows(meeting) if row.organisation == organisation)


def told(meeting: Meeting, organisation: Organisation) -> str:
    return str(row_state(row_of(meeting, organisation)))


def test_the_ordinary_is_expected_until_she_says_no(meeting: Meeting, technical: Organisation) -> None:
    assert told(meeting, technical) == "Omar Prov väntas."


def test_the_deputy_is_expected_when_the_ordinary_cannot_come(
    meeting: Meeting, technical: Organisation, representative: Member
) -> None:
    excuse(meeting, representative, by=Actor.of(representative))
    excuse(meeting, representative, by=Actor.of(representative))

    assert told(meeting, technical) == "Gun Prototyp, ersättare, väntas. Omar Prov kan inte komma."


def test_nobody_is_expected_when_both_have_said_no(
    meeting: Meeting, technical: Organisation, representative: Member, deputy: Member
) -> None:
    excuse(meeting, deputy, by=Actor.of(deputy))
    excuse(meeting, representative, by=Actor.of(representative))

    assert told(meeting, technical) == "Anmält förhinder. Omar Prov och Gun Prototyp kan inte komma."


def test_one_can_come_after_all(meeting: Meeting, technical: Organisation, representative: Member) -> None:
    excuse(meeting, representative, by=Actor.of(representative))

    CallAnswer.withdraw(meeting, representative, by=Actor.of(representative))

    assert told(meeting, technical) == "Omar Prov väntas."


def test_nobody_says_no_to_a_meeting_that_has_begun(
    meeting: Meeting, representative: Member, coordinator: Member
) -> None:
    start_meeting(meeting, by=Actor.of(coordinator))

    with pytest.raises(NotAllowed, match="Mötet pågår redan"):
        excuse(meeting, representative, by=Actor.of(representative))


def test_a_seat_that_is_empty_on_the_day_is_vacant(meeting: Meeting, technical: Organisation) -> None:
    for seat in Seat.objects.filter(organisation=technical):
        seat.end(by=a_coordinator(), last_day=timezone.localdate())

    assert told(meeting, technical) == "Vakant. Ingen är utsedd."


def test_all_who_are_expected_are_noted_at_once_and_the_empty_places_as_they_are(
    meeting: Meeting, technical: Organisation, representative: Member, officer: Member
) -> None:
    excuse(meeting, representative, by=Actor.of(representative))
    excuse(meeting, officer, by=Actor.of(officer))

    left = [row for row in note_expected(meeting, by=a_coordinator()) if not row.is_noted]

    assert left == []
    assert [(row.organisation.name, row.state) for row in rows(meeting)] == [
        ("Höglandets räddningstjänstförbund", State.VACANT),
        ("Polisen", State.EXCUSED),
        ("Tekniska förvaltningen", State.REPRESENTED),
    ]
    assert told(meeting, technical) == "Gun Prototyp, ersättare. I stället för Omar Prov, som har anmält förhinder."
    assert attendance_summary(rows(meeting), meeting) == "1 av 3 organisationer väntas, en med ersättare."


def test_what_is_noted_already_is_left_alone(meeting: Meeting, technical: Organisation) -> None:
    row_of(meeting, technical).at_meeting.note(by=a_coordinator(), state=State.ABSENT)

    note_expected(meeting, by=a_coordinator())

    assert told(meeting, technical) == "Frånvarande."


def test_one_who_sits_for_two_organisations_sits_in_one_place(meeting: Meeting, officer: Member) -> None:
    second = OrganisationFactory(name="Å Bolaget")
    SeatFactory(member=officer, organisation=second)
    meeting.expect_organisations()

    left = [row for row in note_expected(meeting, by=a_coordinator()) if not row.is_noted]

    assert [row.organisation for row in left] == [second]
    with pytest.raises(ValidationError, match="Ali Ritning är redan noterad för Polisen"):
        row_of(meeting, second).at_meeting.note(
            by=a_coordinator(), state=State.REPRESENTED, spans=[AttendanceSpan(officer, "ordinary")]
        )
    assert row_of(meeting, second).state == State.UNNOTED


def test_a_deputy_takes_over_from_the_ordinary(
    meeting: Meeting, technical: Organisation, representative: Member, deputy: Member
) -> None:
    spans = one_after_the_other(AttendanceSpan(representative, "ordinary", 1, 5), AttendanceSpan(deputy, "deputy"))

    row_of(meeting, technical).at_meeting.note(by=a_coordinator(), state=State.REPRESENTED, spans=spans)

    assert told(meeting, technical) == "Omar Prov till och med punkt 5, sedan Gun Prototyp."
    assert [(p.first, p.last) for p in Presence.objects.in_order()] == [(1, 5), (6, None)]


def test_two_who_note_the_same_row_do_not_write_over_each_other(meeting: Meeting, technical: Organisation) -> None:
    row = row_of(meeting, technical).at_meeting
    seen = row.version
    row.note(by=a_coordinator(), state=State.ABSENT)

    with pytest.raises(EditConflict):
        row_of(meeting, technical).at_meeting.note(by=a_coordinator(), state=State.EXCUSED, version=seen)

    assert row_of(meeting, technical).state == State.ABSENT


def test_who_notes_all_at_once_is_told_to_one_who_had_the_row_open(
    meeting: Meeting, technical: Organisation, coordinator: Member
) -> None:
    row = row_of(meeting, technical).at_meeting

    note_expected(meeting, by=Actor.of(coordinator))

    with pytest.raises(EditConflict, match=f"{coordinator.name} ändrade det här"):
        row.note(by=a_coordinator(), state=State.ABSENT, version=row.version)


def test_a_guest_takes_part_without_an_organisation(meeting: Meeting, officer: Member) -> None:
    guest = admit(
        meeting, Newcomer(AttendanceSpan(MemberFactory(name="Per Modell"), "co_opted", 6, 6)), by=a_coordinator()
    )
    assert str(guest) == "Per Modell, adjungerad, punkt 6"

    kept = Presence.objects.get()

    strike_participant(guest, by=Actor.of(officer))

    strike_participant(kept, by=Actor.of(officer))  # another page shows her still

    assert not Presence.objects.exists()
    assert [version.updated_by for version in history_of(kept).filter(pgh_label="delete")] == [officer]


def test_nothing_of_the_attendance_changes_after_the_meeting(meeting: Meeting, technical: Organisation) -> None:
    have_closed()

    with pytest.raises(NotAllowed, match="Mötet är avslutat"):
        row_of(meeting, technical).at_meeting.note(by=a_coordinator(), state=State.ABSENT)


def test_an_organisation_that_leaves_before_the_day_is_not_expected(meeting: Meeting, technical: Organisation) -> None:
    technical.change(by=a_coordinator(), active_to=timezone.localdate() + timedelta(days=1))

    meeting.change(by=a_coordinator(), place="Rådhuset")

    assert technical not in [row.organisation for row in rows(meeting)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_rows_ask_the_database_as_often_whatever_their_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries, coordinator: Member
) -> None:
    for _ in range(number):
        SeatFactory()
    meeting = MeetingFactory(chair=coordinator)
    meeting.expect_organisations()
    note_expected(meeting, by=a_coordinator())

    with django_assert_num_queries(2):
        rows(meeting)


@pytest.mark.django_db(transaction=True)
def test_what_somebody_notes_in_the_same_instant_as_all_who_are_expected_stands(
    meeting: Meeting, technical: Organisation, coordinator: Member
) -> None:
    row, begun = row_of(meeting, technical).at_meeting, threading.Event()

    def one_is_absent() -> None:
        with transaction.atomic():
            row.note(by=Actor.of(coordinator), state=State.ABSENT)
            begun.set()
            sleep(0.5)  # while the other waits for the meeting

    def all_are_here() -> None:
        assert begun.wait(timeout=10)
        note_expected(Meeting.objects.get(), by=Actor.of(coordinator))

    at_once(one_is_absent, all_are_here)

    row.refresh_from_db()
    assert row.state == State.ABSENT
    assert not Presence.objects.filter(organisation=technical).exists()
