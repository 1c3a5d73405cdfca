"""What is typed in the room goes with nothing: the database deletes what is emptied alone, and forms leave that be."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.forms.draft import LATE, ItemDraftForm
from meetings.models import AgendaItem, ItemDraft, Meeting, RoundNote, fixed
from members.actor import Actor
from members.models import Member, Organisation
from tests.meetings.meetings import write
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db


def test_a_draft_is_deleted_when_it_is_emptied_alone(item: AgendaItem, coordinator: Member) -> None:
    by = Actor.of(coordinator)
    ItemDraft.keep(item, "decision", texts={"to": "Polisen"}, chosen={}, version=0, by=by)
    ItemDraft.keep(item, "priority", texts={}, chosen={"need": ["3"]}, version=0, by=by)

    for part in ("decision", "priority"):
        with pytest.raises(IntegrityError, match="Det finns ett utkast på punkten"):
            _delete(ItemDraft.objects.get(part=part))

    ItemDraft.keep(item, "decision", texts={"to": ""}, chosen={"kind": ["other"]}, version=1, by=by)
    ItemDraft.keep(item, "priority", texts={}, chosen={}, version=1, by=by)
    ItemDraft.objects.all().delete()
    assert not ItemDraft.objects.exists()


def test_every_column_that_is_typed_in_keeps_a_draft() -> None:
    assert {*fixed.DRAFTED} == {*ItemDraft.COLUMNS}
    assert {*fixed.CHOSEN} == {str(part) for part in ItemDraft.CHOSEN_ALONE}


def test_what_an_organisation_said_is_deleted_when_it_is_emptied_alone(
    item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    around = item.meeting.items.get(heading__rule="round", kind=AgendaItem.Kind.HEADING)
    note = RoundNote.write(around, technical, text="Lugnt.", version=0, by=Actor.of(coordinator))

    with pytest.raises(IntegrityError, match="laget runt"):
        _delete(note)

    RoundNote.write(around, technical, text="", version=1, by=Actor.of(coordinator)).delete()
    assert not RoundNote.objects.exists()


def test_a_form_that_is_sent_leaves_rows_that_are_empty(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    without = _statements(as_coordinator, item, "Ett")
    by = Actor.of(coordinator)
    for part in ("decision", "action", "opens"):
        ItemDraft.keep(item, part, texts={}, chosen={}, version=0, by=by)

    assert _statements(as_coordinator, item, "Två") == without


def _delete(row: ItemDraft | RoundNote) -> None:
    with transaction.atomic():
        row.delete()


def _statements(client: Client, item: AgendaItem, note: str) -> int:
    """How many statements it takes to write the note with the item's form."""
    item.refresh_from_db()
    with CaptureQueriesContext(connection) as sent:
        write(client, item, note=note, version=item.note_version)
    return len(sent)


def test_what_is_kept_just_as_the_meeting_closes_is_told_to_be_late(item: AgendaItem, coordinator: Member) -> None:
    sent = QueryDict(mutable=True)
    sent.update({"text": "Vi ses på plats", "version": "0"})
    form = ItemDraftForm(sent, item=item, part="decision", by=coordinator)
    close(Meeting.objects.get(pk=item.meeting_id), coordinator)

    assert form.keep()
    assert form.reply["message"] == LATE.format("minnesanteckningarna")
