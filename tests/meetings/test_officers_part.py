"""Who leads a meeting or writes without a seat is there for a part of it; and who had said that she comes to one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from meetings.attendance import note_expected, rows
from meetings.minutes.reading import draft_view
from meetings.models import AgendaItem, CallAnswer, Meeting, Presence
from meetings.starting import start_meeting
from meetings.texts.attendance import row_state
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import MemberFactory
from tests.meetings.meetings import planned, under_way, undo, words
from tests.meetings.reopening import close
from tests.meetings.test_attendance_sheet import row_of, send, sheet
from tests.pages import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member) -> Meeting:
    return under_way(coordinator, secretary=MemberFactory(name="Siv Skriv"))


def note(client: Client, meeting: Meeting, officer: Member, **fields: str) -> Response:
    typed = {f"deltagare-uppdrag-{officer.pk}-{name}": value for name, value in fields.items()}
    return send(client, meeting, sheet(client, meeting) | typed)


def fact(meeting: Meeting, name: str) -> str:
    return dict(draft_view(meeting).facts)[name]


def test_those_who_lead_stand_in_the_sheet_with_what_they_do(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])))

    assert f"{meeting.chair} (ordförande)" in page
    assert "Siv Skriv (sekreterare)" in page
    assert not Presence.objects.exists()


def test_the_chair_left_after_an_item(as_coordinator: Client, coordinator: Member, meeting: Meeting) -> None:
    page = words(note(as_coordinator, meeting, coordinator, last="6"))

    assert f"{coordinator} deltar nu, punkt 1–6." in page
    assert fact(meeting, "Ordförande").endswith(", punkt 1–6")
    assert "punkt" not in fact(meeting, "Sekreterare")
    item = AgendaItem.objects.at(meeting).on_agenda()[0]
    room = words(as_coordinator.get(item.get_absolute_url()))
    assert f"Ordförande {coordinator}" in room
    assert ", punkt 1–6." in room


def test_it_is_undone_and_noted_anew(as_coordinator: Client, coordinator: Member, meeting: Meeting) -> None:
    page = note(as_coordinator, meeting, coordinator, last="6")
    note(as_coordinator, meeting, coordinator, first="2", last="7")
    assert "medan du skrev" in words(undo(as_coordinator, page))
    assert [(one.first, one.last) for one in Presence.objects.officers()] == [(2, 7)]

    page = note(as_coordinator, meeting, coordinator, first="1", last="13")
    assert not Presence.objects.exists()
    undo(as_coordinator, page)
    assert [(one.first, one.last) for one in Presence.objects.officers()] == [(2, 7)]


def test_two_who_note_it_do_not_write_over_each_other(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    old = sheet(as_coordinator, meeting) | {f"deltagare-uppdrag-{coordinator.pk}-last": "3"}
    note(as_coordinator, meeting, coordinator, last="6")

    assert "medan du skrev" in words(send(as_coordinator, meeting, old))
    assert Presence.objects.get().last == 6


def test_who_notes_a_part_anew_is_told_that_another_took_it_away(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    note(as_coordinator, meeting, coordinator, last="6")
    old = sheet(as_coordinator, meeting) | {f"deltagare-uppdrag-{coordinator.pk}-last": "3"}
    note(as_coordinator, meeting, coordinator, first="1", last="13")

    assert "noterades för hela mötet medan du skrev" in words(send(as_coordinator, meeting, old))
    assert not Presence.objects.exists()


def test_who_may_come_for_an_organisation_is_noted_there(
    as_coordinator: Client, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    meeting = under_way(coordinator, secretary=representative)
    assert f"{representative} (sekreterare)" not in words(
        as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))
    )
    row_of(meeting, technical).note(state="absent", by=a_coordinator())
    note(as_coordinator, meeting, representative, last="4")

    page = send(
        as_coordinator,
        meeting,
        sheet(as_coordinator, meeting) | {f"{row_of(meeting, technical).anchor}-who": "ordinary"},
    )

    assert f"{representative} är redan noterad som sekreterare, punkt 1–4." in words(page)


def test_one_who_leads_is_of_no_organisation(meeting: Meeting, coordinator: Member, technical: Organisation) -> None:
    facts = {"meeting": meeting, "member": coordinator, "capacity": "chair", "part": "officer", "items": "[1,)"}
    with pytest.raises(IntegrityError):
        Presence.objects.create(organisation=technical, **facts)


def test_of_a_closed_meeting_it_is_not_told_what_one_had_answered_before_it(
    coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    CallAnswer.say(meeting, representative, CallAnswer.Answer.PARTLY, words="", by=Actor.of(representative))
    start_meeting(meeting, by=Actor.of(coordinator))
    note_expected(meeting, by=a_coordinator())
    close(meeting, coordinator)

    told = [str(row_state(row)) for row in rows(meeting)]

    assert [line for line in told if line.startswith("Omar Prov, ordinarie.")]
    assert not [line for line in told if "Har svarat" in line]


def test_who_was_to_come_to_a_part_is_told_of_so_until_her_part_is_noted(
    as_coordinator: Client, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    meeting = planned(coordinator)
    partly = CallAnswer.Answer.PARTLY
    CallAnswer.say(meeting, representative, partly, words="fram till 14", by=Actor.of(representative))
    start_meeting(meeting, by=Actor.of(coordinator))
    note_expected(meeting, by=a_coordinator())

    def told() -> str:
        return str(row_state(next(row for row in rows(meeting) if row.organisation == technical)))

    assert told() == "Omar Prov, ordinarie. Har svarat: deltar en del av mötet, fram till 14."
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))
    assert [form.row.organisation for form in page.context["sheet"].rows if form.is_open] == [technical]

    typed = sheet(as_coordinator, meeting) | {f"{row_of(meeting, technical).anchor}-last": "6"}
    send(as_coordinator, meeting, typed)
    assert told() == "Omar Prov, ordinarie, punkt 1–6."
