"""The chain from observation to closed issue, through the verbs alone."""

from datetime import date

import pytest
from django.db import Error, transaction

from base.records import Conflict, NotAllowed
from issues.models import Action, Answer, Assignment, Issue
from issues.triage import open_issue_from
from members.actor import Actor, Channel
from members.models import Member, Organisation
from tests.acting import on_behalf
from tests.factories import ActionFactory, ObservationFactory
from tests.past import history_of

PLANNED = date(2026, 12, 1)


def test_an_observation_becomes_a_closed_issue_with_every_step_in_its_timeline(
    coordinator: Member, representative: Member, officer: Member, technical: Organisation, housing: Organisation
) -> None:
    observation = ObservationFactory(reporter=officer)

    issue = open_issue_from([observation], by=Actor.of(coordinator), title="Mörkt", where="Tunneln")
    action = Action.draft(issue=issue, organisation=technical, by=Actor.of(coordinator), title="Laga")
    action.propose(by=Actor.of(coordinator))
    action.current.pass_on(by=Actor.of(representative), to=housing, text="Det är era lampor.")
    action.current.ask(by=on_behalf(coordinator, Channel.PHONE), text="Vilka lampor?")
    action.hand_over(to=housing, message="De fyra i mitten.", by=Actor.of(coordinator))
    action.current.accept(by=on_behalf(coordinator, Channel.MAIL), planned=PLANNED)
    action.start(by=on_behalf(coordinator, Channel.MAIL))
    action.finish(note="Fyra armaturer bytta.", by=on_behalf(coordinator, Channel.MEETING))
    issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Det lyser igen.")

    kinds = [event.kind for event in issue.events.visible_to(officer).order_by("pk")]
    expected = "opened observed proposed moved answered moved answered started done closed"
    assert kinds == expected.split()
    assert [a.organisation for a in action.assignments.order_by("pk")] == [technical, housing, housing]
    assert history_of(issue).count() == 3


def test_the_first_answer_stands_and_the_second_is_told_who_was_first(
    representative: Member, deputy: Member, technical: Organisation
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    hers, his = (Assignment.objects.get(action=action) for _ in range(2))
    hers.accept(by=Actor.of(representative), planned=PLANNED)

    with pytest.raises(Conflict, match=r"Omar Prov svarade i dag [\d.]+: åtar sig\."):
        his.decline(by=Actor.of(deputy), reason="budget", text="Ryms inte.", next_step="Fråga i mars.")

    action.refresh_from_db()
    assert action.state == Action.State.ACCEPTED


def test_the_database_itself_refuses_to_change_a_given_answer(representative: Member, technical: Organisation) -> None:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=PLANNED)

    with pytest.raises(Error, match="answer_never_changes"), transaction.atomic():
        Answer.objects.update(kind=Answer.Kind.QUESTION)


def test_an_issue_with_open_actions_closes_only_when_one_says_why(coordinator: Member) -> None:
    issue = ActionFactory().issue

    with pytest.raises(NotAllowed):
        issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.PARTLY, feedback="Delvis klart.")
    issue.close(
        by=Actor.of(coordinator), outcome=Issue.Outcome.PARTLY, feedback="Delvis klart.", despite="Resten görs i vår."
    )

    assert issue.is_closed
