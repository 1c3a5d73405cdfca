"""One who has two offices, or takes over while her own part is noted, is told with what is true of each."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from base.records import EditConflict
from meetings.models import Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import spot
from meetings.officers import note_officer, officers_to_note
from meetings.planning import change_meeting
from members.models import Member
from tests.acting import a_coordinator
from tests.meetings.meetings import under_way, words
from tests.meetings.test_attendance_sheet import send, sheet
from tests.meetings.test_officers_part import note
from tests.meetings.test_relieved import change, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, siv: Member) -> Meeting:
    return under_way(coordinator, secretary=siv)


def test_a_secretary_whose_part_is_noted_takes_over_as_chair(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, siv: Member
) -> None:
    note(as_coordinator, meeting, siv, last="9")

    page = words(change(as_coordinator, meeting, chair=siv.pk, since="6"))

    assert "Det gick inte att spara" not in page
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Siv Skriv: punkt 6–9"]
    assert said(meeting, "Sekreterare") == ["Siv Skriv: punkt 1–9"]


def test_she_does_not_leave_before_she_takes_over(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, siv: Member
) -> None:
    change(as_coordinator, meeting, chair=siv.pk, since="6")
    told = "Siv Skriv kan inte vara ordförande från punkt 6 och ha lämnat efter punkt 4."

    assert told in words(note(as_coordinator, meeting, siv, last="4"))
    assert not Presence.objects.officers().exists()

    note(as_coordinator, meeting, siv, last="6")
    led = Presence.objects.relieved().get()
    page = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{led.anchor}-last": "8"}))
    assert "Siv Skriv kan inte vara ordförande från punkt 9 och ha lämnat efter punkt 6." in page
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Siv Skriv: punkt 6"]


def test_who_has_left_takes_over_nothing_after_that(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, siv: Member
) -> None:
    note(as_coordinator, meeting, siv, last="4")

    page = words(change(as_coordinator, meeting, chair=siv.pk, since="6"))

    assert "Siv Skriv kan inte vara ordförande från punkt 6 och ha lämnat efter punkt 4." in page
    assert Meeting.objects.get().chair == coordinator


def test_the_sheet_says_that_her_part_is_of_both(as_coordinator: Client, meeting: Meeting, siv: Member) -> None:
    address = reverse("meetings:attendance", args=[meeting.pk])
    told = "Delen gäller både som ordförande och som sekreterare."
    assert told not in words(as_coordinator.get(address))

    change(as_coordinator, meeting, chair=siv.pk, since="6")

    assert words(as_coordinator.get(address)).count(told) == 1


def test_who_left_before_another_took_over_was_not_there_until_then(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    note(as_coordinator, meeting, coordinator, last="6")

    change(as_coordinator, meeting, chair=bo.pk, since="9")

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–6", "Bo Byte: från punkt 9"]


def test_who_was_noted_to_a_heading_is_relieved_within_it(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    note(as_coordinator, meeting, coordinator, last="6")

    change_meeting(meeting, by=a_coordinator(), chair=bo, since=spot(6, 2))

    assert Presence.objects.relieved().get().last == spot(6, 1)


def test_a_secretary_who_takes_over_later_than_the_chair_left_is_not_told_of_as_chair_meanwhile(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, siv: Member
) -> None:
    note(as_coordinator, meeting, coordinator, last="6")

    page = words(change(as_coordinator, meeting, chair=siv.pk, since="9"))

    assert "Ingen är noterad som ordförande närmast före punkt 9. Låt Siv Skriv ta över från punkt 7" in page
    assert Meeting.objects.get().chair == coordinator
    change(as_coordinator, meeting, chair=siv.pk, since="7")
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–6", "Siv Skriv: från punkt 7"]


def test_a_part_that_is_noted_just_as_another_takes_over_is_refused(meeting: Meeting, bo: Member) -> None:
    led = next(one for one in officers_to_note(meeting, set(), []) if one.member == meeting.chair)
    change_meeting(Meeting.objects.get(), by=a_coordinator(), chair=bo, since=6)

    with pytest.raises(EditConflict, match="är inte längre ordförande eller sekreterare"):
        note_officer(led, first=1, last=4, by=a_coordinator())


def test_a_guest_who_is_chair_no_longer_is_for_somebody_to_look_over(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    Presence.seat(meeting, AttendanceSpan(bo, "guest"), organisation=None, by=a_coordinator())
    told = "Se efter i närvaron när Bo Byte kom eller lämnade."
    assert told not in words(change(as_coordinator, meeting, chair=bo.pk, since="6"))

    assert told in words(change(as_coordinator, meeting, chair=coordinator.pk, since="1"))
