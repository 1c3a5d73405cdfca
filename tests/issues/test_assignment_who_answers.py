"""Who answers, and when it is too late: the second is told who was first, and nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Action, Assignment
from members.actor import Actor, Channel
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory
from tests.issues.answering import NO, answer_of, answered, send
from tests.people import signed_in


def test_the_second_answer_is_told_who_was_first_and_keeps_its_words(
    as_representative: Client, deputy: Member, asked: Action
) -> None:
    send(as_representative, asked, "accept", **{"ja-planned": in_days(7).isoformat()})

    response = signed_in(deputy).post(reverse("issues:assignment_decline", args=[answered(asked).pk]), NO)

    page = response.content.decode()
    assert response.status_code == 200
    assert f"{answer_of(asked)} Ditt svar är inte sparat" in page
    assert "Skolvägarna först." in page
    assert "Ta upp igen i mars." in page
    assert answer_of(asked).kind == "accepted"


def test_an_answer_to_what_has_been_handed_to_others_is_told_so(
    as_representative: Client, coordinator: Member, asked: Action, housing: Organisation
) -> None:
    old = answered(asked)
    asked.hand_over(to=housing, message="", by=Actor.of(coordinator))

    response = as_representative.post(reverse("issues:assignment_decline", args=[old.pk]), NO)

    page = response.content.decode()
    assert "Frågan har lämnats till någon annan." in page
    assert "Skolvägarna först." in page
    assert not Assignment.objects.exclude(answer=None).exists()


def test_an_answer_to_what_the_group_has_taken_back_is_told_so(
    as_representative: Client, coordinator: Member, asked: Action
) -> None:
    asked.cancel(reason="Löst ändå.", by=Actor.of(coordinator))

    page = send(as_representative, asked, "ask", **{"fraga-text": "Var?"}).content.decode()

    assert "Åtgärden är återtagen (Maja Exempel, i dag " in page
    assert "Var?" in page
    assert answered(asked).answer is None


def test_a_draft_cannot_be_answered(as_coordinator: Client, technical: Organisation) -> None:
    draft = ActionFactory(state="draft", assignment__organisation=technical)

    typed = {"fraga-text": "Var?", "fraga-channel": "phone"}
    page = send(as_coordinator, draft, "ask", **typed).content.decode()

    assert "Frågan är inte ställd än." in page


def test_the_same_form_sent_twice_answers_once(as_representative: Client, asked: Action) -> None:
    key = {"key": "1b671a64-40d5-491e-99b0-da01ff1f3341"}

    first = send(as_representative, asked, "ask", **{"fraga-text": "Vilka?"}, **key)
    second = send(as_representative, asked, "ask", **{"fraga-text": "Vilka?"}, **key)

    assert first["Location"] == second["Location"] == asked.get_absolute_url()
    assert asked.issue.events.filter(kind="answered").count() == 1


def test_what_the_coordinator_was_told_is_noted_with_how_it_came(
    as_coordinator: Client, asked: Action, technical: Organisation
) -> None:
    typed = {"ja-planned": in_days(7).isoformat(), "ja-channel": "phone"}

    send(as_coordinator, asked, "accept", **typed)

    assert answer_of(asked).channel == Channel.PHONE
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
    assert answered(asked).answer is None


def test_an_own_answer_is_signed_in_whatever_is_sent(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "ask", **{"fraga-text": "Vilka?", "fraga-channel": "phone"})

    assert answer_of(asked).channel == Channel.SIGNED_IN


def test_a_coordinator_answers_for_her_own_organisation_as_herself(
    as_coordinator: Client, coordinator: Member, rescue: Organisation
) -> None:
    coordinator.answers_for.add(rescue)
    action = ActionFactory(assignment__organisation=rescue)

    send(as_coordinator, action, "ask", **{"fraga-text": "Vilka?"})

    assert answer_of(action).channel == Channel.SIGNED_IN


def test_a_handler_answers_for_her_organisation(as_handler: Client, housing: Organisation) -> None:
    action = ActionFactory(assignment__organisation=housing)

    send(as_handler, action, "ask", **{"fraga-text": "Vilka?"})

    assert answer_of(action).kind == "question"


def test_another_organisations_question_is_closed_to_a_representative_and_unknown_to_a_handler(
    as_officer: Client, as_handler: Client, asked: Action
) -> None:
    statuses = [send(client, asked, "decline", **NO).status_code for client in (as_officer, as_handler)]

    assert statuses == [403, 404]
    assert answered(asked).answer is None


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
    draft = ActionFactory(issue=issue, state="draft", assignment__organisation=technical)

    assert as_handler.get(draft.get_absolute_url()).status_code == 404
