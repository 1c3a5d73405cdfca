"""Notes on an issue are the group's own: written by its members, read by nobody else, and found by nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from base.records import Conflict, EditConflict
from issues.models import AccessGrant, Issue, Note
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import undo
from tests.past import history_of

NOTED = "Ringde Trafikverket, de återkommer"


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(title="Mörkt i tunneln")


@pytest.fixture
def note(issue: Issue, representative: Member) -> Note:
    return Note.write(issue, text=NOTED, by=Actor.of(representative))


def page(client: Client, issue: Issue) -> str:
    return client.get(issue.get_absolute_url()).content.decode()


def read(client: Client, address: str) -> str:
    """What the page says, without its markup and keys."""
    return " ".join(strip_tags(client.get(address).content.decode().partition("<main")[2]).split())


def test_a_member_of_the_group_writes_and_is_taken_back_to_the_issue_with_undo(
    as_representative: Client, issue: Issue, representative: Member
) -> None:
    response = as_representative.post(f"/arenden/{issue.number}/anteckna/", {"text": NOTED}, follow=True)

    note = Note.objects.get()
    assert response.redirect_chain == [(issue.get_absolute_url(), 302)]
    assert (note.text, note.by, note.issue) == (NOTED, representative, issue)
    html = response.content.decode()
    assert NOTED in html
    assert f"/anteckningar/{note.pk}/aterta/" in html


def test_the_group_reads_it_in_the_timeline_in_its_place(
    as_officer: Client, issue: Issue, note: Note, coordinator: Member
) -> None:
    issue.pause(reason="Till våren.", by=Actor.of(coordinator))

    html = page(as_officer, issue)

    assert html.index("Till våren.") < html.index(f"Anteckning: {NOTED}")
    assert "Omar Prov, Tekniska förvaltningen" in html


def test_neither_handler_nor_reader_sees_it_or_that_something_was_written(
    as_handler: Client, as_reader: Client, issue: Issue, housing: Organisation, representative: Member
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    addresses = [issue.get_absolute_url(), "/arenden/?lage=alla"]
    before = [read(client, address) for client in (as_handler, as_reader) for address in addresses]

    Note.write(issue, text=NOTED, by=Actor.of(representative), at=timezone.now() + timedelta(hours=2))

    after = [read(client, address) for client in (as_handler, as_reader) for address in addresses]
    assert after == before


def test_the_search_finds_it_for_the_group_alone(
    as_officer: Client, as_handler: Client, as_reader: Client, note: Note, housing: Organisation
) -> None:
    ActionFactory(issue=note.issue, assignment__organisation=housing)

    found = [
        "Anteckningar" in client.get("/sok/?q=trafikverket").content.decode() for client in (as_officer, as_reader)
    ]

    assert found == [True, False]
    assert "Inget stämmer" in as_handler.get("/sok/?q=trafikverket").content.decode()


def test_in_a_restricted_issue_it_is_for_those_who_are_named(
    as_officer: Client, as_representative: Client, representative: Member
) -> None:
    issue = IssueFactory(restricted=True)
    AccessGrant.objects.create(issue=issue, member=representative)
    Note.write(issue, text=NOTED, by=Actor.of(representative))

    found = [
        NOTED.split(",")[0]
        in client.get("/sok/?q=trafikverket").content.decode().replace("<mark>", "").replace("</mark>", "")
        for client in (as_representative, as_officer)
    ]

    assert found == [True, False]
    assert Note.objects.visible_to(representative).count() == 1


def test_correcting_says_when_and_only_the_writer_is_offered_it(
    as_representative: Client, as_officer: Client, note: Note
) -> None:
    address = f"/anteckningar/{note.pk}/ratta/"
    assert [address in page(client, note.issue) for client in (as_representative, as_officer)] == [True, False]

    as_representative.post(address, {"text": "Ringde väghållaren", "version": note.version})

    html = page(as_officer, note.issue)
    assert "Ringde väghållaren (rättad" in html
    assert NOTED not in html


def test_correcting_over_what_another_tab_has_saved_is_refused(note: Note, representative: Member) -> None:
    version = note.version
    note.correct(text="Ringde väghållaren", by=Actor.of(representative))

    with pytest.raises(EditConflict):
        note.correct(text="Ringde igen", by=Actor.of(representative), version=version)

    assert Note.objects.get().text == "Ringde väghållaren"


def test_taken_back_its_words_are_gone_and_that_it_was_there_is_told(
    as_representative: Client, as_officer: Client, note: Note
) -> None:
    as_representative.post(f"/anteckningar/{note.pk}/aterta/")

    html = page(as_officer, note.issue)
    assert "Anteckningen är tillbakatagen." in html
    assert NOTED not in html
    assert "Anteckningar" not in as_officer.get("/sok/?q=trafikverket").content.decode()
    assert Note.objects.get().text == ""


def test_an_old_undo_does_not_take_back_what_was_corrected_since(
    as_representative: Client, issue: Issue, representative: Member
) -> None:
    written = as_representative.post(f"/arenden/{issue.number}/anteckna/", {"text": NOTED}, follow=True)
    Note.objects.get().correct(text="Ringde väghållaren", by=Actor.of(representative))

    page = undo(as_representative, written).content.decode()

    assert Note.objects.get().text == "Ringde väghållaren"
    assert "Omar Prov ändrade det här i dag" in page


def test_what_is_taken_back_is_neither_corrected_nor_taken_back_again(note: Note, representative: Member) -> None:
    by = Actor.of(representative)
    note.withdraw(by=by)

    with pytest.raises(Conflict, match="Anteckningen är tillbakatagen"):
        note.correct(text="Ringde igen", by=by)
    with pytest.raises(Conflict, match="Anteckningen är tillbakatagen"):
        note.withdraw(by=by)


def test_the_history_of_one_that_is_taken_back_has_none_of_its_words(note: Note, representative: Member) -> None:
    by = Actor.of(representative)
    other = Note.write(note.issue, text="Mätte ljuset", by=by)
    note.correct(text="Ringde Trafikverket två gånger", by=by)
    assert NOTED in history_of(note).values_list("text", flat=True)

    note.withdraw(by=by)

    assert [*history_of(note).values_list("text", "updated_by")] == [("", representative.pk)] * 3
    assert [*history_of(other).values_list("text", flat=True)] == ["Mätte ljuset"]


def test_a_closed_issue_takes_no_notes_but_lets_one_be_taken_back(note: Note, representative: Member) -> None:
    by = Actor.of(representative)
    note.issue.close(by=a_coordinator(), outcome="solved", feedback="Det lyser.")

    with pytest.raises(Conflict, match="Ärendet är avslutat"):
        Note.write(note.issue, text="Ringde igen", by=by)
    with pytest.raises(Conflict, match="Ärendet är avslutat"):
        note.correct(text="Ringde igen", by=by)
    note.withdraw(by=by)

    assert [each.text for each in Note.objects.all()] == [""]


@pytest.mark.parametrize("state", ["new", "open", "on_hold", "closed"])
def test_only_the_group_is_offered_to_write_and_only_in_an_open_issue(
    state: str, as_representative: Client, as_coordinator: Client, as_reader: Client
) -> None:
    issue = IssueFactory(state=state)
    address = f"/arenden/{issue.number}/anteckna/"

    offered = [address in page(client, issue) for client in (as_representative, as_coordinator, as_reader)]

    assert offered == [state != "closed", state != "closed", False]


def test_who_saved_the_issue_last_is_not_told_by_a_note_of_hers(issue: Issue, coordinator: Member) -> None:
    by = Actor.of(coordinator)
    issue.change(title="Mörkt i södra tunneln", by=by)
    Note.write(issue, text=NOTED, by=by)

    assert issue.last_saved().what == "Ändrat: rubrik."
