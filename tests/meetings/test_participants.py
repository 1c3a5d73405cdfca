"""Those who speak for no organisation: several from one, guests without an account, and who steps in for a place."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from issues.restricting import restrict
from meetings.attendance import note_expected, rows
from meetings.minutes.reading import draft_view
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting, Presence
from meetings.models.presenter import NamedPerson
from meetings.participants import Newcomer, admit, in_words
from meetings.texts.attendance import row_state
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import AgendaItemFactory, IssueFactory, have_closed
from tests.meetings.meetings import under_way, undo, words
from tests.meetings.test_attendance_sheet import noted, row_of, send, sheet, shown_in
from tests.pages import Response
from tests.presenting import let_present

pytestmark = pytest.mark.django_db

THREE = "Anna Exempel, kurator, Polisen\nBo Prov; projektledare; Trafikverket\n\nCia Mall"


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    return under_way(coordinator)


def add(client: Client, meeting: Meeting, people: str, **typed: object) -> Response:
    return client.post(
        reverse("meetings:attendance", args=[meeting.pk]),
        {"fler-people": people, "fler-member": "", "fler-first": "1", "fler-last": "13", **typed},
        follow=True,
    )


def there(meeting: Meeting) -> list[tuple[str, str, str, str, str]]:
    beside = Presence.objects.beside().at(meeting).order_by("name", "member__name")
    return [(one.person, one.person_title, one.comes_from, one.part, one.span) for one in beside]


def table_of(meeting: Meeting) -> list[Newcomer]:
    return in_words(THREE, rows(meeting))


def test_several_are_noted_at_once_each_where_she_comes_from(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(add(as_coordinator, meeting, THREE, **{"fler-last": "5"}))

    assert "Anna Exempel, Bo Prov (gäst) och Cia Mall (gäst) deltar." in page
    assert there(meeting) == [
        ("Anna Exempel", "kurator", "Polisen", "takes_part", ", punkt 1–5"),
        ("Bo Prov", "projektledare", "Trafikverket", "guest", ", punkt 1–5"),
        ("Cia Mall", "", "", "guest", ", punkt 1–5"),
    ]
    assert "Bo Prov (gäst), projektledare, Trafikverket, punkt 1–5" in page


def test_the_minutes_and_the_room_name_them(meeting: Meeting, police: Organisation) -> None:
    note_expected(meeting, by=a_coordinator())
    for newcomer in table_of(meeting):
        admit(meeting, newcomer, by=a_coordinator())

    told = draft_view(meeting)

    row = next(row for row in told.attendance if row.organisation == "Polisen")
    assert row.sat == "Ali Ritning, ordinarie; Anna Exempel, kurator, deltagare"
    assert told.guests == (("Gäster", "Bo Prov, projektledare, Trafikverket; Cia Mall"),)
    state = row_state(next(row for row in rows(meeting) if row.organisation == police))
    assert (state.verdict, state.rest) == ("Ali Ritning, ordinarie.", "Även Anna Exempel, kurator.")


def test_a_line_that_cannot_be_read_is_told_by_its_number_and_nothing_is_lost(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    typed = f"Anna Exempel, kurator, Polisen\n123, vakt\n{'x' * 101}\nAnna Exempel, ordförande, Polisen"
    sent = {**sheet(as_coordinator, meeting), "fler-people": typed}
    sent[f"{row_of(meeting, police).anchor}-who"] = "ordinary"

    page = send(as_coordinator, meeting, sent)

    told = words(page)
    assert "Rad 2: Skriv namnet först på raden." in told
    assert "Rad 3: Namnet är för långt. Det får plats 100 tecken." in told
    assert "Rad 4: Anna Exempel står på två rader." in told
    assert shown_in(page)["fler-people"] == typed
    assert (there(meeting), noted(meeting)) == ([], {})


def test_whoever_has_a_seat_is_known_by_name_and_sits_beside_the_ordinary(
    as_coordinator: Client, meeting: Meeting, deputy: Member, technical: Organisation
) -> None:
    note_expected(meeting, by=a_coordinator())

    add(as_coordinator, meeting, "gun prototyp, Tekniska förvaltningen")

    beside = Presence.objects.beside().get()
    assert (beside.member, beside.capacity, beside.part) == (deputy, "deputy", "takes_part")
    assert noted(meeting)["Tekniska förvaltningen"] == [
        "represented",
        "Omar Prov, ordinarie",
        "Gun Prototyp, ersättare",
    ]


def test_a_chosen_member_stands_at_the_organisation_of_her_seat_and_another_is_a_guest(
    as_coordinator: Client, meeting: Meeting, deputy: Member, outsider: Member, technical: Organisation
) -> None:
    for member in (deputy, outsider):
        add(as_coordinator, meeting, "", **{"fler-member": member.pk})

    there = Presence.objects.beside().at(meeting).order_by("member__name")
    assert [(one.member, one.organisation, one.capacity, one.part) for one in there] == [
        (deputy, technical, "deputy", "takes_part"),
        (outsider, None, "guest", "guest"),
    ]


def test_from_an_organisation_that_nobody_came_from_she_speaks_for_it(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    row_of(meeting, police).note(state="absent", by=a_coordinator())

    add(as_coordinator, meeting, "Anna Exempel, kurator, Polisen\nBo Prov, Polisen")

    assert noted(meeting)["Polisen"] == ["represented", "Anna Exempel, deltagare", "Bo Prov, deltagare"]
    assert [one.person for one in Presence.objects.speaking()] == ["Anna Exempel"]


def test_she_may_be_chosen_to_speak_and_stays_when_the_ordinary_comes(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    add(as_coordinator, meeting, "Anna Exempel, kurator, Polisen")
    who = f"{row_of(meeting, police).anchor}-who"
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))
    form = next(form for form in page.context["sheet"].rows if form.row.organisation == police)
    [hers] = [value for value, label in form.fields["who"].choices if label == "Anna Exempel (deltagare)"]

    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {who: hers})
    assert noted(meeting)["Polisen"] == ["represented", "Anna Exempel, deltagare"]
    assert there(meeting) == []

    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {who: "ordinary"})
    assert [one.person for one in Presence.objects.speaking()] == ["Ali Ritning"]
    assert there(meeting) == [("Anna Exempel", "kurator", "Polisen", "takes_part", "")]


def test_the_part_of_one_who_is_there_is_changed_and_changed_back(as_coordinator: Client, meeting: Meeting) -> None:
    add(as_coordinator, meeting, "Cia Mall")
    cia = Presence.objects.get()

    page = send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{cia.anchor}-last": "6"})

    assert "Cia Mall deltar nu, punkt 1–6." in words(page)
    assert there(meeting) == [("Cia Mall", "", "", "guest", ", punkt 1–6")]
    undo(as_coordinator, page)
    assert there(meeting) == [("Cia Mall", "", "", "guest", "")]


def test_an_old_page_changes_no_part_that_another_has_changed(as_coordinator: Client, meeting: Meeting) -> None:
    add(as_coordinator, meeting, "Cia Mall")
    cia = Presence.objects.get()
    old = sheet(as_coordinator, meeting)
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{cia.anchor}-last": "6"})

    page = send(as_coordinator, meeting, old | {f"{cia.anchor}-first": "9"})

    assert "ändrade det här" in words(page)
    assert there(meeting) == [("Cia Mall", "", "", "guest", ", punkt 1–6")]


def test_who_changes_one_that_another_has_removed_is_told(as_coordinator: Client, meeting: Meeting) -> None:
    add(as_coordinator, meeting, "Cia Mall")
    cia = Presence.objects.get()
    old = sheet(as_coordinator, meeting)
    send(as_coordinator, meeting, {}, strike=cia.pk)

    untouched = words(send(as_coordinator, meeting, old))
    changed = words(send(as_coordinator, meeting, old | {f"{cia.anchor}-last": "6"}))

    assert "Inget var ändrat." in untouched
    assert "En deltagare som du ändrade är redan borttagen. Inget är sparat." in changed
    assert there(meeting) == []


def test_adding_is_undone_for_all_and_removing_brings_back_every_word(as_coordinator: Client, meeting: Meeting) -> None:
    undo(as_coordinator, add(as_coordinator, meeting, THREE))
    assert there(meeting) == []

    add(as_coordinator, meeting, "Bo Prov, chef, drift, Trafikverket", **{"fler-first": "4"})
    removed = send(as_coordinator, meeting, {}, strike=Presence.objects.get().pk)
    assert "Bo Prov är borttagen." in words(removed)
    undo(as_coordinator, removed)
    assert there(meeting) == [("Bo Prov", "chef, drift", "Trafikverket", "guest", ", från punkt 4")]


def test_several_whose_adding_was_taken_back_all_come_back_by_another_undo(
    as_coordinator: Client, meeting: Meeting, outsider: Member, deputy: Member
) -> None:
    people = f"{THREE}\n{deputy}, , Tekniska förvaltningen"
    taken_back = undo(as_coordinator, add(as_coordinator, meeting, people, **{"fler-member": outsider.pk}))
    assert there(meeting) == []

    undo(as_coordinator, taken_back)

    assert sorted((name, title, home) for name, title, home, _, _ in there(meeting)) == [
        ("Anna Exempel", "kurator", "Polisen"),
        ("Bo Prov", "projektledare", "Trafikverket"),
        ("Cia Mall", "", ""),
        ("Gun Prototyp", "", "Tekniska förvaltningen"),
        ("Per Modell", "", str(outsider.organisation)),
    ]
    assert {one.member for one in Presence.objects.exclude(member=None)} == {outsider, deputy}


def test_one_is_noted_once_and_two_of_a_name_come_from_two_places(as_coordinator: Client, meeting: Meeting) -> None:
    add(as_coordinator, meeting, "Bo Prov, Polisen\nBo Prov, , Trafikverket\nBo Prov, , Region Jönköping")
    assert len(there(meeting)) == 3

    page = words(add(as_coordinator, meeting, "BO PROV, chef, Polisen"))

    assert "Bo Prov är redan noterad för Polisen. Ingen kan noteras på två ställen." in page
    assert len(there(meeting)) == 3


def test_the_database_holds_it(meeting: Meeting, police: Organisation) -> None:
    named = {"meeting": meeting, "name": "Bo Prov", "items": "[1,)", "capacity": "none"}
    Presence.objects.create(organisation=police, part="speaks", **named)

    for wrong in (
        named | {"organisation": police, "part": "takes_part", "name": "bo prov"},  # once more
        named | {"organisation": police, "part": "speaks", "name": "Anna"},  # two speak
        named | {"organisation": police, "part": "takes_part", "name": ""},  # nobody
        named | {"organisation": None, "part": "takes_part", "name": "Anna"},  # of nowhere, and no guest
        named | {"organisation": police, "part": "takes_part", "name": "Anna", "home": "Regionen"},
        named | {"organisation": police, "part": "takes_part", "name": "Anna", "capacity": "ordinary"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Presence.objects.create(**wrong)


def test_nobody_is_added_to_a_closed_meeting(as_coordinator: Client, meeting: Meeting) -> None:
    have_closed()

    assert "Närvaron kan inte ändras." in words(add(as_coordinator, meeting, "Cia Mall"))
    assert there(meeting) == []


def test_too_many_lines_are_refused_in_words(meeting: Meeting) -> None:
    table = rows(meeting)
    assert len(in_words("\n".join(f"Namn {n:03}" for n in range(100)), table)) == 100

    with pytest.raises(ValidationError, match=r"Det är 101 rader\. Skriv högst 100 åt gången\."):
        in_words("\n".join(f"Namn {n:03}" for n in range(101)), table)


@pytest.mark.parametrize("line", ["Anna Exempel <anna@prov.exempel.se>", "Anna Exempel anna@prov.exempel.se, kurator"])
def test_an_address_that_comes_along_with_a_name_is_told_of_and_not_kept(meeting: Meeting, line: str) -> None:
    with pytest.raises(ValidationError, match="Närvaron har inga e-postadresser"):
        in_words(line, rows(meeting))


@pytest.mark.parametrize("line", ["adjungerad", "Invånare, Jouren"])
def test_as_what_somebody_is_there_is_no_name(meeting: Meeting, line: str) -> None:
    with pytest.raises(ValidationError, match="säger inte vem det är"):
        in_words(line, rows(meeting))


def test_the_state_is_told_where_only_a_further_participant_is_there(meeting: Meeting, police: Organisation) -> None:
    [anna, *_] = table_of(meeting)
    admit(meeting, anna, by=a_coordinator())

    row = next(row for row in rows(meeting) if row.organisation == police)

    assert row.state == OrganisationAtMeeting.State.UNNOTED
    assert row_state(row).rest.endswith("Även Anna Exempel, kurator.")


@pytest.mark.parametrize("people", ["Anna Exempel, kurator, Polisen\nBo Prov, Polisen", "Ali Ritning, Polisen"])
def test_who_came_to_speak_by_being_added_is_taken_back_with_what_it_made_of_the_organisation(
    as_coordinator: Client, meeting: Meeting, police: Organisation, people: str
) -> None:
    row_of(meeting, police).note(state="absent", by=a_coordinator())
    before = noted(meeting)
    page = add(as_coordinator, meeting, people)
    added, count = noted(meeting), Presence.objects.count()

    taken_back = undo(as_coordinator, page)
    assert (noted(meeting), Presence.objects.count()) == (before, 0)
    assert "redan borttagen" not in words(taken_back)

    undo(as_coordinator, taken_back)
    assert (noted(meeting), Presence.objects.count()) == (added, count)


# Those who present something


def test_those_who_present_are_offered_and_noted_by_a_tick(
    as_coordinator: Client, meeting: Meeting, coordinator: Member, outsider: Member, deputy: Member
) -> None:
    bo, cia = NamedPerson("Bo Prov", "ordförande", "Polisen"), NamedPerson("Cia Mall")
    items = AgendaItem.objects.filter(pk=AgendaItemFactory(meeting=meeting, title="Nattvandring").pk)
    let_present(items, bo, cia, outsider, deputy, coordinator)
    house = IssueFactory()
    restrict(house, reason="Kan kännas igen.", named=[coordinator.pk], by=a_coordinator())
    hidden = AgendaItemFactory(meeting=meeting, kind="issue", issue=house)
    let_present(AgendaItem.objects.filter(pk=hidden.pk), NamedPerson("Hemliga Huset"))
    note_expected(meeting, by=a_coordinator())

    form = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).context["sheet"].added
    offered = {words: key for key, words in form.fields["presenting"].choices}

    assert sorted(words.split(",")[0] for words in offered) == sorted(["Bo Prov", "Cia Mall", f"{outsider}"])
    page = words(add(as_coordinator, meeting, "", **{"fler-presenting": [*offered.values()]}))
    assert {(one[0], one[2], one[3]) for one in there(meeting)} == {
        ("Bo Prov", "Polisen", "takes_part"),
        ("Cia Mall", "", "guest"),
        (f"{outsider}", f"{outsider.organisation or ''}", "guest"),
    }
    assert "De som föredrar en punkt" not in page


def test_where_nobody_presents_nobody_is_offered(as_coordinator: Client, meeting: Meeting) -> None:
    assert "De som föredrar en punkt" not in words(
        as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))
    )
