"""An answer taken back: for ten minutes, if nothing later rests on it, and told like all else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from base.records import Conflict, NotAllowed, said_columns
from base.swedish.said_days import SaidDay
from issues.models import Action, Answer, Assignment, Issue
from members.actor import Actor
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.days import in_days
from tests.factories import ActionFactory
from tests.issues.answering import NO, answer_of, answered, send
from tests.issues.test_undo import way_back
from tests.pages import text_of
from tests.people import signed_in
from tests.the import the

PHONE = {"ja-channel": "phone"}


def yes() -> dict[str, str]:
    return {"ja-planned": in_days(7).isoformat()}


def address(action: Action) -> str:
    return f"/overlamningar/{answered(action).pk}/aterta-svar/"


def open_again(action: Action) -> bool:
    """Whether the organisation that was asked first has the question before it, unanswered."""
    action = Action.objects.get(pk=action.pk)
    return action.is_asked and action.current == answered(action) and not action.current.is_answered


@pytest.mark.parametrize(
    ("answer", "typed"),
    [("accept", {}), ("decline", NO), ("ask", {"fraga-text": "Vilka lampor?"}), ("pass_on", {"vidare-to": "nobody"})],
)
def test_each_answer_can_be_taken_back_beside_its_receipt(
    as_representative: Client, asked: Action, answer: str, typed: dict[str, str]
) -> None:
    undo = the(way_back(send(as_representative, asked, answer, **(typed or yes()))))

    response = as_representative.post(undo.url, undo.fields)

    assert undo.url == address(asked)
    assert undo.fields["answer"] == str(Answer.objects.get().pk)
    assert open_again(asked)
    assert "Svaret är taget tillbaka. Frågan är öppen igen." in text_of(as_representative, response["Location"])


def test_undo_of_an_answer_that_was_replaced_takes_nothing_back(
    as_representative: Client, deputy: Member, asked: Action
) -> None:
    undo = the(way_back(send(as_representative, asked, "accept", **yes())))
    colleague = signed_in(deputy)
    colleague.post(address(asked))
    send(colleague, asked, "decline", **NO)

    response = as_representative.post(undo.url, undo.fields)

    assert answer_of(asked).kind == "declined"
    assert "Svaret är redan taget tillbaka." in text_of(as_representative, response["Location"])


def test_withdraw_keeps_the_answer_and_tells_of_it_in_the_timeline(representative: Member, asked: Action) -> None:
    assignment, by = answered(asked), Actor.of(representative)
    assignment.accept(by=by, planned=in_days(7))

    assignment.withdraw_answer(by=by, why="Fel datum.")

    answer = Answer.objects.get()
    assert (answer.planned, answer.withdrawn_by, answer.withdrawn_why) == (in_days(7), representative, "Fel datum.")
    told = the(asked.events.latest_first().first())
    assert str(told) == "Svaret om ”Laga belysningen” togs tillbaka. Fel datum."
    assert told.who == "Omar Prov, Tekniska förvaltningen"


def test_the_day_that_was_promised_goes_with_the_answer(representative: Member, asked: Action) -> None:
    assignment, by = answered(asked), Actor.of(representative)
    assignment.accept(by=by, planned=SaidDay(in_days(7), "event", "före skolavslutningen"))

    assignment.withdraw_answer(by=by)

    assert said_columns("planned", answered(asked).planned_day) == said_columns("planned", None)


def test_another_answer_can_be_given_after_it(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "accept", **yes())
    as_representative.post(address(asked))

    send(as_representative, asked, "decline", **NO)

    assert answer_of(asked).kind == Answer.Kind.DECLINED
    assert answered(asked).planned is None
    assert list(Answer.objects.order_by("pk").values_list("kind", flat=True)) == ["accepted", "declined"]


def test_withdraw_of_what_was_passed_on_takes_the_question_from_the_next(
    representative: Member, asked: Action, housing: Organisation
) -> None:
    by = Actor.of(representative)
    answered(asked).pass_on(by=by, to=housing)
    theirs = Assignment.objects.get(organisation=housing)

    answered(asked).withdraw_answer(by=by)

    assert open_again(asked)
    assert not Issue.objects.asked_of([housing.pk]).exists()
    with pytest.raises(Conflict, match="Frågan har lämnats till någon annan"):
        theirs.accept(by=by, planned=in_days(7))


def test_another_of_the_organisation_may_take_it_back(as_representative: Client, deputy: Member, asked: Action) -> None:
    send(as_representative, asked, "accept", **yes())

    signed_in(deputy).post(address(asked))

    assert open_again(asked)


def test_the_samordnare_takes_back_what_she_noted_and_not_what_they_said(
    as_coordinator: Client, as_representative: Client, asked: Action
) -> None:
    undo = the(way_back(send(as_coordinator, asked, "accept", **yes(), **PHONE)))
    as_coordinator.post(undo.url, undo.fields)
    assert open_again(asked)
    assert asked.issue.events.get(kind="withdrawn").who == "Maja Exempel för Tekniska förvaltningen, på telefon"

    send(as_representative, asked, "accept", **yes())
    assert as_coordinator.post(address(asked)).status_code == 403
    assert answered(asked).is_answered


def started(action: Action, by: Actor) -> None:
    action.start(by=by)


def cancelled(action: Action, by: Actor) -> None:
    action.cancel(reason="Löst ändå.", by=by)


def closed(action: Action, by: Actor) -> None:
    action.issue.close(by=by, outcome="partly", feedback="Delvis klart.", despite="Resten görs i vår.")


@pytest.mark.parametrize("later", [started, cancelled, closed])
def test_withdraw_is_refused_when_more_rests_on_the_answer(
    representative: Member, asked: Action, later: Callable[[Action, Actor], None]
) -> None:
    by = Actor.of(representative)
    answered(asked).accept(by=by, planned=in_days(7))
    later(Action.objects.get(pk=asked.pk), by)

    with pytest.raises(NotAllowed, match="Det har hänt mer efter svaret, så det står fast"):
        answered(asked).withdraw_answer(by=by)

    assert answered(asked).is_answered


def test_withdraw_is_refused_when_the_next_have_answered(
    representative: Member, asked: Action, housing: Organisation
) -> None:
    by = Actor.of(representative)
    answered(asked).pass_on(by=by, to=housing)
    Assignment.objects.get(organisation=housing).accept(by=by, planned=in_days(7))

    with pytest.raises(NotAllowed, match="Det har hänt mer efter svaret"):
        answered(asked).withdraw_answer(by=by)


def test_an_answer_to_what_is_closed_already_can_be_taken_back(representative: Member, asked: Action) -> None:
    by = Actor.of(representative)
    closed(asked, by)
    answered(asked).accept(by=by, planned=in_days(7))

    answered(asked).withdraw_answer(by=by)

    assert open_again(asked)


@pytest.mark.parametrize(("minutes", "stands"), [(10, False), (11, True)])
def test_withdraw_is_refused_after_ten_minutes(
    representative: Member, asked: Action, minutes: int, stands: bool
) -> None:
    by, given = Actor.of(representative), timezone.now()
    answered(asked).accept(by=by, planned=in_days(7), at=given)

    def withdraw() -> None:
        answered(asked).withdraw_answer(by=by, at=given + timedelta(minutes=minutes))

    if stands:
        with pytest.raises(NotAllowed, match="Svaret är äldre än tio minuter och står fast"):
            withdraw()
    else:
        withdraw()
    assert answered(asked).is_answered == stands


def test_the_refusal_is_told_on_the_actions_page(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "accept", **yes())
    Action.objects.get(pk=asked.pk).start(by=Actor.of(Member.objects.get(name="Omar Prov")))

    response = as_representative.post(address(asked))

    assert response["Location"] == asked.get_absolute_url()
    assert "Det har hänt mer efter svaret, så det står fast." in text_of(as_representative, response["Location"])


def test_who_comes_second_is_told_that_it_is_taken_back(
    as_representative: Client, deputy: Member, asked: Action
) -> None:
    send(as_representative, asked, "accept", **yes())
    as_representative.post(address(asked))

    page = signed_in(deputy)

    assert "Svaret är redan taget tillbaka." in text_of(page, page.post(address(asked))["Location"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_withdraw_at_once_one_is_told(
    technical: Organisation, representative: Member, deputy: Member
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    answered(action).accept(by=Actor.of(representative), planned=in_days(7))
    hers, his = (Assignment.objects.select_related("action__issue", "organisation").get() for _ in range(2))

    outcomes = at_once(
        lambda: hers.withdraw_answer(by=Actor.of(representative)), lambda: his.withdraw_answer(by=Actor.of(deputy))
    )

    [told] = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert told.message == "Svaret är redan taget tillbaka."
    assert action.issue.events.filter(kind="withdrawn").count() == 1
