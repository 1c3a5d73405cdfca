"""What is typed of an answer at the table and not saved yet: one draft for each that is asked, with what is chosen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.deciding import withdraw
from meetings.models import AgendaItem, Decision, ItemDraft, Meeting, OrganisationAtMeeting, TableAnswer
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory
from tests.meetings.at_table import DAY, meeting, of, say_yes, typed
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close
from tests.the import the

__all__ = ["meeting"]

pytestmark = pytest.mark.django_db
State = OrganisationAtMeeting.State

HALF = "Vilken av lamporna"
THEIRS = "De gör det i mars."


def keep(client: Client, item: AgendaItem, whose: Organisation, kind: str = "", version: int = 0, **parts: Any) -> Any:
    """What the script is answered when it keeps what is typed in the row."""
    address = reverse("meetings:answer_draft_save", args=[item.pk, of(whose).action_id])
    return client.post(address, {**typed(whose, kind, **parts), "version": version}).json()


def theirs(item: AgendaItem, by: Member, of_whom: Organisation, *, kind: str = "", **texts: str) -> ItemDraft:
    chosen = {"kind": [kind]} if kind else {}
    facts: dict[str, Any] = {"texts": texts, "chosen": chosen, "version": 0, "by": Actor.of(by)}
    return ItemDraft.keep(item, "answer", action=of(of_whom).action, **facts)


def row(client: Client, item: AgendaItem, of_whom: Organisation) -> dict[str, Any]:
    """What the fields of the row show."""
    lines = client.get(item.get_absolute_url()).context["form"].answer_lines
    (fields,) = (line.fields for line in lines if line.organisation == of_whom)
    return {part: field.value() for part, field in fields.items()}


def test_half_an_answer_is_kept_as_it_is_typed_and_stands_in_its_row_again_and_in_no_other(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, housing: Organisation
) -> None:
    first = keep(as_coordinator, item, technical, "declined", reason="budget", text="Pengarna")
    more = {"reason": "budget", "text": "Pengarna är slut.", "next_step": "Fråga i"}
    second = keep(as_coordinator, item, technical, "declined", int(first["version"]), **more)

    assert (first["kept"], second["kept"], second["version"]) == (True, True, "2")
    shown = row(as_coordinator, item, technical)
    assert [shown[part] for part in ("kind", "reason", "text", "next_step", "version")] == [
        *("declined", "budget", "Pengarna är slut.", "Fråga i", "2")
    ]
    assert row(as_coordinator, item, housing)["kind"] in ("", None)
    assert not TableAnswer.objects.exists()


def test_what_is_chosen_without_a_word_is_kept_and_told_of(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, housing: Organisation
) -> None:
    keep(as_coordinator, item, technical, "accepted", planned=DAY)
    keep(as_coordinator, item, housing, "passed_on", to=technical.pk)

    shown = row(as_coordinator, item, technical)
    assert (shown["kind"], shown["planned"]) == ("accepted", [DAY.isoformat(), ""])
    assert row(as_coordinator, item, housing)["to"] == str(technical.pk)
    page = words(as_coordinator.get(item.get_absolute_url()))
    assert "Utkastet till svar från Tekniska förvaltningen, skrivet av Maja Exempel" in page


def test_what_was_chosen_of_another_answer_is_told_of_no_more(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    first = keep(as_coordinator, item, technical, "declined", reason="budget")
    keep(as_coordinator, item, technical, "accepted", int(first["version"]), reason="budget", planned=DAY)

    words_of_it = ItemDraft.objects.get().words
    assert words_of_it.startswith("Åtar sig, planerat klart ")


def test_a_day_in_words_is_kept_as_it_was_said(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    keep(as_coordinator, item, technical, "accepted", planned_words="hösten")

    assert row(as_coordinator, item, technical)["planned"] == ["", "hösten"]


def test_what_is_saved_empties_its_draft_and_no_other(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, housing: Organisation
) -> None:
    version = keep(as_coordinator, item, technical, "question", text=HALF)["version"]
    keep(as_coordinator, item, housing, "question", text=HALF)

    sent = typed(technical, "question", text=f"{HALF} menas?", version=version)
    write(as_coordinator, item, **sent)

    assert TableAnswer.objects.get().text == f"{HALF} menas?"
    assert [draft.called for draft in ItemDraft.objects.filled().with_related()] == [f"Svar från {housing}"]


def test_what_she_took_out_of_the_row_is_taken_out(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    version = keep(as_coordinator, item, technical, "question", text=HALF)["version"]

    write(as_coordinator, item, **typed(technical, "", version=version))

    assert not ItemDraft.objects.filled().exists()


def test_two_who_write_the_same_answer_both_read_both(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, representative: Member
) -> None:
    theirs(item, representative, technical, kind="question", text=THEIRS)

    reply = keep(as_coordinator, item, technical, "question", text=HALF)

    assert (reply["kept"], reply["version"], reply["theirs"]) == (False, "1", f"Begär komplettering\n{THEIRS}")
    assert ItemDraft.objects.get().text == THEIRS
    assert keep(as_coordinator, item, technical, "question", 1, text=f"{THEIRS} {HALF}")["kept"]


def test_two_who_choose_differently_both_read_both(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, representative: Member
) -> None:
    theirs(item, representative, technical, kind="declined")

    reply = keep(as_coordinator, item, technical, "accepted", planned=DAY)

    assert (reply["kept"], reply["theirs"]) == (False, "Avböjer")


def test_one_who_answers_over_words_that_she_has_not_seen_reads_them_first(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, representative: Member
) -> None:
    theirs(item, representative, technical, kind="question", text=THEIRS)

    refused = write(as_coordinator, item, **typed(technical, "question", text=HALF, version="0"))

    assert not TableAnswer.objects.exists()
    assert (THEIRS in words(refused), HALF in words(refused)) == (True, True)
    (line,) = (line for line in refused.context["form"].answer_lines if line.organisation == technical)
    write(as_coordinator, item, **typed(technical, "question", text=HALF, version=line.fields["version"].value()))
    assert TableAnswer.objects.get().text == HALF


def test_one_who_writes_a_note_leaves_what_another_began_to_answer(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, representative: Member
) -> None:
    theirs(item, representative, technical, kind="accepted")

    write(as_coordinator, item, note="Lampan är beställd.", **typed(technical, "", version="0"))

    assert ItemDraft.objects.get().choices == {"kind": ["accepted"]}


def test_what_is_kept_while_its_form_is_sent_is_no_draft_afterwards(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    keep(as_coordinator, item, technical, "declined", reason="budget", text="Nej.", next_step="Mars.")

    sent = {"reason": "budget", "text": "Nej.", "next_step": "Mars.", "version": "0"}
    write(as_coordinator, item, **typed(technical, "declined", **sent))

    assert TableAnswer.objects.exists()
    assert not ItemDraft.objects.filled().exists()


def test_an_answer_that_is_sent_is_asked_about_though_its_draft_says_the_same(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    text = "Ring 070-174 06 05 om lampan."
    version = keep(as_coordinator, item, technical, "question", text=text)["version"]

    page = words(write(as_coordinator, item, **typed(technical, "question", text=text, version=version)))

    assert "ser ut som ett telefonnummer" in page
    assert not TableAnswer.objects.exists()


@pytest.mark.parametrize("gone", ["struck", "left", "answered"])
def test_what_was_typed_in_a_row_that_is_gone_is_read_on_the_item_and_discarded(
    as_coordinator: Client, meeting: Meeting, by: Actor, item: AgendaItem, technical: Organisation, gone: str
) -> None:
    draft = theirs(item, by.member, technical, kind="question", text=HALF)
    if gone == "struck":
        withdraw(Decision.objects.get(), by=by)
    elif gone == "left":
        meeting.organisations.get(organisation=technical).note(by=by, state=State.ABSENT)
    else:
        say_yes(technical, by)

    page = as_coordinator.get(item.get_absolute_url())

    assert "Svar från Tekniska förvaltningen, Maja Exempel" in words(page)
    assert HALF in words(page)
    button = f'name="answer_{draft.action_id}_version" value="1"'
    assert button in page.content.decode()
    told = words(write(as_coordinator, item, **{f"answer_{draft.action_id}_version": "1"}))
    assert "Utkastet är slängt. Så stod det, om du vill ha kvar orden: Svar från Tekniska förvaltningen: ”" in told
    assert HALF in told
    assert not ItemDraft.objects.filled().exists()


def test_what_is_typed_on_when_its_decision_is_struck_meanwhile_is_kept(
    as_coordinator: Client, meeting: Meeting, by: Actor, item: AgendaItem, technical: Organisation
) -> None:
    address = reverse("meetings:answer_draft_save", args=[item.pk, of(technical).action_id])
    sent = {**typed(technical, "question", text=HALF), "version": 0}
    withdraw(Decision.objects.get(), by=by)

    assert as_coordinator.post(address, sent).json()["kept"]
    assert HALF in words(as_coordinator.get(item.get_absolute_url()))


def test_the_closing_tells_whose_answer_was_typed_and_not_saved(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, item: AgendaItem, technical: Organisation, by: Actor
) -> None:
    for each in meeting.organisations.filter(state=State.UNNOTED):
        each.note(by=by, state=State.ABSENT)
    keep(as_coordinator, item, technical, "accepted", planned=DAY)

    page = words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))

    assert "Ett utkast är inte sparat" in page
    assert "Svar från Tekniska förvaltningen: Åtar sig, planerat klart" in page
    close(meeting, coordinator)
    assert not TableAnswer.objects.exists()
    assert "Svar från Tekniska förvaltningen" in words(as_coordinator.get(item.get_absolute_url()))


def test_of_an_action_of_the_issue_that_was_never_proposed_here_nothing_is_kept(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    before = the(meeting.started_at) - timedelta(minutes=1)
    older = ActionFactory(issue=item.issue, created_at=before, assignment__organisation=technical)
    address = reverse("meetings:answer_draft_save", args=[item.pk, older.pk])

    assert as_coordinator.post(address, {"version": 0}).status_code == 404


def test_of_another_items_action_nothing_is_kept(
    as_coordinator: Client, meeting: Meeting, topic: AgendaItem, technical: Organisation
) -> None:
    address = reverse("meetings:answer_draft_save", args=[topic.pk, of(technical).action_id])

    assert as_coordinator.post(address, {"version": 0}).status_code == 404


def test_a_decision_that_is_struck_twice_is_said_to_be_struck(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem
) -> None:
    struck = Decision.objects.get().pk
    write(as_coordinator, item, strike=struck)

    assert "Beslutet är redan struket." in words(write(as_coordinator, item, strike=struck))


def test_what_is_wrong_in_a_row_says_whose_it_is(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    page = words(write(as_coordinator, item, **typed(technical, "accepted")))

    assert "Tekniska förvaltningen: Skriv vilken dag det är klart." in page


def test_the_preview_says_by_when_to_answer_only_of_what_is_not_answered(
    as_coordinator: Client, meeting: Meeting, by: Actor, technical: Organisation, housing: Organisation
) -> None:
    for each in meeting.organisations.filter(state=State.UNNOTED):
        each.note(by=by, state=State.ABSENT)
    closing = reverse("meetings:close", args=[meeting.pk])
    say_yes(technical, by)
    assert "Svar senast" in words(as_coordinator.get(closing))

    say_yes(housing, by)

    assert "Svar senast" not in words(as_coordinator.get(closing))
