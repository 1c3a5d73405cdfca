"""Proposing from an issue: one action for each who is asked, the clock running at once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from base.swedish.working_days import working_day_from
from issues.models import Action, Issue
from issues.proposing import propose_to_each
from issues.texts.action import action_about
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import IssueFactory
from tests.pages import Response


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(state="new")


@pytest.fixture
def facts(technical: Organisation) -> dict[str, Any]:
    due = (in_days(10)).isoformat()
    return {
        "title": "Byta fyra armaturer",
        "text": "Fyra av sex är släckta.",
        "organisations": [technical.pk],
        "answer_due": due,
        "term": "short",
    }


def propose(client: Client, issue: Issue, facts: dict[str, Any]) -> Response:
    return client.post(reverse("issues:action_create", args=[issue.number]), facts)


def test_the_question_is_put_at_once_and_the_issue_is_open(
    as_coordinator: Client, issue: Issue, facts: dict[str, Any], technical: Organisation, police: Organisation
) -> None:
    response = propose(as_coordinator, issue, facts | {"supporting": [police.pk]})

    action = Action.objects.get()
    assert response["Location"] == action.get_absolute_url()
    assert (action.state, action.current.organisation) == ("proposed", technical)
    assert action.current.answer_due == in_days(10)
    assert list(action.supporting.all()) == [police]
    issue.refresh_from_db()
    assert issue.state == Issue.State.OPEN


def test_what_is_to_be_done_begins_with_a_large_letter_however_it_was_typed(
    as_coordinator: Client, issue: Issue, facts: dict[str, Any], coordinator: Member, technical: Organisation
) -> None:
    propose(as_coordinator, issue, facts | {"title": "byta fyra armaturer"})
    drafted = Action.draft(issue=issue, organisation=technical, by=Actor.of(coordinator), title="e-tjänst för fel")

    assert [str(action) for action in Action.objects.order_by("pk")] == ["Byta fyra armaturer", "e-tjänst för fel"]
    assert drafted.title == "e-tjänst för fel"


def test_several_who_are_asked_get_one_action_each(
    as_coordinator: Client, issue: Issue, facts: dict[str, Any], technical: Organisation, housing: Organisation
) -> None:
    response = propose(as_coordinator, issue, facts | {"organisations": [technical.pk, housing.pk]})

    assert response["Location"] == issue.get_absolute_url()
    asked = {action.current.organisation for action in Action.objects.filter(state="proposed")}
    assert asked == {technical, housing}


def test_no_term_is_chosen_for_anybody_and_none_is_told_of(
    as_coordinator: Client, issue: Issue, facts: dict[str, Any]
) -> None:
    form = as_coordinator.get(reverse("issues:action_create", args=[issue.number])).context["form"]
    assert not form["term"].value()
    assert [label for _, label in form.fields["term"].choices] == ["Kort sikt", "Lång sikt", "Inte bedömt"]

    propose(as_coordinator, issue, facts | {"term": ""})

    action = Action.objects.with_about().get()
    page = as_coordinator.get(action.get_absolute_url()).content.decode()
    assert (action.term, "<dt>Sikt</dt>" in page, "sikt" in action_about(action, today())) == ("", False, False)


def test_the_usual_time_to_answer_is_suggested(as_coordinator: Client, issue: Issue) -> None:
    page = as_coordinator.get(reverse("issues:action_create", args=[issue.number])).content.decode()

    assert f'value="{working_day_from(in_days(14)).isoformat()}"' in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Skriv vad som ska göras."),
        ({"title": "x" * 161}, "Texten är 1 tecken för lång."),
        ({"organisations": []}, "Välj ansvarig."),
        ({"organisations": ["abc"]}, "Det valet finns inte längre."),
        ({"organisations": [0]}, "Det valet finns inte längre."),
        ({"answer_due": ""}, "Skriv när svaret ska ha kommit."),
        ({"answer_due": (in_days(-1)).isoformat()}, "Dagen har redan varit."),
        ({"answer_due": "0000-00-00"}, "Skriv datumet som 2026-11-25."),
        ({"wished": "2020-02-02"}, "Dagen har redan varit."),
        ({"term": "evig"}, "Det valet finns inte längre."),
        ({"title": "noll\x00tecken"}, "Det finns ett tecken i texten som inte går att spara."),
    ],
)
def test_what_cannot_be_saved_is_told_and_the_words_stay(
    as_coordinator: Client, issue: Issue, facts: dict[str, Any], wrong: dict[str, Any], sentence: str
) -> None:
    response = propose(as_coordinator, issue, facts | wrong)

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Fyra av sex är släckta." in page
    assert not Action.objects.exists()


def test_who_is_asked_does_not_also_support(
    as_coordinator: Client, issue: Issue, facts: dict[str, Any], technical: Organisation
) -> None:
    page = propose(as_coordinator, issue, facts | {"supporting": [technical.pk]}).content.decode()

    assert "Tekniska förvaltningen får själv frågan." in page
    assert not Action.objects.exists()


def test_propose_to_each_names_all_who_would_support_themselves(
    coordinator: Member, issue: Issue, technical: Organisation, police: Organisation, housing: Organisation
) -> None:
    asked = [technical, police]

    with pytest.raises(ValidationError) as refused:
        propose_to_each(asked, issue=issue, by=Actor.of(coordinator), title="Laga", supporting=[*asked, housing])

    sentence = "Polisen och Tekniska förvaltningen får själv frågan. Välj bara dem som stöder någon annan."
    assert refused.value.message_dict == {"supporting": [sentence]}
    assert not Action.objects.exists()


def test_who_has_left_the_group_is_not_asked(
    as_coordinator: Client, issue: Issue, facts: dict[str, Any], technical: Organisation
) -> None:
    Organisation.objects.filter(pk=technical.pk).update(active_to=in_days(-1))

    response = propose(as_coordinator, issue, facts)

    assert response.status_code == 200
    assert not Action.objects.exists()


def test_sent_twice_it_is_proposed_once(as_coordinator: Client, issue: Issue, facts: dict[str, Any]) -> None:
    facts["key"] = "1b671a64-40d5-491e-99b0-da01ff1f3341"

    first, second = (propose(as_coordinator, issue, facts) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Action.objects.count() == 1


def test_an_issue_closed_meanwhile_refuses_in_words_and_keeps_the_text(
    as_coordinator: Client, facts: dict[str, Any], coordinator: Member
) -> None:
    issue = IssueFactory()
    issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Det lyser.")

    page = propose(as_coordinator, issue, facts).content.decode()

    assert "Ärendet är avslutat (Maja Exempel, i dag " in page
    assert "). Öppna det igen om något mer ska göras." in page
    assert "Byta fyra armaturer" in page
    assert not Action.objects.exists()
