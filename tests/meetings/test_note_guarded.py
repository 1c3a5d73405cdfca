"""What the guard finds in a note of the room: it is saved first, and told with the answer or on the page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from base.ui.models import KeptPassage
from meetings.models import AgendaItem
from members.actor import Actor
from members.models import Member
from tests.meetings.meetings import write
from tests.pages import Response
from tests.the import the

pytestmark = pytest.mark.django_db

PHONE, OTHER_PHONE = "070-174 06 05", "070-174 06 06"


def note_of(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.note


def write_again(client: Client, item: AgendaItem, **typed: object) -> Response:
    item.refresh_from_db()
    return write(client, item, **typed)


def answers(page: Response) -> dict[str, str]:
    """What the page has for what was found in the note, as it is sent where nothing is chosen."""
    return {one.name: "asked" for one in page.context["form"].found["note"].all}


def test_the_script_is_answered_that_it_is_saved_and_what_was_found(as_coordinator: Client, item: AgendaItem) -> None:
    typed = {"note": f"Ring {PHONE}.", "version": 0}

    reply = as_coordinator.post(reverse("meetings:note_save", args=[item.pk]), typed).json()

    assert (reply["kept"], note_of(item)) == (True, f"Ring {PHONE}.")
    assert f"<mark>{PHONE}</mark>" in reply["found"]


def test_without_a_script_the_note_is_saved_and_the_page_tells_what_stands_in_it(
    as_coordinator: Client, item: AgendaItem
) -> None:
    page = write(as_coordinator, item, note=f"Ring {PHONE}.")

    assert note_of(item) == f"Ring {PHONE}."
    assert "I noteringen står något som ser ut som ett telefonnummer." in page.content.decode()
    assert f"<mark>{PHONE}</mark>" in page.content.decode()


def test_what_else_was_found_in_the_form_is_asked_about_before_anything_is_saved(
    as_coordinator: Client, item: AgendaItem
) -> None:
    page = write(as_coordinator, item, note=f"Ring {PHONE}.", text=f"Någon ringer {OTHER_PHONE}.")

    assert (note_of(item), item.decisions.count()) == ("", 0)
    assert page.content.decode().count("<mark>") == 2


def test_what_is_removed_on_the_page_is_gone_from_the_note(as_coordinator: Client, item: AgendaItem) -> None:
    (name,) = answers(write(as_coordinator, item, note=f"Ring {PHONE}."))

    page = write_again(as_coordinator, item, note=f"Ring {PHONE}.", **{name: "remove"})

    assert note_of(item) == "Ring [telefonnummer]."
    assert "<mark>" not in page.content.decode()


def test_what_is_kept_there_is_not_told_again_to_her(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    (name,) = answers(write(as_coordinator, item, note=f"Ring {PHONE}."))

    page = write_again(as_coordinator, item, note=f"Ring {PHONE}.", **{name: "keep"})

    assert "<mark>" not in page.content.decode()
    [kept] = KeptPassage.objects.all()
    assert (kept.by, kept.kind, kept.field) == (coordinator, "phone", f"ItemNoteForm.note {item.pk}")


def test_a_number_that_was_kept_in_one_note_is_told_in_another(as_coordinator: Client, item: AgendaItem) -> None:
    (name,) = answers(write(as_coordinator, item, note=f"Ring {PHONE}."))
    write_again(as_coordinator, item, note=f"Ring {PHONE}.", **{name: "keep"})
    other = the(item.meeting.items.exclude(pk=item.pk).first())

    page = write(as_coordinator, other, note=f"Ring {PHONE}.")

    assert f"<mark>{PHONE}</mark>" in page.content.decode()


def test_one_who_only_reads_is_told_nothing_of_the_note(
    as_representative: Client, item: AgendaItem, coordinator: Member
) -> None:
    item.write_note(text=f"Ring {PHONE}.", version=0, by=Actor.of(coordinator))

    page = as_representative.get(item.get_absolute_url())

    assert (page.status_code, PHONE in page.content.decode()) == (200, False)
