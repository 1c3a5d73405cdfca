"""What an organisation answers at the table to what the meeting proposes: given by the closing, in one step with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from base.records import EditConflict, NotAllowed
from issues.models import Answer
from meetings.foreseen import preview
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting, TableAnswer
from meetings.reopening import unclose_meeting
from meetings.table_answers import answer_at_table
from members.actor import Actor
from members.models import Member, Notice, Organisation
from members.outbox.sending import send_due
from tests.base.documents.reading import pdf_text, word_text
from tests.factories import OrganisationFactory
from tests.meetings.at_table import DAY, YES, action_of, meeting, of, say_yes, typed
from tests.meetings.meetings import words, write
from tests.meetings.reopening import close, told

__all__ = ["meeting"]

pytestmark = pytest.mark.django_db
State = OrganisationAtMeeting.State


def test_each_organisation_answers_its_own_in_the_row_and_nothing_counts_before_the_closing(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation, housing: Organisation
) -> None:
    no = typed(housing, "declined", reason="budget", text="Pengarna är slut.", next_step="Ta upp det i mars.")

    page = words(write(as_coordinator, item, **typed(technical, "accepted", planned=DAY), **no))

    assert YES in page
    said = "svarade på mötet: avböjer, ryms inte i budget. ”Pengarna är slut.” Nästa steg: Ta upp det i mars."
    assert f"{housing} {said}" in page
    assert [action_of(each).state for each in (technical, housing)] == ["draft", "draft"]
    assert not Answer.objects.exists()


def test_the_closing_gives_the_answer_with_the_question_and_all_tell_the_same(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    for row in meeting.organisations.filter(state=State.UNNOTED):
        row.note(by=by, state=State.ABSENT)
    draft = words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk])))
    foreseen = words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))
    assert YES in draft
    assert (YES in foreseen, "ett svar ges när mötet avslutas" in foreseen) == (True, True)

    close(meeting, coordinator)

    action = action_of(technical)
    answer = Answer.objects.get()
    assert (action.state, action.current.planned) == ("accepted", DAY)
    assert (answer.channel, answer.by, answer.given_at) == ("meeting", coordinator, meeting.closed_at)
    pages = [
        words(as_coordinator.get(meeting.get_absolute_url())),
        words(as_coordinator.get(reverse("meetings:minutes_detail", args=[meeting.pk]))),
        pdf_text(as_coordinator.get(reverse("meetings:minutes_pdf", args=[meeting.pk])).content),
        word_text(as_coordinator.get(reverse("meetings:minutes_word", args=[meeting.pk])).content),
    ]
    assert [" ".join(page.split()).count(YES) for page in pages] == [1] * 4
    named = [f"Laga lampan: {YES}" in " ".join(page.split()) for page in pages]
    assert named == [True, False, False, False]  # on paper it stands right below the decision that asks for it
    assert "Åtar sig (svar på mötet)" in " ".join(pages[1].split())
    assert "Besvarade sedan förra mötet" not in pages[1]
    assert "på mötet" in words(as_coordinator.get(action.get_absolute_url()))
    assert ["Åtar sig ”Laga lampan”" in line for line in told("Mörkt i tunneln")].count(True) == 1


def test_nobody_who_answered_is_asked_and_who_is_passed_the_question_is_asked_once(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation, housing: Organisation
) -> None:
    park = OrganisationFactory(name="Parkenheten")
    Organisation.objects.update(mailbox="lada@exempel.se")
    say_yes(technical, by)
    answer_at_table(of(housing), by=by, kind="passed_on", passed_to=park, text="Belysningen är deras.")
    close(meeting, coordinator)
    until: Any = meeting.undo_until

    send_due(at=until)
    assert not Notice.objects.exists()
    send_due(at=until + timedelta(hours=14))

    asked = Notice.objects.filter(cause__kind="issues.asked")
    assert [str(notice.organisation) for notice in asked] == ["Parkenheten"]


def test_undoing_the_closing_takes_the_answers_back_and_the_next_closing_gives_them(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation, housing: Organisation
) -> None:
    say_yes(technical, by)
    park = OrganisationFactory(name="Parkenheten")
    answer_at_table(of(housing), by=by, kind="passed_on", passed_to=park)
    close(meeting, coordinator)
    assert str(action_of(housing).current.organisation) == "Parkenheten"

    taken_back = unclose_meeting(meeting, by=by)

    assert (taken_back.asked, taken_back.answered) == (2, 2)
    for organisation in (technical, housing):
        action = action_of(organisation)
        assert (action.state, action.current.organisation, action.current.asked_at) == ("draft", organisation, None)
    assert not Answer.objects.filter(withdrawn_at=None).exists()
    close(meeting, coordinator)
    assert action_of(technical).state == "accepted"
    assert Answer.objects.filter(withdrawn_at=None).count() == 2


def test_the_undo_is_refused_where_something_rests_on_the_answer(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    say_yes(technical, by)
    close(meeting, coordinator)
    action_of(technical).start(by=by)

    with pytest.raises(NotAllowed, match="Avslutet kan inte ångras"):
        unclose_meeting(meeting, by=by)


def test_an_answer_is_taken_out_and_written_anew(
    as_coordinator: Client, meeting: Meeting, by: Actor, item: AgendaItem, technical: Organisation
) -> None:
    said = say_yes(technical, by)

    page = words(write(as_coordinator, item, retract=said.pk))

    assert ("Svaret är borttaget." in page, YES in page) == (True, False)
    write(as_coordinator, item, **typed(technical, "question", text="Vilken lampa?"))
    assert TableAnswer.objects.get().kind == "question"


def test_striking_the_decision_strikes_its_answers_and_says_so(
    as_coordinator: Client, meeting: Meeting, by: Actor, item: AgendaItem, technical: Organisation
) -> None:
    say_yes(technical, by)

    page = words(write(as_coordinator, item, strike=item.decisions.get().pk))

    assert "Svaret från Tekniska förvaltningen är struket med det." in page
    assert not TableAnswer.objects.exists()


def test_two_who_write_the_same_answer_at_once_are_told_and_nothing_typed_is_lost(
    as_coordinator: Client, meeting: Meeting, by: Actor, item: AgendaItem, technical: Organisation
) -> None:
    say_yes(technical, by)

    page = words(write(as_coordinator, item, **typed(technical, "question", text="Vilken lampa menas?")))

    assert "Ta bort det svaret först, om det blev fel." in page
    assert ("Vilken lampa menas?" in page, YES in page) == (True, True)
    with pytest.raises(EditConflict):
        say_yes(technical, by)


def test_what_was_typed_to_what_was_struck_meanwhile_is_told(
    as_coordinator: Client, meeting: Meeting, item: AgendaItem, technical: Organisation
) -> None:
    sent_form = typed(technical, "question", text="Vilken lampa menas?")
    write(as_coordinator, item, strike=item.decisions.get().pk)

    assert "Åtgärden är struken, så svaret är inte sparat. Det du skrev: ”Vilken lampa menas?”" in words(
        write(as_coordinator, item, **sent_form)
    )


@pytest.mark.parametrize(
    ("kind", "parts", "sentence"),
    [
        ("accepted", {}, "Skriv vilken dag det är klart."),
        ("declined", {"text": "Nej."}, "Välj varför."),
        ("question", {}, "Skriv deras fråga till gruppen."),
        ("passed_on", {}, "Välj vem som är ansvarig"),
        ("", {"text": "De gör det."}, "Välj vad Tekniska förvaltningen svarar."),
        ("accepted", {"planned": DAY, "next_step": "Mars"}, "hör till ett nej"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_saved(
    as_coordinator: Client,
    meeting: Meeting,
    item: AgendaItem,
    technical: Organisation,
    kind: str,
    parts: dict[str, object],
    sentence: str,
) -> None:
    page = words(write(as_coordinator, item, **typed(technical, kind, **parts)))

    assert sentence in page
    assert all(str(value) in page for value in parts.values())
    assert not TableAnswer.objects.exists()


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.EXCUSED, "har anmält förhinder."),
        (State.ABSENT, "är noterad som frånvarande."),
        (State.VACANT, "är noterad som vakant."),
        (State.UNNOTED, "är inte noterad som närvarande."),
    ],
)
def test_one_who_is_not_there_has_no_line_and_no_answer(
    as_coordinator: Client, meeting: Meeting, by: Actor, item: AgendaItem, technical: Organisation, state: str, why: str
) -> None:
    meeting.organisations.get(organisation=technical).note(by=by, state=state)

    page = as_coordinator.get(item.get_absolute_url())

    assert f"answer_{of(technical).action_id}" not in page.content.decode()
    assert f"Tekniska förvaltningen {why}" in words(page)
    with pytest.raises(NotAllowed, match=why):
        say_yes(technical, by)


def test_what_she_closes_on_is_what_she_read(
    meeting: Meeting, coordinator: Member, by: Actor, technical: Organisation
) -> None:
    seen = preview(meeting, coordinator).seen
    say_yes(technical, by)

    with pytest.raises(EditConflict, match="Nytt svar vid bordet: Tekniska förvaltningen: åtar sig"):
        close(meeting, coordinator, seen=seen)


def test_the_answer_stands_as_it_was_when_the_meeting_has_closed(
    coordinator: Member, meeting: Meeting, by: Actor, technical: Organisation
) -> None:
    said = say_yes(technical, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        TableAnswer.objects.update(kind="question", planned=None, text="Va?")
    close(meeting, coordinator)

    with pytest.raises(IntegrityError), transaction.atomic():
        said.delete()
