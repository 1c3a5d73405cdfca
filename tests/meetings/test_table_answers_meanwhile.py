"""An answer at the table, and what happens to what it answers before the meeting closes: struck, asked, moved on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import EditConflict, NotAllowed
from issues.models import Action, Answer, Progress
from meetings.deciding import propose_action, withdraw
from meetings.foreseen import preview
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting, TableAnswer
from meetings.reopening import unclose_meeting
from meetings.table_answers import answer_at_table, answers_to_give, take_out
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import OrganisationFactory
from tests.meetings.at_table import DAY, YES, action_of, meeting, of, say_yes, typed
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close
from tests.the import the

__all__ = ["meeting"]

pytestmark = pytest.mark.django_db
State = OrganisationAtMeeting.State


def propose_all(by: Actor) -> None:
    """As from the page of the issue, while the meeting goes on."""
    for action in Action.objects.filter(state="draft"):
        action.propose(by=by)


def test_striking_a_decision_tells_what_was_begun_in_its_line(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    begun = typed(technical, "accepted", planned="i mars", text="Om vi får massor.")

    page = words(write(as_coordinator, item, strike=item.decisions.get().pk, **begun))

    assert "Svaret från Tekniska förvaltningen är inte sparat, för beslutet ströks." in page
    assert "Det du skrev: ”i mars Om vi får massor.”" in page
    assert not item.decisions.exists()
    assert not TableAnswer.objects.exists()


def test_striking_a_decision_is_not_hindered_by_what_its_line_lacks(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    page = words(write(as_coordinator, item, strike=item.decisions.get().pk, **typed(technical, "accepted")))

    assert "Svaret från Tekniska förvaltningen är inte sparat, för beslutet ströks." in page
    assert not item.decisions.exists()


def test_an_answer_to_what_another_strikes_as_it_is_saved_is_told_with_its_words(
    meeting: Meeting, item: AgendaItem, by: Actor, technical: Organisation
) -> None:
    proposed = of(technical)
    withdraw(item.decisions.get(), by=by)

    with pytest.raises(EditConflict, match="Det du skrev: ”Vilken lampa menas"):
        answer_at_table(proposed, by=by, kind="question", text="Vilken lampa menas?")


def test_an_answer_to_what_was_proposed_meanwhile_takes_effect_with_the_closing_and_is_shown_until_then(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, item: AgendaItem, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    propose_all(by)

    page = as_coordinator.get(item.get_absolute_url())
    assert (YES in words(page), 'name="retract"' in page.content.decode()) == (True, True)
    assert YES in words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))
    assert YES in words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    close(meeting, coordinator)

    assert (action_of(technical).state, Answer.objects.get().kind) == ("accepted", "accepted")
    assert YES in words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))


def test_undoing_the_closing_takes_back_the_answer_and_leaves_what_was_asked_otherwise(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    propose_all(by)
    close(meeting, coordinator)

    taken_back = unclose_meeting(meeting, by=by)

    assert (taken_back.asked, taken_back.answered) == (0, 1)
    assert (action_of(technical).state, action_of(technical).current.is_answered) == ("proposed", False)
    close(meeting, coordinator)
    assert action_of(technical).state == "accepted"


def test_an_answer_to_what_was_proposed_meanwhile_can_be_removed(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, item: AgendaItem, by: Actor, technical: Organisation
) -> None:
    said = say_yes(technical, by)
    propose_all(by)

    assert "Svaret är borttaget." in words(write(as_coordinator, item, retract=said.pk))
    close(meeting, coordinator)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("becomes", "why"),
    [
        (lambda action, by, park: action.current.ask(by=by, text="Vilken?"), "Åtgärden är besvarad på annat sätt."),
        (lambda action, by, park: action.current.pass_on(by=by, to=park), "Frågan ligger hos Parkenheten nu."),
        (lambda action, by, park: action.cancel(by=by, reason="Onödig."), "Åtgärden är återtagen."),
    ],
)
def test_an_answer_that_can_no_longer_take_effect_says_so_and_is_not_given(
    as_coordinator: Client,
    coordinator: Member,
    meeting: Meeting,
    item: AgendaItem,
    by: Actor,
    technical: Organisation,
    becomes: Any,
    why: str,
) -> None:
    say_yes(technical, by)
    propose_all(by)
    becomes(action_of(technical), by.speaking_for(technical, "meeting"), OrganisationFactory(name="Parkenheten"))
    before = action_of(technical).state

    assert f"{YES} Gäller inte. {why}" in words(as_coordinator.get(item.get_absolute_url()))
    assert f"{YES} Gäller inte. {why}" in words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))
    assert not answers_to_give(meeting)
    close(meeting, coordinator)
    assert action_of(technical).state == before
    assert not Answer.objects.filter(kind="accepted").exists()


def test_who_is_noted_as_absent_after_all_has_answered_nothing_at_the_table(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, coordinator: Member, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    row = OrganisationAtMeeting.objects.get(meeting=meeting, organisation=technical)
    row.note(state=State.ABSENT, by=by)

    why = "Gäller inte. Tekniska förvaltningen är noterad som frånvarande."
    assert why in words(as_coordinator.get(item.get_absolute_url()))
    assert why in words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))
    close(meeting, coordinator)
    assert action_of(technical).state == "proposed"
    assert not Answer.objects.exists()


def test_what_is_passed_on_to_one_that_has_ended_or_in_a_closed_issue_is_not_given(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, by: Actor, technical: Organisation
) -> None:
    parks = OrganisationFactory(name="Parkförvaltningen")
    answer_at_table(of(technical), by=by, kind="passed_on", text="Det är deras.", passed_to=parks)
    close_page = reverse("meetings:close", args=[meeting.pk])
    assert "Gäller inte." not in words(as_coordinator.get(close_page))

    Organisation.objects.filter(pk=parks.pk).update(active_to=in_days(-1))
    assert "Gäller inte. Parkförvaltningen finns inte längre." in words(as_coordinator.get(close_page))

    Organisation.objects.filter(pk=parks.pk).update(active_to=None)
    the(item.issue).close(by=by, outcome="solved", feedback="Lagat.", despite="Sånt händer.")
    assert "Gäller inte. Ärendet är avslutat, så ingen annan får frågan." in words(as_coordinator.get(close_page))


def test_an_answer_begun_to_what_was_proposed_meanwhile_says_where_it_is_answered(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, by: Actor, technical: Organisation
) -> None:
    propose_all(by)

    page = words(write(as_coordinator, item, **typed(technical, "question", text="Vilken lampa menas?")))

    assert "Åtgärden är redan föreslagen, så svaret skrivs på dess egen sida" in page
    assert ("Det du skrev: ”Vilken lampa menas?”" in page, "struken" in page) == (True, False)


def test_what_stands_on_an_item_taken_off_the_agenda_is_not_given(
    coordinator: Member, meeting: Meeting, item: AgendaItem, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    AgendaItem.objects.filter(pk=item.pk).update(removed=True)

    assert not answers_to_give(meeting)
    close(meeting, coordinator)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "parts", "sentence"),
    [
        ("", {"text": "x" * 2001}, "Välj vad Tekniska förvaltningen svarar."),
        ("", {"planned": "när det blir av"}, "Välj vad Tekniska förvaltningen svarar."),
        ("question", {"planned": "i mars", "text": "Vilken?"}, "hör till ett ja. Välj det, eller töm fältet."),
        ("declined", {"planned": "när det blir av", "reason": "budget"}, "hör till ett ja."),
    ],
)
def test_nothing_typed_in_a_line_is_dropped_because_of_what_is_chosen(
    as_coordinator: Client,
    meeting: Meeting,
    item: AgendaItem,
    technical: Organisation,
    kind: str,
    parts: dict[str, str],
    sentence: str,
) -> None:
    page = words(write(as_coordinator, item, **typed(technical, kind, **parts)))

    assert sentence in page
    assert all(value in page for name, value in parts.items() if name != "reason")
    assert not TableAnswer.objects.exists()


def test_what_was_typed_to_what_was_struck_is_told_with_its_day(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    begun = typed(technical, "accepted", planned="i mars", text="Om vi får massor.")
    write(as_coordinator, item, strike=item.decisions.get().pk)

    page = words(write(as_coordinator, item, **begun))

    assert "Åtgärden är struken, så svaret är inte sparat. Det du skrev: ”i mars Om vi får massor.”" in page


def test_an_answer_removed_twice_is_told_so_and_the_rest_is_saved(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, by: Actor, technical: Organisation
) -> None:
    said = say_yes(technical, by)
    write(as_coordinator, item, retract=said.pk)

    page = words(write(as_coordinator, item, retract=said.pk, note="Lampan är svart."))

    assert ("Svaret är redan borttaget." in page, "Det valet finns inte längre" in page) == (True, False)
    item.refresh_from_db()
    assert item.note == "Lampan är svart."


def test_two_who_remove_the_same_answer_at_once_both_find_it_gone(
    meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    said = say_yes(technical, by)
    in_another_window = TableAnswer.objects.get()

    assert (take_out(said), take_out(in_another_window)) == (True, False)


def test_the_receipt_tells_both_what_was_removed_and_what_was_written(
    as_coordinator: Client,
    meeting: Meeting,
    item: AgendaItem,
    by: Actor,
    technical: Organisation,
    housing: Organisation,
) -> None:
    said = say_yes(technical, by)

    page = words(write(as_coordinator, item, retract=said.pk, **typed(housing, "accepted", planned=DAY)))

    assert f"Svaret är borttaget. Svaret från {housing} gäller när mötet avslutas." in page


def test_a_no_and_a_question_are_given_by_the_closing_in_their_words(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation, housing: Organisation
) -> None:
    no: dict[str, Any] = {"reason": "budget", "text": "Pengarna är slut.", "next_step": "Ta upp det i mars."}
    answer_at_table(of(technical), by=by, kind="declined", **no)
    answer_at_table(of(housing), by=by, kind="question", text="Vilken lampa?")

    close(meeting, coordinator)

    declined, question = (action_of(each).current.answer for each in (technical, housing))
    assert declined
    assert question
    assert (declined.kind, declined.reason, declined.text, declined.next_step) == ("declined", *no.values())
    assert (question.kind, question.text, question.by) == ("question", "Vilken lampa?", coordinator)
    assert [action_of(each).state for each in (technical, housing)] == ["declined", "question"]


def test_one_who_does_not_know_whose_it_is_leaves_it_to_the_coordinator(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    page = words(write(as_coordinator, item, **typed(technical, "passed_on", to="nobody", text="Inte vår.")))
    assert "skickar vidare till samordnaren, som utser ansvarig" in page

    close(meeting, coordinator)

    assert (Answer.objects.get().kind, Answer.objects.get().passed_to) == ("passed_on", None)
    assert action_of(technical).is_with_the_group


def test_the_undo_is_refused_where_it_was_told_how_far_what_was_answered_at_the_table_is(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    close(meeting, coordinator)
    Progress.tell(action_of(technical).current, by=by, text="2 av 5")

    with pytest.raises(NotAllowed, match="Avslutet kan inte ångras"):
        unclose_meeting(meeting, by=by)


def test_one_who_is_not_under_attendance_is_not_sent_there(
    coordinator: Member, meeting: Meeting, item: AgendaItem, by: Actor
) -> None:
    outsider = OrganisationFactory(name="Trafikverket")
    meeting.organisations.filter(organisation=outsider).delete()
    propose_action(item, by=by, organisation=outsider, title="Laga vägen", answer_due=in_days(14))

    with pytest.raises(NotAllowed, match="Trafikverket står inte under Närvaro"):
        answer_at_table(of(outsider), by=by, kind="question", text="Vilken väg?")


def test_what_she_closes_on_is_told_when_an_answer_no_longer_holds(
    meeting: Meeting, coordinator: Member, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    propose_all(by)
    seen = preview(meeting, coordinator).seen
    action_of(technical).cancel(by=by, reason="Onödig.")

    with pytest.raises(EditConflict, match="Ett svar vid bordet är borttaget, eller gäller inte längre"):
        close(meeting, coordinator, seen=seen)


def test_one_who_passes_it_on_in_the_room_is_offered_the_others_and_the_one_chosen_is_asked(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    park = OrganisationFactory(name="Parkenheten")
    write(as_coordinator, item, **typed(technical, "passed_on", to=technical.pk))
    assert not TableAnswer.objects.exists()

    write(as_coordinator, item, **typed(technical, "passed_on", to=park.pk, text="Belysningen är deras."))

    close(meeting, coordinator)
    assert Answer.objects.get().passed_to == park
