"""Who is typed at a meeting: what is no person is told as such, and one person stands in one place."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from meetings.agenda.presenting import in_words as presenters_in_words
from meetings.attendance import note_expected, rows
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.presenter import NamedPerson
from meetings.participants import in_words
from meetings.planning import change_meeting
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import AgendaItemFactory
from tests.meetings.meetings import under_way, words
from tests.meetings.test_participants import add, there
from tests.presenting import let_present

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, officer: Member) -> Meeting:
    return under_way(coordinator)


@pytest.mark.parametrize("slip", ["15 minuter", "ca 10 min", "2 tim", "kl. 13.15", "13.00–14.00", "punkt 6", "§ 6.2"])
def test_what_belongs_to_no_person_is_told(meeting: Meeting, slip: str) -> None:
    for read in (lambda text: in_words(text, rows(meeting)), presenters_in_words):
        with pytest.raises(ValidationError) as told:
            read(f"Cia Mall\nBo Ek, {slip}")
        assert told.value.messages == [
            f"Rad 2: ”{slip}” hör inte till en person. Skriv namn, titel och varifrån, och inget annat."
        ]


@pytest.mark.parametrize("head", ["Bcc: bo@exempel.se", "Till: Bo Ek, bo@exempel.se", "kopia : Bo Ek"])
def test_a_line_of_a_mail_s_head_is_no_person(meeting: Meeting, head: str) -> None:
    for read in (lambda text: in_words(text, rows(meeting)), presenters_in_words):
        with pytest.raises(ValidationError, match="hör inte till en person"):
            read(head)


@pytest.mark.parametrize("nobody", ["Ingen", "alla", "Samtliga", "m.fl."])
def test_nobody_and_everybody_are_no_persons(meeting: Meeting, nobody: str) -> None:
    with pytest.raises(ValidationError, match=f"Rad 1: ”{nobody}” är ingen person"):
        in_words(nobody, rows(meeting))


def test_a_number_of_persons_is_no_name_and_an_organisation_is_none(meeting: Meeting, police: Organisation) -> None:
    with pytest.raises(ValidationError) as told:
        in_words("2 elever från Kungsskolan\npolisen\nPolisen, Bo Ek", rows(meeting))

    assert told.value.messages == [
        "Rad 1: ”2 elever från Kungsskolan” ser inte ut som ett namn. Skriv namnet först på raden.",
        "Rad 2: ”polisen” är en organisation. Skriv vem som kom därifrån, med namnet först på raden.",
        "Rad 3: ”Polisen” är en organisation. Skriv vem som kom därifrån, med namnet först på raden.",
    ]


def test_what_was_typed_stands_there_still(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(add(as_coordinator, meeting, "Bo Ek, 15 minuter"))

    assert "Bo Ek, 15 minuter" in page
    assert there(meeting) == []


def test_ordinary_names_and_titles_are_read_as_before(meeting: Meeting) -> None:
    typed = "Alla Exempel, lärare åk 5\nInga Prov, chef HR, Team 24\nAnna-Karin af Mall, 5:e klassens mentor, Gy 11"

    assert [one.span.title for one in in_words(typed, rows(meeting))] == [
        "lärare åk 5",
        "chef HR",
        "5:e klassens mentor",
    ]


# One person in one place


def test_one_with_an_account_typed_as_a_guest_is_herself_and_stands_once(
    as_coordinator: Client, meeting: Meeting, officer: Member, police: Organisation
) -> None:
    note_expected(meeting, by=a_coordinator())

    page = words(add(as_coordinator, meeting, f"{officer}"))

    assert f"{officer} är redan noterad för {police}. Ingen kan noteras på två ställen." in page
    assert there(meeting) == []


def test_one_with_an_account_and_no_seat_is_noted_as_herself(
    as_coordinator: Client, meeting: Meeting, handler: Member, housing: Organisation, outsider: Member
) -> None:
    add(as_coordinator, meeting, f"{handler}, {handler.organisation}\n{outsider}")
    again = words(add(as_coordinator, meeting, f"{str(outsider).upper()}"))

    assert {one.member for one in Presence.objects.beside().at(meeting)} == {handler, outsider}
    assert f"{outsider} är redan noterad som gäst." in again


def test_another_of_the_same_name_is_told_apart_by_where_she_comes_from(
    as_coordinator: Client, meeting: Meeting, officer: Member
) -> None:
    note_expected(meeting, by=a_coordinator())

    add(as_coordinator, meeting, f"{officer}, boende, Kungsgatan")

    assert [(one.member, one.home) for one in Presence.objects.guests().at(meeting)] == [(None, "Kungsgatan")]


def test_who_leads_the_meeting_is_no_guest_at_it(as_coordinator: Client, meeting: Meeting, coordinator: Member) -> None:
    by_name = words(add(as_coordinator, meeting, f"{coordinator}"))
    chosen = words(add(as_coordinator, meeting, "", **{"fler-member": coordinator.pk}))

    told = f"{coordinator} är mötets ordförande och står redan i anteckningarna."
    assert (told in by_name, told in chosen, there(meeting)) == (True, True, [])


def test_one_name_and_title_stands_at_one_organisation(
    as_coordinator: Client, meeting: Meeting, police: Organisation, technical: Organisation
) -> None:
    note_expected(meeting, by=a_coordinator())
    add(as_coordinator, meeting, f"Anna Exempel, kurator, {police}")

    page = words(add(as_coordinator, meeting, f"Anna Exempel, kurator, {technical}"))

    assert f"Anna Exempel är redan noterad för {police}. Ingen kan noteras på två ställen." in page
    add(as_coordinator, meeting, f"Anna Exempel, chef, {technical}")
    assert [one.title for one in Presence.objects.beside().at(meeting).order_by("pk")] == ["kurator", "chef"]


def test_the_database_takes_one_name_and_title_once(meeting: Meeting, police: Organisation) -> None:
    who = {"meeting": meeting, "name": "Anna Exempel", "title": "kurator", "items": (1, None)}
    Presence.objects.create(organisation=police, capacity="none", part="takes_part", **who)

    with pytest.raises(IntegrityError, match="named_person_with_a_title_sits_once"), transaction.atomic():
        Presence.objects.create(home="Jouren", capacity="co_opted", part="guest", **who)


def test_a_guest_who_is_made_chair_leads_it_and_is_no_guest_beside(
    meeting: Meeting, coordinator: Member, handler: Member
) -> None:
    Presence.seat(meeting, AttendanceSpan(handler, "co_opted"), organisation=None, by=a_coordinator())

    change_meeting(meeting, by=a_coordinator(), chair=handler)

    assert not meeting.presences.guests().exists()
    assert minutes_content(meeting, None)["chair"]["name"] == str(handler)


def test_a_tick_for_one_whom_another_has_noted_meanwhile_is_told(as_coordinator: Client, meeting: Meeting) -> None:
    items = AgendaItem.objects.filter(pk=AgendaItemFactory(meeting=meeting, title="Nattvandring").pk)
    let_present(items, NamedPerson("Cia Mall"))
    form = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).context["sheet"].added
    ticked = {"fler-presenting": [key for key, _ in form.fields["presenting"].choices]}
    add(as_coordinator, meeting, "", **ticked)

    told = words(add(as_coordinator, meeting, "", **ticked))

    assert "En som du kryssade för är redan noterad, eller föredrar inte längre." in told
    assert len(there(meeting)) == 1
