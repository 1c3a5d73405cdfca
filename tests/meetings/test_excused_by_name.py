"""Who could not come to a meeting is noted by name: in the room, in the minutes, in their documents and of a year."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from meetings.attendance import note_expected, rows
from meetings.minutes.reading import draft_view
from meetings.models import Meeting, OrganisationAtMeeting
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from meetings.starting import start_meeting
from meetings.texts.attendance import row_state
from meetings.year import attendance_of
from members.actor import Actor
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.base.documents.reading import pdf_text, word_text
from tests.meetings.meetings import excuse, planned, under_way, undo, words
from tests.meetings.reopening import close
from tests.meetings.test_attendance_sheet import row_of, send, sheet
from tests.pages import Response

pytestmark = pytest.mark.django_db

State = OrganisationAtMeeting.State


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    return under_way(coordinator)


def told(meeting: Meeting, organisation: Organisation) -> str:
    return str(row_state(next(row for row in rows(meeting) if row.organisation == organisation)))


def offered(client: Client, meeting: Meeting, organisation: Organisation) -> list[str]:
    page = client.get(reverse("meetings:attendance", args=[meeting.pk]))
    form = next(form for form in page.context["sheet"].rows if form.row.organisation == organisation)
    return [label for _, label in form.fields["who"].choices]


def note(client: Client, meeting: Meeting, organisation: Organisation, who: str, **fields: str) -> Response:
    anchor = row_of(meeting, organisation).anchor
    typed = sheet(client, meeting) | {f"{anchor}-{name}": value for name, value in (fields | {"who": who}).items()}
    return send(client, meeting, typed)


def minutes_of(meeting: Meeting, organisation: Organisation) -> str:
    return next(row.sat for row in draft_view(meeting).attendance if row.organisation == str(organisation))


def test_the_form_names_whose_excuse_it_is_the_ordinary_first(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, rescue: Organisation
) -> None:
    assert offered(as_coordinator, meeting, technical) == [
        "Inte noterad",
        "Omar Prov (ordinarie)",
        "Gun Prototyp (ersättare)",
        "Gun Prototyp (ersättare), Omar Prov har förhinder",
        "Anmält förhinder: Omar Prov (ordinarie)",
        "Anmält förhinder: Gun Prototyp (ersättare)",
        "Anmält förhinder: Omar Prov (ordinarie) och Gun Prototyp (ersättare)",
        "Frånvarande",
        "Vakant",
    ]
    assert offered(as_coordinator, meeting, rescue) == ["Inte noterad", "Anmält förhinder", "Frånvarande", "Vakant"]


def test_who_is_noted_as_excused_stands_by_name_in_the_room_and_in_the_minutes(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, deputy: Member
) -> None:
    note(as_coordinator, meeting, technical, f"excused-{deputy.pk}")

    assert told(meeting, technical) == "Anmält förhinder. Gun Prototyp kan inte komma."
    assert minutes_of(meeting, technical) == "Anmält förhinder: Gun Prototyp, ersättare"


def test_both_can_be_excused(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, representative: Member, deputy: Member
) -> None:
    note(as_coordinator, meeting, technical, f"excused-{representative.pk}-{deputy.pk}")

    title = representative.title and f", {representative.title}"
    assert minutes_of(meeting, technical) == (
        f"Anmält förhinder: Omar Prov{title}, ordinarie och Gun Prototyp, ersättare"
    )


def test_the_deputy_is_there_for_one_whose_excuse_is_told_at_the_table(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, representative: Member
) -> None:
    note(as_coordinator, meeting, technical, f"deputy-for-{representative.pk}")

    assert told(meeting, technical) == "Gun Prototyp, ersättare. I stället för Omar Prov, som har anmält förhinder."
    assert minutes_of(meeting, technical).startswith("Gun Prototyp, ersättare; Anmält förhinder: Omar Prov")


def test_who_has_an_excuse_takes_nothing_over(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, representative: Member
) -> None:
    page = note(as_coordinator, meeting, technical, f"deputy-for-{representative.pk}", last="5", then="ordinary")

    assert "Omar Prov har förhinder. Välj en annan person som tar över." in words(page)
    assert row_of(meeting, technical).state == State.UNNOTED


def test_what_was_called_off_before_the_meeting_stays_who_it_was(
    as_coordinator: Client, coordinator: Member, technical: Organisation, representative: Member, deputy: Member
) -> None:
    meeting = planned(coordinator)
    excuse(meeting, representative, by=Actor.of(representative))
    start_meeting(meeting, by=Actor.of(coordinator))

    assert offered(as_coordinator, meeting, technical)[3:-2] == [
        "Anmält förhinder: Omar Prov (ordinarie)",
        "Anmält förhinder: Omar Prov (ordinarie) och Gun Prototyp (ersättare)",
    ]
    note(as_coordinator, meeting, technical, f"excused-{representative.pk}-{deputy.pk}")

    assert told(meeting, technical) == "Anmält förhinder. Omar Prov och Gun Prototyp kan inte komma."


def test_all_as_expected_notes_by_name_those_who_have_said_no(
    coordinator: Member, representative: Member, officer: Member, police: Organisation
) -> None:
    meeting = planned(coordinator)
    excuse(meeting, officer, by=Actor.of(officer))
    start_meeting(meeting, by=Actor.of(coordinator))

    note_expected(meeting, by=a_coordinator())

    assert row_of(meeting, police).excused_by_place == {"ordinary": officer}


def test_who_was_excused_and_came_after_all_is_not_told_of_as_excused(
    as_coordinator: Client, coordinator: Member, technical: Organisation, representative: Member, deputy: Member
) -> None:
    meeting = planned(coordinator)
    excuse(meeting, representative, by=Actor.of(representative))
    start_meeting(meeting, by=Actor.of(coordinator))

    note(as_coordinator, meeting, technical, "deputy", last="5", then="ordinary")

    assert row_of(meeting, technical).excused_by_place == {}
    assert "förhinder" not in minutes_of(meeting, technical)


def test_the_name_stays_when_the_place_is_given_to_another(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, representative: Member, outsider: Member
) -> None:
    note(as_coordinator, meeting, technical, f"excused-{representative.pk}")
    Seat.objects.filter(member=representative).update(member=outsider)

    assert told(meeting, technical) == "Anmält förhinder. Omar Prov kan inte komma."
    assert "Anmält förhinder: Omar Prov (ordinarie)" in offered(as_coordinator, meeting, technical)


def test_it_is_undone_with_one_tap_and_by_noting_anew(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, representative: Member, deputy: Member
) -> None:
    note(as_coordinator, meeting, technical, f"excused-{representative.pk}")
    page = note(as_coordinator, meeting, technical, "ordinary")
    assert row_of(meeting, technical).excused_by_place == {}

    undo(as_coordinator, page)
    assert row_of(meeting, technical).excused_by_place == {"ordinary": representative}

    note(as_coordinator, meeting, technical, f"deputy-for-{representative.pk}")
    page = note(as_coordinator, meeting, technical, "absent")
    undo(as_coordinator, page)
    assert row_of(meeting, technical).excused_by_place == {"ordinary": representative}
    assert told(meeting, technical).startswith("Gun Prototyp, ersättare.")


def test_somebody_else_may_come_from_one_whose_excuse_is_noted(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, representative: Member
) -> None:
    note(as_coordinator, meeting, technical, f"excused-{representative.pk}")
    row = next(row for row in rows(meeting) if row.organisation == technical)

    admit(meeting, Newcomer(AttendanceSpan(None, "none", name="Bo Ek", title="tekniker"), row), by=a_coordinator())

    assert minutes_of(meeting, technical).startswith("Bo Ek, tekniker, deltagare; Anmält förhinder: Omar Prov")


def test_the_documents_and_the_year_say_it(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, technical: Organisation, representative: Member
) -> None:
    note(as_coordinator, meeting, technical, f"excused-{representative.pk}")
    close(meeting, coordinator)

    for kind, read in (("pdf", pdf_text), ("word", word_text)):
        file = as_coordinator.get(reverse(f"meetings:minutes_{kind}", args=[meeting.pk]))
        assert "Anmält förhinder: Omar Prov" in " ".join(read(b"".join(file)).split())
    page = words(as_coordinator.get(reverse("meetings:year", args=[meeting.day.year])))
    assert "Anmälda förhinder" in page
    assert f"{technical} {meeting.day.day} " in page
    assert page.split("Anmälda förhinder")[1].count("Omar Prov") == 1


def test_who_was_excused_and_came_all_the_same_is_excused_no_longer(
    as_coordinator: Client,
    coordinator: Member,
    meeting: Meeting,
    technical: Organisation,
    representative: Member,
    deputy: Member,
) -> None:
    note(as_coordinator, meeting, technical, f"excused-{representative.pk}-{deputy.pk}")
    row = next(row for row in rows(meeting) if row.organisation == technical)

    admit(meeting, Newcomer(AttendanceSpan(representative, "ordinary"), row), by=a_coordinator())

    assert row_of(meeting, technical).excused_by_place == {"deputy": deputy}
    assert row_of(meeting, technical).state == State.REPRESENTED


def test_of_a_year_nobody_is_excused_who_sat(
    coordinator: Member, meeting: Meeting, technical: Organisation, representative: Member, deputy: Member
) -> None:
    both = {"ordinary": representative, "deputy": deputy}
    span = AttendanceSpan(representative, "ordinary")
    row_of(meeting, technical).note(state=State.REPRESENTED, excused=both, spans=[span], by=a_coordinator())
    close(meeting, coordinator)

    [year] = [one for one in attendance_of([meeting]) if one.organisation == technical]

    assert year.excused == [(meeting, [deputy])]


@pytest.mark.parametrize("state", [State.ABSENT, State.VACANT, State.UNNOTED])
def test_nobody_is_excused_where_none_has_said_so(
    meeting: Meeting, technical: Organisation, representative: Member, state: str
) -> None:
    with pytest.raises(IntegrityError):
        row_of(meeting, technical).note(state=state, excused={"ordinary": representative}, by=a_coordinator())


def test_one_person_is_excused_once_for_an_organisation(
    meeting: Meeting, technical: Organisation, representative: Member
) -> None:
    twice = {"ordinary": representative, "deputy": representative}
    with pytest.raises(IntegrityError):
        row_of(meeting, technical).note(state=State.EXCUSED, excused=twice, by=a_coordinator())
