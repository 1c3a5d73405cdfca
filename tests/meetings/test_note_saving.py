"""The note that is saved while one types: what the script asks for and is answered."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.forms.draft import LATE
from meetings.models import AgendaItem, Meeting
from meetings.models.agenda import MERGE
from members.actor import Actor
from members.models import Member
from tests.factories import have_closed
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close
from tests.pages import Response

pytestmark = pytest.mark.django_db


def keep(client: Client, item: AgendaItem, note: str, version: int = 0) -> Response:
    return client.post(reverse("meetings:note_save", args=[item.pk]), {"note": note, "version": version})


def test_a_note_is_kept_as_it_is_typed(as_coordinator: Client, item: AgendaItem) -> None:
    first = keep(as_coordinator, item, "Armaturerna").json()
    second = keep(as_coordinator, item, "Armaturerna är beställda.", version=int(first["version"])).json()

    assert (first["kept"], first["version"]) == (True, "1")
    assert second["message"].startswith("Sparat ")
    item.refresh_from_db()
    assert (item.note, item.note_version, item.is_discussed) == ("Armaturerna är beställda.", 2, False)


def test_the_same_note_sent_again_on_a_bad_line_changes_nothing(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, "Armaturerna")

    assert keep(as_coordinator, item, "Armaturerna").json()["kept"]

    item.refresh_from_db()
    assert item.note_version == 1


def test_another_writers_words_are_told_and_never_written_over(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))

    reply = keep(as_coordinator, item, "Min text").json()

    at = timezone.localtime(item.noted_at)
    assert reply == {
        "kept": False,
        "message": f"Omar Prov ändrade noteringen i dag {at:%H.%M}, medan du skrev. {MERGE}",
        "version": "1",
        "theirs": "Deras text",
        "found": "",
    }
    item.refresh_from_db()
    assert item.note == "Deras text"


def test_that_another_writer_emptied_the_note_is_told_too(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))
    item.write_note(text="", version=1, by=Actor.of(representative))

    reply = keep(as_coordinator, item, "Min text").json()

    assert (reply["kept"], reply["version"], reply["theirs"]) == (False, "2", "Ingenting. Noteringen är tömd.")


def test_a_meeting_that_has_closed_says_so(as_coordinator: Client, item: AgendaItem, representative: Member) -> None:
    close(item.meeting, representative)

    reply = keep(as_coordinator, item, "För sent").json()

    assert (reply["kept"], reply["theirs"], reply["message"]) == (True, "", LATE.format("minnesanteckningarna"))
    item.refresh_from_db()
    assert item.note == ""
    assert item.drafts.get().note == "För sent"
    assert "För sent" in words(as_coordinator.get(item.get_absolute_url()))


def test_a_note_too_long_says_how_much(as_coordinator: Client, item: AgendaItem) -> None:
    reply = keep(as_coordinator, item, "x" * 8003).json()

    assert (reply["kept"], reply["message"]) == (False, "Texten är 3 tecken för lång. Det får plats 8\u202f000.")


def test_an_item_that_was_removed_is_put_back_with_what_was_written_on_it(
    as_coordinator: Client, item: AgendaItem
) -> None:
    AgendaItem.objects.filter(pk=item.pk).update(removed=True)

    write(as_coordinator, item, note="Det jag skrev", then="restore")

    item.refresh_from_db()
    assert (item.removed, item.note) == (False, "Det jag skrev")


def test_a_note_that_is_too_long_is_not_sent_again_over_another(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))

    refused = write(as_coordinator, item, note="x" * 8001, version="0")
    write(as_coordinator, item, note="Min text", version=refused.context["form"]["version"].value())

    item.refresh_from_db()
    assert item.note == "Deras text"


def test_a_refusal_of_something_else_never_makes_an_old_note_the_newest(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))
    have_closed()
    refused = write(as_coordinator, item, note="Min text", version="0")
    Meeting.objects.update(state=Meeting.State.UNDER_WAY, closed_at=None)

    told = write(as_coordinator, item, note="Min text", version=refused.context["form"]["version"].value())

    item.refresh_from_db()
    assert item.note == "Deras text"
    assert MERGE in words(told)
