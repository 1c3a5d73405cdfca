"""What is typed in the room and not yet a decision, an action or an issue: it is kept, and has no effect."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import NotAllowed
from base.records.freetext import WrittenMixin
from meetings.attendance import note_expected
from meetings.forms.item import ItemForm
from meetings.models import AgendaItem, Decision, ItemDraft
from meetings.reopening import unclose_meeting
from meetings.starting import unstart_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close
from tests.pages import Response

pytestmark = pytest.mark.django_db

HALF = "Tekniska sätter upp tillfällig"
THEIRS = "Vi väntar till våren."


def keep(client: Client, item: AgendaItem, part: str = "decision", version: int = 0, **typed: object) -> Response:
    return client.post(reverse("meetings:draft_save", args=[item.pk, part]), {**typed, "version": version})


def theirs(item: AgendaItem, by: Member, part: str = "decision", version: int = 0, **texts: str) -> None:
    ItemDraft.keep(item, part, texts=texts, chosen={}, version=version, by=Actor.of(by))


def form(client: Client, item: AgendaItem) -> Any:
    return client.get(item.get_absolute_url()).context["form"]


def test_half_a_decision_is_kept_as_it_is_typed_and_stands_in_the_form_again(
    as_coordinator: Client, item: AgendaItem
) -> None:
    first = keep(as_coordinator, item, text="Tekniska").json()
    second = keep(as_coordinator, item, version=first["version"], text=HALF, kind="close", outcome="solved").json()

    assert (first["kept"], second["kept"], second["version"]) == (True, True, "2")
    assert second["message"].startswith("Utkastet är sparat ")
    shown = form(as_coordinator, item)
    assert (shown["text"].value(), shown["kind"].value(), shown["outcome"].value()) == (HALF, "close", "solved")
    assert shown["decision_version"].value() == "2"
    assert not Decision.objects.exists()
    item.refresh_from_db()
    assert not item.is_discussed


def test_half_an_action_is_kept_with_whom_and_when(
    as_coordinator: Client, item: AgendaItem, technical: Organisation
) -> None:
    typed: dict[str, Any] = {
        "responsible": technical.pk,
        "answer_due": "2031-02-03",
        "supporting": [technical.pk],
        "term": "short",
    }
    keep(as_coordinator, item, "action", what="Laga lampan", why="Det är", wished_words="hösten 2031", **typed)

    page = as_coordinator.get(item.get_absolute_url())
    shown = page.context["form"]
    assert [shown[name].value() for name in ("what", "why", "responsible", "answer_due", "supporting", "term")] == [
        "Laga lampan",
        "Det är",
        str(technical.pk),
        "2031-02-03",
        [str(technical.pk)],
        "short",
    ]
    assert "hösten 2031" in words(page)
    assert shown.asks_more


def test_an_issue_that_is_being_made_is_kept(as_coordinator: Client, topic: AgendaItem) -> None:
    keep(as_coordinator, topic, "issue", title="Räcket vid")

    assert form(as_coordinator, topic)["title"].value() == "Räcket vid"


def test_what_is_saved_empties_its_draft_and_no_other(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, text=HALF)
    keep(as_coordinator, item, "action", what="Laga lampan")

    write(as_coordinator, item, text=f"{HALF} belysning.", decision_version="1")

    assert Decision.objects.get().text == f"{HALF} belysning."
    shown = form(as_coordinator, item)
    assert (shown["text"].value(), shown["what"].value()) == ("", "Laga lampan")


def test_what_was_saved_before_it_was_kept_does_not_come_back_when_its_late_saving_arrives(
    as_coordinator: Client, item: AgendaItem
) -> None:
    write(as_coordinator, item, text=HALF)

    late = keep(as_coordinator, item, text=HALF)

    assert not late.json()["kept"]
    assert not ItemDraft.objects.filled().exists()
    assert form(as_coordinator, item)["text"].value() in (None, "")
    assert [decision.text for decision in Decision.objects.all()] == [f"{HALF}."]


def test_two_who_each_save_a_decision_of_their_own_that_was_not_kept_while_typed_are_both_done(
    as_coordinator: Client, item: AgendaItem
) -> None:
    write(as_coordinator, item, text=HALF, decision_version="0")

    write(as_coordinator, item, text=THEIRS, decision_version="0")

    assert {decision.text for decision in Decision.objects.all()} == {f"{HALF}.", THEIRS}


def test_what_she_took_out_of_the_form_is_taken_out(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, text=HALF)

    write(as_coordinator, item, text="", decision_version="1")

    assert form(as_coordinator, item)["text"].value() == ""
    assert not Decision.objects.exists()


def test_two_who_write_the_same_decision_both_read_both(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    theirs(item, representative, text=THEIRS, feedback="Tack.")

    reply = keep(as_coordinator, item, text=HALF).json()

    assert (reply["kept"], reply["version"], reply["theirs"]) == (False, "1", f"{THEIRS}\nTack.")
    assert "Omar Prov ändrade utkastet i dag" in reply["message"]
    assert ItemDraft.objects.get().text == THEIRS
    assert keep(as_coordinator, item, version=1, text=f"{THEIRS} {HALF}").json()["kept"]


def test_one_who_decides_over_words_that_she_has_not_seen_reads_them_first(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    theirs(item, representative, text=THEIRS)

    refused = write(as_coordinator, item, text=HALF, decision_version="0")

    assert not Decision.objects.exists()
    assert THEIRS in words(refused)
    assert HALF in words(refused)
    write(as_coordinator, item, text=HALF, decision_version=refused.context["form"]["decision_version"].value())
    assert Decision.objects.get().text == f"{HALF}."


def test_one_who_writes_a_note_leaves_what_another_began_to_decide(
    as_coordinator: Client, item: AgendaItem, representative: Member
) -> None:
    theirs(item, representative, text=THEIRS)

    write(as_coordinator, item, note="Armaturerna är beställda.", text="", decision_version="0")

    assert ItemDraft.objects.get().text == THEIRS


def test_words_are_never_kept_among_the_choices(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, text=HALF, kind="Anna Exempel bor här", outcome="solved")

    assert ItemDraft.objects.get().choices == {"outcome": ["solved"]}


def test_the_closing_tells_what_was_typed_and_not_saved(as_coordinator: Client, item: AgendaItem) -> None:
    keep(as_coordinator, item, text=HALF)
    note_expected(item.meeting, by=a_coordinator())

    page = words(as_coordinator.get(reverse("meetings:close", args=[item.meeting_id])))

    assert "Ett utkast är inte sparat" in page
    assert HALF in page


def test_what_was_never_saved_is_read_on_the_item_by_those_who_write_alone(
    as_coordinator: Client, as_representative: Client, item: AgendaItem, coordinator: Member
) -> None:
    keep(as_coordinator, item, text=HALF)
    close(item.meeting, coordinator)

    assert HALF in words(as_coordinator.get(item.get_absolute_url()))
    assert HALF not in words(as_representative.get(item.get_absolute_url()))
    assert HALF not in words(as_coordinator.get(reverse("meetings:minutes_detail", args=[item.meeting_id])))


def test_what_is_typed_in_another_window_when_the_meeting_has_closed_is_kept(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    close(item.meeting, coordinator)

    reply = keep(as_coordinator, item, text=HALF).json()

    assert (reply["kept"], reply["message"][:21]) == (True, "Mötet är avslutat. De")
    unclose_meeting(item.meeting, by=Actor.of(coordinator))
    assert form(as_coordinator, item)["text"].value() == HALF


def test_a_late_note_is_shown_beside_the_note_until_it_stands_there(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    close(item.meeting, coordinator)
    late = {"note": "Räcket lagas i mars.", "version": 0}
    as_coordinator.post(reverse("meetings:note_save", args=[item.pk]), late)
    unclose_meeting(item.meeting, by=Actor.of(coordinator))

    assert "inte med i noteringen: Räcket lagas i mars." in words(as_coordinator.get(item.get_absolute_url()))
    write(as_coordinator, item, note="Vi talade om det. Räcket lagas i mars.")
    assert "inte med i noteringen" not in words(as_coordinator.get(item.get_absolute_url()))


def test_the_start_is_not_undone_while_half_a_decision_stands_and_is_when_it_is_emptied(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    keep(as_coordinator, item, text=HALF)

    with pytest.raises(NotAllowed, match=r"Det finns ett utkast på punkten ”Mörkt i tunneln”\. Töm det först"):
        unstart_meeting(item.meeting, by=Actor.of(coordinator))
    assert "Ångra starten" not in words(as_coordinator.get(item.meeting.get_absolute_url()))

    keep(as_coordinator, item, version=1, text="")
    unstart_meeting(item.meeting, by=Actor.of(coordinator))
    assert keep(as_coordinator, item, version=2, text="Mer").status_code == 404


def test_every_text_of_the_form_is_kept_as_it_is_typed(item: AgendaItem, coordinator: Member) -> None:
    answered = {"next_step", "planned_words", "external_ref"}  # of answers, which stand where something is asked
    texts = {
        name for name, field in ItemForm(item=item, by=coordinator).fields.items() if isinstance(field, WrittenMixin)
    }

    assert {f"{name}_words" if name == "wished" else name for name in texts} == set(ItemDraft.COLUMNS) - answered


def test_a_part_that_the_form_has_not_is_not_found(as_coordinator: Client, item: AgendaItem) -> None:
    assert keep(as_coordinator, item, "note", note="Ord").status_code == 404


def test_a_draft_that_has_nothing_is_not_said_to_be_saved(as_coordinator: Client, item: AgendaItem) -> None:
    chosen = keep(as_coordinator, item, kind="close").json()
    day = keep(as_coordinator, item, "action", answer_due="2031-02-03").json()

    assert [(reply["kept"], reply["message"]) for reply in (chosen, day)] == [(True, ""), (True, "")]
    typed = keep(as_coordinator, item, version=chosen["version"], kind="close", text=HALF).json()
    assert typed["message"].startswith("Utkastet är sparat ")
    emptied = keep(as_coordinator, item, version=typed["version"], text="").json()
    assert (emptied["kept"], emptied["message"]) == (True, "")
