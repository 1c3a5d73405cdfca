"""The four answers on the action's page: given once, by the one who was asked, never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Action, Assignment, Channel
from members.models import Member, Organisation
from temagrupp.ui.sentences import day_and_month
from tests.factories import ActionFactory, IssueFactory
from tests.people import signed_in

TODAY = timezone.localdate()
IN_A_WEEK = TODAY + timedelta(days=7)
NO = {"nej-reason": "priority", "nej-text": "Skolvägarna först.", "nej-next_step": "Ta upp igen i mars."}


@pytest.fixture
def asked(technical: Organisation) -> Action:
    return ActionFactory(assignment__organisation=technical, wished=IN_A_WEEK)


def send(client: Client, action: Action, answer: str, **typed: Any) -> Any:
    """Post one of the four forms about the handover that is current."""
    url = reverse(f"issues:assignment_{answer}", args=[Assignment.objects.get(action=action, ended_at=None).pk])
    return client.post(url, typed)


def answered(action: Action) -> Assignment:
    return action.assignments.order_by("pk").first()


def test_a_yes_with_the_wished_day_takes_two_taps(as_representative: Client, asked: Action) -> None:
    page = as_representative.get(asked.get_absolute_url()).content.decode()

    response = send(as_representative, asked, "accept", **{"ja-planned": IN_A_WEEK.isoformat()})

    assert f'value="{IN_A_WEEK.isoformat()}" id="id_ja-planned_0" checked' in page
    assert response.url == asked.get_absolute_url()
    given = answered(asked)
    assert (given.answer, given.planned, given.channel) == ("accepted", IN_A_WEEK, Channel.SIGNED_IN)


def test_a_yes_carries_its_own_day_cost_and_number(as_representative: Client, asked: Action) -> None:
    own = TODAY + timedelta(days=200)
    more = {"ja-cost_band": "under_50", "ja-external_ref": "TF-77", "ja-text": "Vi byter alla sex."}

    send(as_representative, asked, "accept", **{"ja-planned": "other", "ja-other_day": own.isoformat()}, **more)

    given = answered(asked)
    assert (given.planned, given.cost_band, given.external_ref) == (own, "under_50", "TF-77")
    page = as_representative.get(asked.get_absolute_url()).content.decode()
    assert f"Accepterad. Klart {day_and_month(own, today=TODAY)}." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Välj när det är klart."),
        ({"ja-planned": "other"}, "Skriv vilket datum det är klart."),
        ({"ja-planned": "other", "ja-other_day": "i vår"}, "Skriv datumet som 2026-11-25."),
        ({"ja-planned": "other", "ja-other_day": "2020-01-01"}, "Dagen har redan varit."),
        ({"ja-planned": "other", "ja-other_day": "2999-01-01"}, "Dagen ligger mer än 10 år bort."),
        ({"ja-planned": "1999-01-01"}, "Det valet finns inte längre."),
        ({"ja-planned": IN_A_WEEK.isoformat(), "ja-cost_band": "gratis"}, "Det valet finns inte längre."),
        ({"ja-planned": IN_A_WEEK.isoformat(), "ja-external_ref": "x" * 61}, "Texten är 1 tecken för lång."),
    ],
)
def test_a_yes_that_cannot_be_saved_says_why_and_keeps_the_words(
    as_representative: Client, asked: Action, typed: dict[str, str], sentence: str
) -> None:
    response = send(as_representative, asked, "accept", **{"ja-text": "Vi vill gärna."}, **typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Vi vill gärna." in page
    assert answered(asked).answer == ""


def test_a_day_typed_and_then_not_chosen_is_nobodys_concern(as_representative: Client, asked: Action) -> None:
    typed = {"ja-planned": IN_A_WEEK.isoformat(), "ja-other_day": "2020-01-01"}

    send(as_representative, asked, "accept", **typed)

    assert answered(asked).planned == IN_A_WEEK


def test_a_no_needs_reason_text_and_next_step(as_representative: Client, asked: Action) -> None:
    response = send(as_representative, asked, "decline", **{"nej-text": "Vi hinner inte."})

    page = response.content.decode()
    assert "Välj varför." in page
    assert "Skriv vad som kan hända härnäst" in page
    assert "Vi hinner inte." in page
    assert page.count('<details name="answer" open>') == 1
    assert '<details name="answer" open>\n        <summary><span>Nej, inte nu' in page


def test_a_no_is_kept_in_their_own_words(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "decline", **NO)

    given = answered(asked)
    assert (given.reason, given.text, given.next_step) == ("priority", "Skolvägarna först.", "Ta upp igen i mars.")
    page = as_representative.get(asked.get_absolute_url()).content.decode()
    assert "Avböjd: annat går före." in page
    assert "Nästa steg: ”Ta upp igen i mars.”" in page


def test_a_question_goes_back_to_the_group(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "ask", **{"fraga-text": "Vilka lampor?"})

    asked.refresh_from_db()
    assert (asked.state, answered(asked).text) == (Action.State.QUESTION, "Vilka lampor?")


def test_a_question_without_words_is_refused(as_representative: Client, asked: Action) -> None:
    response = send(as_representative, asked, "ask", **{"fraga-text": "   "})

    assert "Skriv vad ni vill veta." in response.content.decode()
    assert answered(asked).answer == ""


def test_passing_on_moves_the_question_at_once(as_representative: Client, asked: Action, housing: Organisation) -> None:
    send(as_representative, asked, "pass_on", **{"vidare-to": str(housing.pk), "vidare-text": "Det är er vägg."})

    new = Assignment.objects.get(action=asked, ended_at=None)
    assert (new.organisation, new.message, new.answer) == (housing, "Det är er vägg.", "")
    assert answered(asked).passed_to == housing


def test_not_knowing_whose_it_is_leaves_it_to_the_coordinator(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "pass_on", **{"vidare-to": "nobody"})

    asked.refresh_from_db()
    assert (asked.state, answered(asked).answer) == (Action.State.QUESTION, "passed_on")


@pytest.mark.parametrize("to", ["", "0", "abc", "\x00", "99999999999999999999"])
def test_passing_on_to_nobody_that_exists_is_refused(as_representative: Client, asked: Action, to: str) -> None:
    response = send(as_representative, asked, "pass_on", **{"vidare-to": to, "vidare-text": "Er?"})

    assert response.status_code == 200
    assert "Er?" in response.content.decode()
    assert answered(asked).answer == ""


def test_neither_oneself_nor_who_has_left_can_be_passed_to(
    as_representative: Client, asked: Action, technical: Organisation, housing: Organisation
) -> None:
    Organisation.objects.filter(pk=housing.pk).update(active_to=TODAY - timedelta(days=1))

    for organisation in (technical, housing):
        send(as_representative, asked, "pass_on", **{"vidare-to": str(organisation.pk)})

    assert answered(asked).answer == ""


def test_the_second_answer_is_told_who_was_first_and_keeps_its_words(
    as_representative: Client, deputy: Member, asked: Action
) -> None:
    send(as_representative, asked, "accept", **{"ja-planned": IN_A_WEEK.isoformat()})

    response = signed_in(deputy).post(reverse("issues:assignment_decline", args=[answered(asked).pk]), NO)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Omar Prov svarade ”Ja, vi gör det”" in page
    assert "Skolvägarna först." in page
    assert "Ta upp igen i mars." in page
    assert answered(asked).answer == "accepted"


def test_an_answer_to_what_has_been_handed_to_others_is_told_so(
    as_representative: Client, coordinator: Member, asked: Action, housing: Organisation
) -> None:
    old = answered(asked)
    asked.hand_over(to=housing, message="", by=coordinator)

    response = as_representative.post(reverse("issues:assignment_decline", args=[old.pk]), NO)

    page = response.content.decode()
    assert "Frågan har lämnats till någon annan." in page
    assert "Skolvägarna först." in page
    assert not Assignment.objects.exclude(answer="").exists()


def test_an_answer_to_what_the_group_has_taken_back_is_told_so(
    as_representative: Client, coordinator: Member, asked: Action
) -> None:
    asked.cancel(reason="Löst ändå.", by=coordinator)

    page = send(as_representative, asked, "ask", **{"fraga-text": "Var?"}).content.decode()

    assert "Åtgärden är redan återtagen (Maja Exempel, i dag " in page
    assert "Var?" in page
    assert answered(asked).answer == ""


def test_a_draft_cannot_be_answered(as_representative: Client, technical: Organisation) -> None:
    draft = ActionFactory(state="draft", assignment__organisation=technical, assignment__asked_at=None)

    page = send(as_representative, draft, "ask", **{"fraga-text": "Var?"}).content.decode()

    assert "Frågan är inte ställd än." in page


def test_the_same_form_sent_twice_answers_once(as_representative: Client, asked: Action) -> None:
    key = {"key": "1b671a64-40d5-491e-99b0-da01ff1f3341"}

    first = send(as_representative, asked, "ask", **{"fraga-text": "Vilka?"}, **key)
    second = send(as_representative, asked, "ask", **{"fraga-text": "Vilka?"}, **key)

    assert first.url == second.url == asked.get_absolute_url()
    assert asked.issue.events.filter(kind="answered").count() == 1


def test_what_the_coordinator_was_told_is_noted_with_how_it_came(
    as_coordinator: Client, asked: Action, technical: Organisation
) -> None:
    typed = {"ja-planned": IN_A_WEEK.isoformat(), "ja-channel": "phone"}

    send(as_coordinator, asked, "accept", **typed)

    assert answered(asked).channel == Channel.PHONE
    event = asked.issue.events.get(kind="answered")
    assert event.who == "Maja Exempel för Tekniska förvaltningen, på telefon"
    page = as_coordinator.get(asked.get_absolute_url()).content.decode()
    assert "Svaret kom på telefon, noterat av Maja Exempel." in page


@pytest.mark.parametrize("channel", ["", "signed_in", "duva"])
def test_the_coordinator_must_say_how_somebody_elses_answer_came(
    as_coordinator: Client, asked: Action, channel: str
) -> None:
    response = send(as_coordinator, asked, "ask", **{"fraga-text": "Vilka?", "fraga-channel": channel})

    assert response.status_code == 200
    assert answered(asked).answer == ""


def test_an_own_answer_is_signed_in_whatever_is_sent(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "ask", **{"fraga-text": "Vilka?", "fraga-channel": "phone"})

    assert answered(asked).channel == Channel.SIGNED_IN


def test_a_coordinator_answers_for_her_own_organisation_as_herself(
    as_coordinator: Client, coordinator: Member, rescue: Organisation
) -> None:
    coordinator.answers_for.add(rescue)
    action = ActionFactory(assignment__organisation=rescue)

    send(as_coordinator, action, "ask", **{"fraga-text": "Vilka?"})

    assert answered(action).channel == Channel.SIGNED_IN


def test_a_handler_answers_for_her_organisation(as_handler: Client, housing: Organisation) -> None:
    action = ActionFactory(assignment__organisation=housing)

    send(as_handler, action, "ask", **{"fraga-text": "Vilka?"})

    assert answered(action).answer == "question"


def test_another_organisations_question_is_closed_to_a_representative_and_unknown_to_a_handler(
    as_officer: Client, as_handler: Client, asked: Action
) -> None:
    statuses = [send(client, asked, "decline", **NO).status_code for client in (as_officer, as_handler)]

    assert statuses == [403, 404]
    assert answered(asked).answer == ""


def test_an_answer_is_never_given_by_a_get(as_representative: Client, asked: Action) -> None:
    names = ("accept", "decline", "ask", "pass_on")

    statuses = [
        as_representative.get(reverse(f"issues:assignment_{name}", args=[answered(asked).pk])).status_code
        for name in names
    ]

    assert statuses == [405] * 4


def test_ids_on_the_page_are_its_own(as_coordinator: Client, asked: Action) -> None:
    page = as_coordinator.get(asked.get_absolute_url()).content.decode()

    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_a_handler_does_not_see_restricted_evidence_nor_other_drafts(
    as_handler: Client, housing: Organisation, technical: Organisation
) -> None:
    issue = IssueFactory()
    ActionFactory(issue=issue, assignment__organisation=housing)
    draft = ActionFactory(issue=issue, state="draft", assignment__organisation=technical, assignment__asked_at=None)

    assert as_handler.get(draft.get_absolute_url()).status_code == 404
