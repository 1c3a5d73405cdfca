"""Two who write on one item at the same time: nobody's draft is written over by one who has not read it."""

from __future__ import annotations

from threading import Event as Signal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from base.records import Conflict
from meetings.agenda.ordering import remove_line
from meetings.deciding import make_issue
from meetings.foreseen import preview
from meetings.forms.item import ItemForm
from meetings.models import AgendaItem, Decision, DraftConflict, ItemDraft
from meetings.reopening import unclose_meeting
from meetings.unwritten import empty_rows_gone
from members.actor import Actor
from members.models import Member
from tests.at_once import at_once, waits_for_a_row
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close
from tests.meetings.test_item_drafts import HALF, THEIRS, form, keep, theirs
from tests.pages import Response

pytestmark = pytest.mark.django_db

NOTE = "Armaturerna är beställda."


def versions(response: Response) -> dict[str, str]:
    """What the page that refused sends with its next saving."""
    form = response.context["form"]
    return {name: form[name].value() for name in ("version", "decision_version", "action_version", "issue_version")}


def test_one_who_is_refused_over_a_note_is_told_of_their_decision_as_well(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    theirs(item, representative, text=THEIRS)
    item.write_note(text=NOTE, version=0, by=Actor.of(representative))

    refused = write(as_coordinator, item, note="Mitt.", version="0", text=HALF, decision_version="0")
    both = write(as_coordinator, item, note=f"{NOTE} Mitt.", text=HALF, **versions(refused))

    assert versions(refused)["version"] == "1"
    assert THEIRS in words(both)
    assert ItemDraft.objects.get().text == THEIRS
    assert not Decision.objects.exists()
    write(as_coordinator, item, note=f"{NOTE} Mitt.", text=HALF, **versions(both))
    assert Decision.objects.get().text == f"{HALF}."


def test_one_who_is_refused_over_a_decision_is_told_of_their_action_as_well(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    theirs(item, representative, text=THEIRS)
    theirs(item, representative, "action", what="Laga räcket")

    refused = write(as_coordinator, item, text=HALF, decision_version="0", action_version="")

    sent = versions(refused)
    assert (sent["decision_version"], sent["action_version"]) == ("1", "0")


def test_one_who_has_something_to_put_right_has_not_read_what_came_meanwhile(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    theirs(item, representative, text=THEIRS)

    wrong = write(as_coordinator, item, kind="pause", text="", decision_version="")
    told = write(as_coordinator, item, kind="pause", text=HALF, **versions(wrong))

    assert "Skriv varför gruppen avvaktar." in words(wrong)
    assert THEIRS in words(told)
    assert not Decision.objects.exists()


def late(client: Client, item: AgendaItem, note: str, version: object) -> Any:
    """What the script is answered when it saves the note."""
    return client.post(reverse("meetings:note_save", args=[item.pk]), {"note": note, "version": version}).json()


def test_a_late_note_is_written_over_no_other_late_note(
    as_coordinator: Client, item: AgendaItem, coordinator: Member, representative: Member
) -> None:
    item.write_note(text=NOTE, version=0, by=Actor.of(coordinator))
    close(item.meeting, coordinator)
    theirs(item, representative, "note", note=f"{NOTE} Räcket lagas.")

    told = late(as_coordinator, item, f"{NOTE} Lampan byts.", 1)

    assert (told["kept"], told["theirs"]) == (False, f"{NOTE} Räcket lagas.")
    assert late(as_coordinator, item, f"{NOTE} Räcket lagas. Lampan byts.", told["version"])["kept"]


def test_what_was_late_goes_over_no_note_when_the_closing_is_undone(
    as_coordinator: Client, item: AgendaItem, coordinator: Member, representative: Member
) -> None:
    item.write_note(text=NOTE, version=0, by=Actor.of(coordinator))
    close(item.meeting, coordinator)
    first = late(as_coordinator, item, f"{NOTE} Rä", 1)
    second = late(as_coordinator, item, f"{NOTE} Räcket", first["version"])
    unclose_meeting(item.meeting, by=Actor.of(coordinator))
    item.refresh_from_db()
    item.write_note(text="Deras text.", version=1, by=Actor.of(representative))

    told = late(as_coordinator, item, f"{NOTE} Räcket lagas.", second["version"])

    assert (first["kept"], second["kept"]) == (True, True)
    assert (told["kept"], told["theirs"], told["version"]) == (False, "Deras text.", "2")
    item.refresh_from_db()
    assert item.note == "Deras text."


def test_what_another_has_only_chosen_becomes_nobodys_decision(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    ItemDraft.keep(item, "decision", texts={}, chosen={"kind": ["pause"]}, version=0, by=Actor.of(representative))

    shown = form(as_coordinator, item)
    kind, version = shown["kind"].value() or "", shown["decision_version"].value()
    write(as_coordinator, item, note=NOTE, then="next", kind=kind, decision_version=version)

    assert not Decision.objects.exists()
    item.refresh_from_db()
    assert item.note == NOTE


def sending(item: AgendaItem, by: Member) -> ItemForm:
    """The form with a decision, read by the register and not saved yet."""
    typed = {"note": item.note, "version": item.note_version, "then": "stay", "text": HALF, "kind": "other"}
    return ItemForm(typed, item=item, by=by)


def test_what_is_kept_while_its_form_is_sent_is_no_draft_afterwards(item: AgendaItem, coordinator: Member) -> None:
    sent = sending(item, coordinator)
    theirs(item, coordinator, text=HALF)

    assert sent.is_valid()
    sent.save()

    assert Decision.objects.get().text == f"{HALF}."
    assert not ItemDraft.objects.get().is_filled


def test_what_another_keeps_while_a_form_is_sent_is_read_before_it_is_saved(
    item: AgendaItem, coordinator: Member, representative: Member
) -> None:
    sent = sending(item, coordinator)
    theirs(item, representative, text=THEIRS)

    assert sent.is_valid()
    with pytest.raises(DraftConflict):
        sent.save()


def test_a_draft_that_has_no_field_any_longer_is_read_and_discarded(
    as_coordinator: Client, topic: AgendaItem, representative: Member
) -> None:
    theirs(topic, representative, "issue", title="Räcket vid bron")
    make_issue(topic, by=Actor.of(representative), title="Räcket")
    topic.refresh_from_db()

    page = as_coordinator.get(topic.get_absolute_url())
    write(as_coordinator, topic, note=NOTE)
    stands = as_coordinator.get(topic.get_absolute_url())
    told = words(write(as_coordinator, topic, note=NOTE, version=1, issue_version="1"))

    assert "Utkastet är slängt. Så stod det, om du vill ha kvar orden: Ärende av punkten: ”Räcket vid bron”" in told
    button = '<button class="button quiet" name="issue_version" value="1">'
    assert [button in each.content.decode() for each in (page, stands)] == [True, True]
    assert "Räcket vid bron" in words(page)
    assert not ItemDraft.objects.get().is_filled
    assert "Räcket vid bron" not in words(as_coordinator.get(topic.get_absolute_url()))


def removed(client: Client, item: AgendaItem) -> Response:
    return client.post(reverse("meetings:agenda_remove", args=[item.meeting_id]), {"line": item.key}, follow=True)


def test_an_item_on_which_somebody_writes_a_decision_is_not_removed(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    theirs(item, representative, text=THEIRS)

    told = removed(as_coordinator, item)

    assert "Det finns ett utkast på punkten, och det är inte sparat. Spara eller töm det först" in words(told)
    item.refresh_from_db()
    assert not item.removed
    assert [draft.text for draft in preview(item.meeting, representative).unsent] == [THEIRS]
    theirs(item, representative, version=1, text="")
    removed(as_coordinator, item)
    item.refresh_from_db()
    assert item.removed


def test_one_who_begins_a_decision_on_an_item_that_is_removed_is_told(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    removed(as_coordinator, item)

    reply = keep(as_coordinator, item, text=HALF).json()

    assert not reply["kept"]
    assert reply["message"].startswith("Punkten är borttagen från dagordningen (Maja Exempel")
    assert not ItemDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_somebody_begins_to_write_while_the_item_is_removed_is_refused(
    item: AgendaItem, coordinator: Member, representative: Member
) -> None:
    locked = Signal()

    def remove() -> None:
        with transaction.atomic():
            remove_line(item.meeting, item.key, by=Actor.of(coordinator))
            locked.set()
            waits_for_a_row()

    def begin() -> None:
        locked.wait(timeout=10)
        theirs(item, representative, text=THEIRS)

    _, refused = at_once(remove, begin)

    assert isinstance(refused, Conflict)
    assert not ItemDraft.objects.exists()


def test_words_that_are_kept_while_an_unwritten_item_is_taken_away_keep_it(
    item: AgendaItem, coordinator: Member
) -> None:
    theirs(item, coordinator, "action", what="")
    theirs(item, coordinator, text=HALF)

    empty_rows_gone([item])

    assert [draft.text for draft in ItemDraft.objects.filter(item=item)] == [HALF]
    with pytest.raises(ProtectedError):
        item.delete()


def test_what_is_typed_at_a_point_that_went_with_the_start_is_refused_in_words(
    item: AgendaItem, coordinator: Member
) -> None:
    gone = AgendaItem.objects.get(pk=item.pk)
    AgendaItem.objects.filter(pk=item.pk).delete()

    with pytest.raises(Conflict, match="starten av mötet ångrades"):
        ItemDraft.keep(gone, "decision", texts={"text": HALF}, chosen={}, version=0, by=Actor.of(coordinator))
