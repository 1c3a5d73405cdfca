"""What each organisation says in the round: written in the room under its name, and told in the minutes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.documents.tree import Paragraph
from base.records import Conflict, NotAllowed
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.minutes.document import minutes_document
from meetings.minutes.editions import Edition
from meetings.models import AgendaItem, Meeting, RoundNote, RoundNoteConflict
from meetings.unwritten import WRITTEN, why_written_in
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import MemberFactory, NilReportFactory, ObservationFactory, OrganisationFactory, SeatFactory
from tests.meetings.meetings import under_way, words
from tests.pages import text_of

pytestmark = pytest.mark.django_db

OURS, THEIRS = "Nya lampor i tunneln.", "Lamporna kommer i mars."


@pytest.fixture
def police() -> Organisation:
    police = OrganisationFactory(name="Polisen")
    SeatFactory(organisation=police, member=MemberFactory(name="Ali Ritning", organisation=police))
    return police


@pytest.fixture
def calm() -> Organisation:
    return OrganisationFactory(name="Lugna gatan")


@pytest.fixture
def item(police: Organisation, coordinator: Member) -> AgendaItem:
    meeting = under_way(coordinator)
    note_expected(meeting, by=Actor.of(coordinator))
    return meeting.items.get(heading__key="round")


def say(item: AgendaItem, organisation: Organisation, by: Member, *, text: str = THEIRS, version: int = 0) -> RoundNote:
    return RoundNote.write(item, organisation, text=text, version=version, by=Actor.of(by))


def typed(item: AgendaItem, organisation: Organisation, text: str, version: int = 0) -> dict[str, object]:
    name = f"round_{organisation.pk}"
    facts = {"note": item.note, "version": item.note_version, "then": "stay"}
    return {**facts, name: text, f"{name}_version": version}


def saved_alone(client: Client, item: AgendaItem, organisation: Organisation, text: str) -> dict[str, Any]:
    address = reverse("meetings:round_note_save", args=[item.pk, organisation.pk])
    answer = client.post(address, {f"round_{organisation.pk}": text, "version": 0})
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_every_organisation_of_the_meeting_has_a_field_with_who_is_here(
    as_coordinator: Client, item: AgendaItem, police: Organisation
) -> None:
    page = text_of(as_coordinator, item.get_absolute_url())

    asked = [row.organisation.pk for row in item.meeting.organisations.all()]
    assert [f'name="round_{pk}"' in page for pk in asked] == [True] * len(asked)
    assert police.pk in asked
    assert "Ali Ritning" in page.partition("Vad ska göras")[0]


def test_beside_each_field_stands_what_the_organisation_has_reported(
    as_coordinator: Client, calm: Organisation, item: AgendaItem, police: Organisation
) -> None:
    NilReportFactory(organisation=calm, by=MemberFactory(organisation=calm))
    ObservationFactory.create_batch(2, reporter=MemberFactory(organisation=police), organisation=police)

    page = words(as_coordinator.get(item.get_absolute_url()))
    lines = page[page.index("Notering Alt+N") : page.index("Beslut Alt+B")]
    assert "Två nya observationer." in lines[lines.index("Polisen") :]
    assert "Inget att rapportera." in lines[lines.index("Lugna gatan") : lines.index("Polisen")]


def test_no_other_item_asks_what_each_organisation_says(as_coordinator: Client, item: AgendaItem) -> None:
    other = item.meeting.items.get(heading__key="opening")
    assert 'name="round_' not in text_of(as_coordinator, other.get_absolute_url())


def test_what_is_said_is_saved_with_the_form(
    as_coordinator: Client, item: AgendaItem, police: Organisation, coordinator: Member
) -> None:
    as_coordinator.post(item.get_absolute_url(), typed(item, police, OURS))

    note = item.round_notes.get()
    assert (note.organisation, note.text, note.version, note.written_by) == (police, OURS, 1, coordinator)


def test_a_form_that_leaves_it_as_it_was_writes_over_nobody(
    as_coordinator: Client, item: AgendaItem, police: Organisation, representative: Member
) -> None:
    say(item, police, representative)

    as_coordinator.post(item.get_absolute_url(), {"note": "Vi pratade.", "version": 0, "then": "stay"})

    item.refresh_from_db()
    assert (item.note, item.round_notes.get().text) == ("Vi pratade.", THEIRS)


def test_two_who_write_of_the_same_organisation_read_both_texts(
    as_coordinator: Client, item: AgendaItem, police: Organisation, representative: Member
) -> None:
    say(item, police, representative)

    page = as_coordinator.post(item.get_absolute_url(), typed(item, police, OURS)).content.decode()

    assert item.round_notes.get().text == THEIRS
    assert (OURS in page, THEIRS in page, "ändrade det Polisen säger" in page) == (True, True, True)


def test_after_both_are_read_hers_is_saved_over_the_other(
    as_coordinator: Client, item: AgendaItem, police: Organisation, representative: Member
) -> None:
    say(item, police, representative)

    as_coordinator.post(item.get_absolute_url(), typed(item, police, f"{THEIRS} {OURS}", 1))

    assert item.round_notes.get().text == f"{THEIRS} {OURS}"


def test_as_one_types_it_is_saved_and_answered(as_coordinator: Client, item: AgendaItem, police: Organisation) -> None:
    told = saved_alone(as_coordinator, item, police, OURS)
    assert (told["kept"], told["version"], item.round_notes.get().text) == (True, "1", OURS)


def test_as_one_types_anothers_words_are_answered_and_stand(
    as_coordinator: Client, item: AgendaItem, police: Organisation, representative: Member
) -> None:
    say(item, police, representative)

    told = saved_alone(as_coordinator, item, police, OURS)

    assert (told["kept"], told["theirs"], told["version"]) == (False, THEIRS, "1")
    assert item.round_notes.get().text == THEIRS


def test_a_number_that_somebody_has_is_told_where_it_stands(
    as_coordinator: Client, item: AgendaItem, police: Organisation
) -> None:
    page = as_coordinator.post(
        item.get_absolute_url(), typed(item, police, "Ring 070-174 06 05."), follow=True
    ).content.decode()

    assert "I det Polisen säger står något som ser ut som ett telefonnummer" in page
    assert f'href="{item.get_absolute_url()}#id_round_{police.pk}_found"' in page


def test_an_organisation_that_is_not_of_the_meeting_says_nothing_there(
    as_coordinator: Client, item: AgendaItem
) -> None:
    outside = OrganisationFactory(name="Trafikverket", in_group=False)
    address = reverse("meetings:round_note_save", args=[item.pk, outside.pk])
    assert as_coordinator.post(address, {f"round_{outside.pk}": OURS, "version": 0}).status_code == 404


def test_nothing_is_said_at_another_item(item: AgendaItem, police: Organisation, coordinator: Member) -> None:
    with pytest.raises(NotAllowed, match="Skriv det i noteringen"):
        say(item.meeting.items.get(heading__key="opening"), police, coordinator)


def test_the_minutes_carry_the_words_of_each_under_its_name(
    as_representative: Client, item: AgendaItem, police: Organisation, coordinator: Member
) -> None:
    say(item, police, coordinator, text=OURS)
    minutes = close_meeting(item.meeting, by=Actor.of(coordinator))

    said = [each["said"] for each in minutes.content["headings"] if each["said"]]
    assert said == [[{"key": police.pk, "organisation": "Polisen", "text": OURS}]]
    page = text_of(as_representative, reverse("meetings:minutes_detail", args=[item.meeting_id]))
    assert f"<strong>Polisen:</strong> {OURS}" in page
    paragraphs = [block for block in minutes_document(Edition.of(minutes)).blocks if isinstance(block, Paragraph)]
    assert [each.text for each in paragraphs if each.lead == "Polisen:"] == [OURS]


def test_a_closed_meeting_takes_no_more_words(item: AgendaItem, police: Organisation, coordinator: Member) -> None:
    close_meeting(item.meeting, by=Actor.of(coordinator))
    with pytest.raises((NotAllowed, Conflict)):
        say(AgendaItem.objects.get(pk=item.pk), police, coordinator)


def test_a_draft_of_what_is_said_is_found_by_those_who_write_alone(
    as_coordinator: Client, as_representative: Client, item: AgendaItem, police: Organisation, coordinator: Member
) -> None:
    say(item, police, coordinator, text="Skogskyrkogården är mörk.")
    found = [
        "är mörk." in text_of(client, f"{reverse('search')}?q=skogskyrkogården")
        for client in (as_coordinator, as_representative)
    ]
    assert found == [True, False]


def test_a_start_where_something_is_said_is_not_undone(
    item: AgendaItem, police: Organisation, coordinator: Member
) -> None:
    say(item, police, coordinator)
    assert why_written_in(Meeting.objects.get(pk=item.meeting_id), coordinator) == WRITTEN


def test_two_versions_are_told_apart(item: AgendaItem, police: Organisation, coordinator: Member) -> None:
    say(item, police, coordinator)
    with pytest.raises(RoundNoteConflict) as refused:
        say(item, police, coordinator, text=OURS)
    assert (refused.value.version, refused.value.theirs) == (1, THEIRS)


def test_organisations_stand_in_the_order_of_the_names_that_are_shown(
    as_coordinator: Client, item: AgendaItem, calm: Organisation
) -> None:
    stays = OrganisationFactory(name="AB Ö-bostäder", short_name="Ö-bostäder")
    item.meeting.expect_organisations()

    room = words(as_coordinator.get(item.get_absolute_url()))
    start = words(as_coordinator.get("/"))

    for page in (room.split("Närvaro")[-1], start.split("Har inte rapporterat:")[1]):
        names = ["Lugna gatan", "Polisen", stays.called]
        assert sorted(names, key=page.index) == names


def test_one_who_may_not_read_the_notes_yet_follows_the_meeting(as_representative: Client, item: AgendaItem) -> None:
    page = words(as_representative.get(item.get_absolute_url()))

    assert "Det som skrivs läggs ut när mötet är avslutat." in page
