"""What is changed of one who leads or writes touches nobody else, and what follows on it is changed with it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.starting import unstart_meeting
from members.models import Member
from tests.acting import a_coordinator
from tests.factories import MemberFactory
from tests.meetings.meetings import planned, under_way, undo, words
from tests.meetings.test_attendance_sheet import send, sheet
from tests.meetings.test_officers_part import note
from tests.meetings.test_relieved import change, said
from tests.pages import Response

pytestmark = pytest.mark.django_db

GUEST_NO_LONGER = "Bo Byte är inte längre noterad som gäst."


@pytest.fixture
def meeting(coordinator: Member, representative: Member, siv: Member) -> Meeting:
    return under_way(coordinator, secretary=siv)


def is_guest(meeting: Meeting, member: Member, first: int = 1, last: int | None = None) -> None:
    Presence.seat(meeting, AttendanceSpan(member, "guest", first, last), organisation=None, by=a_coordinator())


def guests() -> list[tuple[str, object, object]]:
    return [(one.person, one.first, one.last) for one in Presence.objects.guests()]


def own_page(client: Client, meeting: Meeting) -> str:
    return words(client.get(meeting.get_absolute_url()))


@pytest.mark.parametrize("since", ["3", "1"])
def test_a_secretary_who_was_a_guest_is_so_still_when_the_chair_is_changed(
    as_coordinator: Client, meeting: Meeting, bo: Member, since: str
) -> None:
    sune = MemberFactory(name="Sune Sent", is_coordinator=True)
    is_guest(meeting, sune, last=5)
    change(as_coordinator, meeting, secretary=sune.pk, since="6")

    change(as_coordinator, meeting, chair=bo.pk, since=since)

    assert guests() == [("Sune Sent", 1, 5)]


def test_before_the_meeting_others_are_chair_and_secretary_of_all_of_it(
    as_coordinator: Client, coordinator: Member, siv: Member, bo: Member, eva: Member
) -> None:
    meeting = planned(coordinator, secretary=siv)
    note(as_coordinator, meeting, coordinator, last="6")

    change(as_coordinator, meeting, chair=bo.pk, secretary=eva.pk)

    assert Meeting.objects.get().chair == bo
    assert not Presence.objects.exists()


def test_one_who_is_chair_again_after_the_start_is_undone_is_so_of_all_of_it(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    change(as_coordinator, meeting, chair=bo.pk, since="6")
    unstart_meeting(Meeting.objects.get(), by=a_coordinator())

    change(as_coordinator, meeting, chair=coordinator.pk)

    assert f"Ordförande {coordinator}, sekreterare Siv Skriv." in own_page(as_coordinator, meeting)
    assert not Presence.objects.exists()


def test_a_guest_who_is_made_chair_of_all_of_it_is_told_to_be_no_guest(
    as_coordinator: Client, meeting: Meeting, bo: Member
) -> None:
    is_guest(meeting, bo)

    assert GUEST_NO_LONGER in words(change(as_coordinator, meeting, chair=bo.pk, since="1"))
    assert not guests()


def test_of_a_guest_who_takes_over_later_it_is_not_told(as_coordinator: Client, meeting: Meeting, bo: Member) -> None:
    is_guest(meeting, bo)

    assert "noterad som gäst" not in words(change(as_coordinator, meeting, chair=bo.pk, since="6"))


@pytest.fixture
def mended(as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member) -> Presence:
    """Chair 1–5, before Bo, who is there 6–9."""
    change(as_coordinator, meeting, chair=bo.pk, since="6")
    note(as_coordinator, meeting, bo, last="9")
    return Presence.objects.relieved().get()


def sent(client: Client, meeting: Meeting, led: Presence, bo: Member, **typed: str) -> Response:
    """The sheet: `last` of who was relieved, `from_` and `to` of Bo."""
    names = {
        "last": f"{led.anchor}-last",
        "from_": f"deltagare-uppdrag-{bo.pk}-first",
        "to": f"deltagare-uppdrag-{bo.pk}-last",
    }
    return send(client, meeting, sheet(client, meeting) | {names[name]: value for name, value in typed.items()})


@pytest.mark.parametrize(
    ("typed", "hers", "his"),
    [
        ({"last": "7"}, "punkt 1–7", "punkt 8–9"),
        ({"last": "3"}, "punkt 1–3", "punkt 4–9"),
        ({"last": "7", "from_": "8"}, "punkt 1–7", "punkt 8–9"),
        ({"last": "3", "from_": "4"}, "punkt 1–3", "punkt 4–9"),
        ({"last": "3", "from_": "4", "to": "7"}, "punkt 1–3", "punkt 4–7"),
        ({"last": "9", "from_": "10", "to": "11"}, "punkt 1–9", "punkt 10–11"),
        ({"last": "7", "to": "10"}, "punkt 1–7", "punkt 8–10"),
    ],
)
def test_when_her_part_is_mended_his_follows_and_may_be_mended_with_it(
    as_coordinator: Client,
    coordinator: Member,
    meeting: Meeting,
    bo: Member,
    mended: Presence,
    typed: dict[str, str],
    hers: str,
    his: str,
) -> None:
    page = sent(as_coordinator, meeting, mended, bo, **typed)
    assert said(meeting, "Ordförande") == [f"{coordinator}: {hers}", f"Bo Byte: {his}"]

    undo(as_coordinator, page)

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Bo Byte: punkt 6–9"]


def test_she_does_not_lead_past_where_he_left(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member, mended: Presence
) -> None:
    page = words(sent(as_coordinator, meeting, mended, bo, last="9"))

    assert "Bo Byte kan inte vara ordförande från punkt 10 och ha lämnat efter punkt 9." in page
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Bo Byte: punkt 6–9"]


def test_nobody_is_a_guest_where_she_was_chair(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member, mended: Presence
) -> None:
    is_guest(meeting, coordinator, first=6)
    guest = Presence.objects.guests().get()

    page = words(sent(as_coordinator, meeting, mended, bo, last="8"))
    assert f"{coordinator} är redan noterad som gäst, från punkt 6." in page
    page = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{guest.anchor}-first": "4"}))
    assert f"{coordinator} är redan noterad som ordförande, punkt 1–5." in page
    assert guests() == [(str(coordinator), 6, None)]

    both = {f"{guest.anchor}-first": "4", f"{mended.anchor}-last": "3"}
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | both)
    assert guests() == [(str(coordinator), 4, None)]


def test_who_was_a_guest_before_he_led_is_none_when_he_led_from_earlier(
    as_coordinator: Client, meeting: Meeting, bo: Member
) -> None:
    is_guest(meeting, bo)
    change(as_coordinator, meeting, chair=bo.pk, since="6")
    led = Presence.objects.relieved().get()

    page = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{led.anchor}-last": "3"}))

    assert "Bo Byte är redan noterad som gäst, punkt 1–5." in page
    assert guests() == [("Bo Byte", 1, 5)]


def test_the_page_of_a_meeting_says_the_part_of_both_offices(as_coordinator: Client, coordinator: Member) -> None:
    meeting = under_way(coordinator)
    note(as_coordinator, meeting, coordinator, last="6")

    told = f"Ordförande {coordinator} (punkt 1–6), sekreterare {coordinator} (punkt 1–6)."
    assert told in own_page(as_coordinator, meeting)


def test_who_begins_too_early_is_told_who_had_that_office(
    as_coordinator: Client, meeting: Meeting, bo: Member, eva: Member
) -> None:
    change(as_coordinator, meeting, chair=bo.pk, secretary=eva.pk, since="6")

    page = words(note(as_coordinator, meeting, eva, first="3"))

    assert "Siv Skriv är sekreterare till och med punkt 5." in page


def test_a_guest_who_took_over_may_be_noted_as_leaving(as_coordinator: Client, meeting: Meeting, bo: Member) -> None:
    is_guest(meeting, bo)
    change(as_coordinator, meeting, chair=bo.pk, since="6")

    note(as_coordinator, meeting, bo, last="9")

    assert said(meeting, "Ordförande")[-1] == "Bo Byte: punkt 6–9"
    assert guests() == [("Bo Byte", 1, 5)]


def test_the_sheet_has_no_part_of_a_chair_who_sits_for_an_organisation(
    as_coordinator: Client, representative: Member, meeting: Meeting
) -> None:
    change(as_coordinator, meeting, chair=representative.pk, since="6")

    assert f"deltagare-uppdrag-{representative.pk}" not in str(
        as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content
    )
