"""The deputy takes over from the next point by one button in the row, as by the fields that say the same."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meetings.attendance import note_expected
from meetings.models import AgendaItem, Meeting, Presence
from meetings.starting import unstart_meeting
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.meetings.meetings import under_way, undo, words
from tests.meetings.test_attendance_sheet import noted, row_of, send, sheet
from tests.meetings.test_participants import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    meeting = under_way(coordinator)
    note_expected(meeting, by=a_coordinator())
    return meeting


def point(meeting: Meeting) -> int:
    current = AgendaItem.objects.at(meeting).select_related("heading").current()
    assert current
    return current.heading.number


def button(meeting: Meeting, organisation: Organisation) -> str:
    return f"{row_of(meeting, organisation).pk}.{point(meeting)}"


def test_the_button_says_who_and_from_where_and_one_press_does_it(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    at, page = point(meeting), as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()
    assert page.count('name="takes_over"') == 1  # of the police nobody could
    assert f">Gun Prototyp tar över från punkt {at + 1}</button>" in page

    response = send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=button(meeting, technical))

    told = words(response)
    assert f"Gun Prototyp tar över för Tekniska förvaltningen från punkt {at + 1}." in told
    first = f"Omar Prov, ordinarie, punkt 1–{at}" if at > 1 else "Omar Prov, ordinarie, punkt 1"
    row = ["represented", first, f"Gun Prototyp, ersättare, från punkt {at + 1}"]
    assert noted(meeting)["Tekniska förvaltningen"] == row
    assert 'name="takes_over"' not in response.content.decode()


def test_it_can_be_undone(as_coordinator: Client, meeting: Meeting, technical: Organisation) -> None:
    before = noted(meeting)
    told = send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=button(meeting, technical))

    undo(as_coordinator, told)

    assert noted(meeting) == before


def test_what_else_was_changed_on_the_page_is_saved_too(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting) | {f"{row_of(meeting, police).anchor}-who": "absent"}

    send(as_coordinator, meeting, typed, takes_over=button(meeting, technical))

    assert noted(meeting)["Polisen"] == ["absent"]
    assert len(noted(meeting)["Tekniska förvaltningen"]) == 3


def test_a_deputy_who_sat_beside_till_then_is_noted_so(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, deputy: Member
) -> None:
    add(as_coordinator, meeting, f"{deputy}, {technical}")

    send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=button(meeting, technical))

    hers = Presence.objects.filter(member=deputy).order_by("items")
    at = point(meeting)
    assert [(one.part, one.first, one.last) for one in hers] == [("takes_part", 1, at), ("speaks", at + 1, None)]


def test_one_who_comes_second_is_told_and_nothing_is_saved(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    typed, pressed = sheet(as_coordinator, meeting), button(meeting, technical)
    row_of(meeting, technical).note(state="absent", by=a_coordinator())

    told = words(send(as_coordinator, meeting, typed, takes_over=pressed))

    assert "Närvaron för Tekniska förvaltningen har ändrats medan sidan låg öppen, och ingen har tagit över." in told
    assert noted(meeting)["Tekniska förvaltningen"] == ["absent"]


@pytest.mark.parametrize("key", ["", "b3d1f7a4-5a63-4d9c-9d0e-7c6a1f0e2b11"])
def test_a_button_pressed_twice_is_told_as_done(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, key: str
) -> None:
    typed = sheet(as_coordinator, meeting) | ({"key": key} if key else {})
    pressed = button(meeting, technical)
    send(as_coordinator, meeting, typed, takes_over=pressed)
    after = noted(meeting)

    told = words(send(as_coordinator, meeting, typed, takes_over=pressed))

    assert ("Närvaron sparades inte" in told, noted(meeting) == after) == (False, True)
    assert ("inget sparades två gånger" if key else "Det var redan noterat.") in told
    assert "tar över för" not in told


def test_another_who_took_over_meanwhile_is_no_answer_to_the_button(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    typed, pressed = sheet(as_coordinator, meeting), button(meeting, technical)
    later = f"{row_of(meeting, technical).pk}.{point(meeting) + 1}"
    send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=later)

    told = words(send(as_coordinator, meeting, typed, takes_over=pressed))

    assert "har ändrats medan sidan låg öppen" in told


@pytest.mark.parametrize("nonsense", ["0.1", "x", "999999999999999999.3", ""])
def test_a_button_of_nothing_does_nothing(as_coordinator: Client, meeting: Meeting, nonsense: str) -> None:
    before = noted(meeting)

    send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=nonsense)

    assert noted(meeting) == before


def test_a_deputy_marked_while_the_ordinary_speaks_takes_part_beside_her(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, deputy: Member
) -> None:
    add(as_coordinator, meeting, "", **{"fler-member": deputy.pk})

    speaking = Presence.objects.filter(organisation=technical).speaking()
    assert [one.person for one in speaking] == ["Omar Prov"]
    assert Presence.objects.get(member=deputy).part == "takes_part"


def test_before_the_meeting_nobody_takes_over(as_coordinator: Client, meeting: Meeting) -> None:
    address = reverse("meetings:attendance", args=[meeting.pk])
    assert 'name="takes_over"' in as_coordinator.get(address).content.decode()

    unstart_meeting(meeting, by=a_coordinator())

    assert 'name="takes_over"' not in as_coordinator.get(address).content.decode()


def test_at_the_last_point_nobody_takes_over(as_coordinator: Client, meeting: Meeting) -> None:
    AgendaItem.objects.at(meeting).update(discussed_at=meeting.started_at)

    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))

    assert 'name="takes_over"' not in page.content.decode()
