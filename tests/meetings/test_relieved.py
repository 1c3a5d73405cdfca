"""A chair or secretary who is relieved in the middle of a meeting keeps her part; whoever takes over has the rest."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from meetings.attendance import note_expected
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.planning import change_meeting
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import MemberFactory
from tests.meetings.meetings import under_way, words
from tests.meetings.test_attendance_sheet import row_of, send, sheet
from tests.meetings.test_officers_part import fact, note
from tests.pages import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member) -> Meeting:
    return under_way(coordinator, secretary=MemberFactory(name="Siv Skriv"))


def change(client: Client, meeting: Meeting, **facts: object) -> Response:
    address = reverse("meetings:change", args=[meeting.pk])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields if name != "is_extra"}
    return client.post(address, {**shown, **facts}, follow=True)


def said(meeting: Meeting, office: str) -> list[str]:
    """Who had the office and for which part, of the draft of the minutes: the name and the last words."""
    told = fact(Meeting.objects.get(pk=meeting.pk), office).split("; ")
    return [f"{one.split(', ')[0]}: {one.split(', ')[-1]}" for one in told]


def test_who_left_and_was_relieved_is_told_with_her_part(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    note(as_coordinator, meeting, coordinator, last="6")

    change_meeting(meeting, by=a_coordinator(), chair=bo, since=7)

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–6", "Bo Byte: från punkt 7"]
    assert "punkt" not in fact(meeting, "Sekreterare")


def test_from_which_point_another_leads_is_asked_where_the_meeting_goes_on(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    page = words(change(as_coordinator, meeting, chair=bo.pk))
    assert "Välj från vilken punkt den nya tar över, eller hela mötet." in page
    assert Meeting.objects.get().chair == coordinator

    change(as_coordinator, meeting, chair=bo.pk, since="6")

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Bo Byte: från punkt 6"]
    page = words(as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])))
    there = page[page.index("Fler deltagare") : page.index("Lägg till fler deltagare")]
    assert there.count("(ordförande)") == 2
    assert ("punkt 1–5" in there, "från punkt 6" in there) == (True, True)
    room = words(as_coordinator.get(AgendaItem.objects.at(meeting).on_agenda()[0].get_absolute_url()))
    assert ", punkt 1–5; Bo Byte" in room
    assert "Sekreterare Siv Skriv" in room
    own = words(as_coordinator.get(meeting.get_absolute_url()))
    assert f"Ordförande {coordinator} (punkt 1–5) och Bo Byte (från punkt 6), sekreterare Siv Skriv." in own


def test_one_who_only_changes_the_place_is_asked_nothing(as_coordinator: Client, meeting: Meeting) -> None:
    change(as_coordinator, meeting, place="Rådhuset")

    assert Meeting.objects.get().place == "Rådhuset"
    assert not Presence.objects.exists()


def test_of_the_whole_meeting_nobody_else_led_it(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    change(as_coordinator, meeting, chair=bo.pk, since="6")

    change(as_coordinator, meeting, chair=coordinator.pk, since="1")

    assert said(meeting, "Ordförande")[0].startswith(f"{coordinator}: ")
    assert not Presence.objects.exists()


def test_she_comes_back_and_leads_the_rest(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    change(as_coordinator, meeting, chair=bo.pk, since="6")
    change(as_coordinator, meeting, chair=coordinator.pk, since="9")

    told = [f"{coordinator}: punkt 1–5", "Bo Byte: punkt 6–8", f"{coordinator}: från punkt 9"]
    assert said(meeting, "Ordförande") == told


def test_another_than_was_named_took_over_there(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    change(as_coordinator, meeting, chair=bo.pk, since="6")

    change_meeting(Meeting.objects.get(), by=a_coordinator(), chair=MemberFactory(name="Cia Mall"), since=6)

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Cia Mall: från punkt 6"]


def test_those_who_lead_and_write_change_places(as_coordinator: Client, coordinator: Member, meeting: Meeting) -> None:
    note(as_coordinator, meeting, coordinator, last="6")

    change_meeting(meeting, by=a_coordinator(), chair=meeting.secretary, secretary=coordinator, since=7)

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–6", "Siv Skriv: från punkt 7"]
    assert said(meeting, "Sekreterare") == ["Siv Skriv: punkt 1–6", f"{coordinator}: från punkt 7"]


def test_one_who_sits_for_an_organisation_leads_and_is_relieved(
    as_coordinator: Client, representative: Member, technical: Organisation, meeting: Meeting, bo: Member
) -> None:
    change(as_coordinator, meeting, chair=representative.pk, since="1")
    note_expected(meeting, by=a_coordinator())

    change(as_coordinator, meeting, chair=bo.pk, since="6")
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{row_of(meeting, technical).anchor}-last": "8"})

    assert said(meeting, "Ordförande") == [f"{representative}: punkt 1–5", "Bo Byte: från punkt 6"]
    assert [one.last for one in Presence.objects.speaking().filter(member=representative)] == [8]


def test_the_row_of_her_organisation_tells_which_part_she_leads(
    as_coordinator: Client, representative: Member, meeting: Meeting
) -> None:
    note_expected(meeting, by=a_coordinator())

    change(as_coordinator, meeting, chair=representative.pk, since="6")

    page = words(as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])))
    assert f"{representative}, ordinarie. {representative} är ordförande, från punkt 6." in page
    form = as_coordinator.get(reverse("meetings:change", args=[meeting.pk])).context["form"]
    assert dict(form.fields["since"].choices)[""] == "Ingen byts"


def test_one_who_led_is_expected_for_her_organisation(
    as_coordinator: Client, representative: Member, meeting: Meeting, bo: Member
) -> None:
    change(as_coordinator, meeting, chair=representative.pk, since="1")
    change(as_coordinator, meeting, chair=bo.pk, since="6")

    assert all(row.elsewhere is None for row in note_expected(meeting, by=a_coordinator()))
    assert Presence.objects.speaking().get(member=representative).last is None


def test_her_part_is_mended_and_the_other_follows(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member
) -> None:
    change(as_coordinator, meeting, chair=bo.pk, since="6")
    led = Presence.objects.relieved().get()

    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{led.anchor}-last": "7"})
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–7", "Bo Byte: från punkt 8"]

    page = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{led.anchor}-last": "13"}))
    assert f"En annan är ordförande efter {coordinator}. Välj till och med vilken punkt." in page
    typed = sheet(as_coordinator, meeting) | {f"deltagare-uppdrag-{bo.pk}-first": "5"}
    assert f"{coordinator} är ordförande till och med punkt 7." in words(send(as_coordinator, meeting, typed))


def test_who_took_over_may_leave_too(as_coordinator: Client, coordinator: Member, meeting: Meeting, bo: Member) -> None:
    change(as_coordinator, meeting, chair=bo.pk, since="6")

    note(as_coordinator, meeting, bo, last="9")

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Bo Byte: punkt 6–9"]


def test_a_guest_who_takes_over_was_a_guest_until_then(meeting: Meeting, bo: Member) -> None:
    Presence.seat(meeting, AttendanceSpan(bo, "politician"), organisation=None, by=a_coordinator())

    change_meeting(meeting, by=a_coordinator(), chair=bo, since=6)

    assert [(one.capacity, one.first, one.last) for one in Presence.objects.guests()] == [("politician", 1, 5)]


def test_two_never_have_one_office_at_once(meeting: Meeting, coordinator: Member, bo: Member) -> None:
    facts = {"meeting": meeting, "capacity": "chair", "part": "relieved"}
    Presence.objects.create(member=coordinator, items="[1,6)", **facts)

    with pytest.raises(IntegrityError, match="one_chair_and_one_secretary"), transaction.atomic():
        Presence.objects.create(member=bo, items="[5,8)", **facts)
    with pytest.raises(IntegrityError, match="presence_relieved_at_a_point"), transaction.atomic():
        Presence.objects.create(member=bo, items="[6,)", **facts)
    with pytest.raises(ValidationError, match="Två kan inte leda mötet"):
        Presence(member=bo, items=(3, 4), **facts).save_checked()


def test_a_secretary_who_leads_from_there_wrote_all_of_it(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    writes = meeting.secretary

    change_meeting(meeting, by=a_coordinator(), chair=writes, since=6)

    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Siv Skriv: från punkt 6"]
    assert "punkt" not in fact(Meeting.objects.get(), "Sekreterare")
    note(as_coordinator, meeting, writes, last="9")
    assert said(meeting, "Ordförande") == [f"{coordinator}: punkt 1–5", "Siv Skriv: punkt 6–9"]
    assert said(meeting, "Sekreterare") == ["Siv Skriv: punkt 1–9"]
