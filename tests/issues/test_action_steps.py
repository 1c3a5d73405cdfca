"""What follows the answer: begun, done, handed over, taken back; and the samordnare's turn."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.swedish.working_days import working_day_from
from issues.models import Action, Assignment
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, ObservationFactory
from tests.pages import Response
from tests.people import signed_in
from tests.the import the


@pytest.fixture
def asked(technical: Organisation) -> Action:
    return ActionFactory(assignment__organisation=technical)


@pytest.fixture
def accepted(asked: Action, representative: Member) -> Action:
    asked.current.accept(by=Actor.of(representative), planned=in_days(7))
    return asked


def step(client: Client, action: Action, name: str, **typed: Any) -> Response:
    return client.post(reverse(f"issues:action_{name}", args=[action.pk]), typed)


def current(action: Action) -> Assignment:
    return Assignment.objects.get(action=action, ended_at=None)


def stored(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def test_the_organisation_begins_and_reports_done(as_representative: Client, accepted: Action) -> None:
    step(as_representative, accepted, "start")
    begun = stored(accepted).state
    step(as_representative, accepted, "finish", **{"klar-note": "Fyra armaturer bytta."})

    done = stored(accepted)
    assert (begun, done.state, done.done_note) == ("ongoing", "done", "Fyra armaturer bytta.")
    page = as_representative.get(accepted.get_absolute_url()).content.decode()
    assert "Fyra armaturer bytta." in page
    steps = (reverse(f"issues:action_{name}", args=[accepted.pk]) for name in ("start", "finish", "change_date"))
    assert [each for each in steps if f'action="{each}"' in page] == []


def test_done_needs_a_note(as_representative: Client, accepted: Action) -> None:
    page = step(as_representative, accepted, "finish", **{"klar-note": ""}).content.decode()

    assert "Skriv vad som gjordes" in page
    assert stored(accepted).state == "accepted"


def test_the_second_report_is_told_who_was_first_and_keeps_its_words(
    as_representative: Client, deputy: Member, accepted: Action
) -> None:
    step(as_representative, accepted, "finish", **{"klar-note": "Fyra bytta."})

    page = step(signed_in(deputy), accepted, "finish", **{"klar-note": "Alla bytta."}).content.decode()

    assert "Åtgärden är klar (Omar Prov, i dag " in page
    assert "Alla bytta." in page
    assert stored(accepted).done_note == "Fyra bytta."


def test_the_coordinator_reports_on_behalf_with_how_it_came(as_coordinator: Client, accepted: Action) -> None:
    refused = step(as_coordinator, accepted, "finish", **{"klar-note": "Bytt."}).content.decode()
    step(as_coordinator, accepted, "finish", **{"klar-note": "Bytt.", "klar-channel": "meeting"})

    assert "Välj ett svar under ”Hur kom beskedet?”." in refused
    assert accepted.issue.events.get(kind="done").who == "Maja Exempel för Tekniska förvaltningen, på mötet"


def test_the_coordinator_answers_a_question_and_the_clock_starts_anew(
    as_coordinator: Client, asked: Action, representative: Member, technical: Organisation
) -> None:
    asked.current.ask(by=Actor.of(representative), text="Vilka lampor?")
    due = in_days(5)
    typed = {"organisation": technical.pk, "message": "De fyra i mitten.", "answer_due": due.isoformat()}

    step(as_coordinator, asked, "hand_over", **{f"overlamna-{name}": value for name, value in typed.items()})

    now = current(asked)
    assert (now.organisation, now.message, now.answer_due, now.answer) == (technical, "De fyra i mitten.", due, None)
    page = signed_in(representative).get(asked.get_absolute_url()).content.decode()
    assert "De fyra i mitten." in page
    assert "Vilka lampor?" in page
    assert "Ert svar" in page


def test_a_question_is_not_answered_with_silence(
    as_coordinator: Client, asked: Action, representative: Member, housing: Organisation
) -> None:
    asked.current.ask(by=Actor.of(representative), text="Vilka lampor?")
    typed = {"overlamna-organisation": housing.pk, "overlamna-answer_due": today().isoformat()}

    page = step(as_coordinator, asked, "hand_over", **typed).content.decode()

    assert "Skriv kompletteringen." in page
    assert the(current(asked).answer).kind == "question"


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        ("with a question", "Svar till Tekniska förvaltningen: Det brådskar."),
        ("with a no", "Ny fråga till Tekniska förvaltningen: Det brådskar."),
        ("not at all", "Ny fråga till Tekniska förvaltningen: Det brådskar."),
    ],
)
def test_the_timeline_says_whether_they_get_an_answer_or_are_asked_again(
    asked: Action, coordinator: Member, representative: Member, technical: Organisation, answered: str, told: str
) -> None:
    if answered == "with a question":
        asked.current.ask(by=Actor.of(representative), text="Vilka lampor?")
    if answered == "with a no":
        asked.current.decline(
            by=Actor.of(representative), reason="budget", text="Ryms inte.", next_step="Fråga Witala."
        )

    asked.hand_over(to=technical, message="Det brådskar.", by=Actor.of(coordinator))

    assert str(asked.issue.events.latest_first()[0]) == told


def test_asking_the_same_ones_again_needs_a_word(
    as_coordinator: Client, asked: Action, technical: Organisation
) -> None:
    typed = {"overlamna-organisation": technical.pk, "overlamna-answer_due": today().isoformat()}

    page = step(as_coordinator, asked, "hand_over", **typed).content.decode()

    assert "Skriv vad Tekniska förvaltningen behöver veta." in page


def test_what_was_declined_can_be_asked_of_others(
    as_coordinator: Client, asked: Action, representative: Member, housing: Organisation
) -> None:
    asked.current.decline(by=Actor.of(representative), reason="budget", text="Ryms inte.", next_step="Fråga Witala.")
    typed = {"overlamna-organisation": housing.pk, "overlamna-answer_due": today().isoformat()}

    step(as_coordinator, asked, "hand_over", **typed)

    assert (current(asked).organisation, stored(asked).state) == (housing, "proposed")


def test_a_handover_of_what_has_moved_meanwhile_is_stopped_once_and_then_goes_through(
    as_coordinator: Client, asked: Action, representative: Member, housing: Organisation
) -> None:
    seen = asked.version
    asked.current.ask(by=Actor.of(representative), text="Vilka lampor?")
    typed = {"organisation": housing.pk, "message": "Er?", "answer_due": today().isoformat(), "version": seen}
    typed = {f"overlamna-{name}": value for name, value in typed.items()}

    page = step(as_coordinator, asked, "hand_over", **typed).content.decode()

    assert "Omar Prov ändrade det här i dag " in page
    assert "Er?" in page
    assert the(current(asked).answer).kind == "question"
    assert f'value="{stored(asked).version}"' in page


def test_the_group_takes_its_question_back_with_a_reason(as_coordinator: Client, asked: Action) -> None:
    refused = step(as_coordinator, asked, "cancel", **{"aterta-reason": ""}).content.decode()
    step(as_coordinator, asked, "cancel", **{"aterta-reason": "Löst ändå."})

    assert "Skriv varför gruppen tar tillbaka åtgärden." in refused
    assert stored(asked).state == "cancelled"
    assert "Löst ändå." in str(asked.issue.events.get(kind="cancelled"))


def test_a_draft_is_proposed_with_one_button(as_coordinator: Client, technical: Organisation) -> None:
    draft = ActionFactory(state="draft", assignment__organisation=technical)
    page = as_coordinator.get(draft.get_absolute_url()).content.decode()

    step(as_coordinator, draft, "propose")

    assert "Föreslå nu" in page
    assert stored(draft).state == "proposed"
    assert current(draft).answer_due == working_day_from(in_days(14))


def test_a_day_that_passed_while_it_was_a_draft_gives_way_to_the_usual_time(
    coordinator: Member, technical: Organisation
) -> None:
    past = in_days(-3)
    draft = ActionFactory(state="draft", assignment__organisation=technical, assignment__answer_due=past)

    draft.propose(by=Actor.of(coordinator))

    assert current(draft).answer_due == working_day_from(in_days(14))


def test_a_draft_is_proposed_once_and_who_comes_second_is_told(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    draft = ActionFactory(state="draft", assignment__organisation=technical)
    draft.propose(by=Actor.of(coordinator))
    before = Assignment.objects.values().get()

    page = as_coordinator.post(reverse("issues:action_propose", args=[draft.pk]), follow=True).content.decode()

    assert "Åtgärden väntar på svar (Maja Exempel, i dag" in page
    assert Assignment.objects.values().get() == before
    assert draft.issue.events.count() == 1


def test_a_draft_is_not_handed_over(as_coordinator: Client, technical: Organisation, housing: Organisation) -> None:
    draft = ActionFactory(state="draft", assignment__organisation=technical)
    before = Assignment.objects.values().get()
    typed = {"overlamna-organisation": housing.pk, "overlamna-answer_due": today().isoformat()}

    page = step(as_coordinator, draft, "hand_over", **typed).content.decode()

    assert "Åtgärden är ett utkast, så ingen har fått frågan än." in page
    assert (stored(draft).state, Assignment.objects.values().get()) == ("draft", before)


def test_the_page_says_what_it_rests_on(as_representative: Client, asked: Action, officer: Member) -> None:
    ObservationFactory.create_batch(2, issue=asked.issue, reporter=officer)
    ObservationFactory(issue=asked.issue, reporter=officer, source="resident")

    page = as_representative.get(asked.get_absolute_url()).content.decode()

    assert "2 observationer från 1 rapportör, + 1 från invånare." in page


def test_a_representative_of_others_reads_without_any_form(as_officer: Client, asked: Action) -> None:
    page = as_officer.get(asked.get_absolute_url()).content.decode()

    assert "Väntar på svar." in page
    assert "Ert svar" not in page
    assert "Samordnaren</h2>" not in page
