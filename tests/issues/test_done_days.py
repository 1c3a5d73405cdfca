"""What is done is told with the day it was done, and what was done before anybody asked is one answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict
from base.swedish.words import day_and_month
from issues.models import Action, ActionStatus, Answer
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.issues.answering import answer_of, answered, send
from tests.pages import Response


def stored(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


@pytest.fixture
def promised(technical: Organisation, representative: Member) -> Action:
    action = ActionFactory(assignment__organisation=technical, created_at=timezone.now() - timedelta(days=20))
    action.current.accept(by=Actor.of(representative), planned=in_days(7))
    return stored(action)


def finish(client: Client, action: Action, **typed: str) -> Response:
    fields = {f"klar-{name}": value for name, value in ({"note": "Fyra bytta."} | typed).items()}
    return client.post(reverse("issues:action_finish", args=[action.pk]), fields)


def test_done_is_told_with_the_day_it_was_done(as_representative: Client, promised: Action) -> None:
    finish(as_representative, promised, done_on=in_days(-6).isoformat())

    done = stored(promised)
    assert (done.done_on, timezone.localdate(done.done_at)) == (in_days(-6), today())
    page = as_representative.get(promised.get_absolute_url()).content.decode()
    assert f"Klar {day_and_month(in_days(-6), today=today())}." in page
    told = str(promised.issue.events.get(kind="done"))
    assert told.startswith(f"Klar {day_and_month(in_days(-6), today=today().replace(year=1))}: Laga")


def test_who_gives_no_day_has_done_it_today(as_representative: Client, promised: Action) -> None:
    page = as_representative.get(promised.get_absolute_url()).content.decode()

    finish(as_representative, promised)

    assert f'name="klar-done_on" value="{today().isoformat()}"' in page
    assert stored(promised).done_on == today()
    assert str(promised.issue.events.get(kind="done")) == "Klar: Laga belysningen. Fyra bytta."


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (1, "Dagen har inte varit än. Välj i dag eller en tidigare dag."),
        (-30, "Åtgärden kom till "),
        (-9000, "Dagen ligger mer än 10 år tillbaka."),
    ],
)
def test_nothing_is_done_in_the_future_nor_before_it_was_asked(
    as_representative: Client, promised: Action, days: int, sentence: str
) -> None:
    page = finish(as_representative, promised, done_on=in_days(days).isoformat()).content.decode()

    assert sentence in page
    assert "Fyra bytta." in page
    assert stored(promised).state == Action.State.ACCEPTED


def test_redan_gjort_is_one_answer_with_its_day_and_what_was_done(as_representative: Client, asked: Action) -> None:
    typed = {"gjort-done_on": in_days(-90).isoformat(), "gjort-note": "Bytta i våras."}

    response = send(as_representative, asked, "already_done", **typed)

    done, answer = stored(asked), answer_of(asked)
    assert response["Location"] == asked.get_absolute_url()
    assert (done.state, done.done_on, done.done_note) == ("done", in_days(-90), "Bytta i våras.")
    assert (answer.kind, answer.text, answered(asked).planned) == (Answer.Kind.DONE, "Bytta i våras.", None)
    assert answer.done_on == in_days(-90)
    told = [str(event) for event in asked.issue.events.filter(action=asked)]
    assert told == [
        f"Redan gjort {day_and_month(in_days(-90), today=today().replace(year=1))}: {asked}. Bytta i våras."
    ]
    page = as_representative.get(asked.get_absolute_url()).content.decode()
    assert ("Redan gjort." in page, page.count("”Bytta i våras.”")) == (True, 1)


def test_redan_gjort_needs_to_say_what_was_done(as_representative: Client, asked: Action) -> None:
    page = send(as_representative, asked, "already_done").content.decode()

    assert "Skriv vad som gjordes" in page
    assert stored(asked).state == Action.State.PROPOSED


def test_redan_gjort_can_be_withdrawn_as_any_answer(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "already_done", **{"gjort-note": "Bytta i våras."})

    as_representative.post(reverse("issues:answer_withdraw", args=[answered(asked).pk]))

    again = stored(asked)
    assert (again.state, again.done_on, again.done_note, answered(asked).answer) == ("proposed", None, "", None)
    assert again.status_on(today()) == ActionStatus.WAITING


def test_the_timeline_keeps_what_was_said_though_it_was_withdrawn_and_others_did_it(
    asked: Action, representative: Member, housing: Organisation
) -> None:
    by = Actor.of(representative)
    answered(asked).already_done(done_on=in_days(-90), note="Bytta i våras.", by=by)
    answered(asked).withdraw_answer(by=by)
    answered(asked).pass_on(to=housing, by=by)
    stored(asked).current.accept(planned=in_days(7), by=by)

    stored(asked).finish(note="Nu är de bytta.", by=by)

    day = day_and_month(in_days(-90), today=today().replace(year=1))
    assert [str(event) for event in asked.issue.events.filter(kind="done").order_by("pk")] == [
        f"Redan gjort {day}: {asked}. Bytta i våras.",
        f"Klar: {asked}. Nu är de bytta.",
    ]


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"done_on": None}, "answer_done_with_a_day_and_what"),
        ({"text": ""}, "answer_done_with_a_day_and_what"),
        ({"kind": "question"}, "answer_done_with_a_day_and_what"),
        ({"done_on": in_days(2)}, "answer_done_when_it_has_been"),
    ],
)
def test_the_database_knows_no_redan_gjort_without_its_day_and_words(
    asked: Action, representative: Member, facts: dict[str, object], constraint: str
) -> None:
    facts = {"kind": "done", "done_on": today(), "text": "Bytta."} | facts
    who = {"assignment": answered(asked), "by": representative, "capacity": "representative"}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Answer.objects.create(**who, **facts)


def test_what_is_promised_is_not_answered_anew_and_a_question_is_not_finished(
    promised: Action, asked: Action, representative: Member
) -> None:
    by = Actor.of(representative)

    with pytest.raises(Conflict, match="Åtgärden väntar på svar"):
        asked.finish(note="Klart.", by=by)
    with pytest.raises(Conflict, match=": åtar sig"):
        promised.current.already_done(done_on=today(), note="Klart.", by=by)
    with pytest.raises(ValidationError, match="Dagen har inte varit än"):
        asked.current.already_done(done_on=in_days(1), note="Klart.", by=by)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [({"done_on": None}, "action_done_has_a_time"), ({"done_on": in_days(2)}, "action_done_when_it_has_been")],
)
@pytest.mark.django_db
def test_the_database_knows_no_done_without_a_day_that_has_been(facts: dict[str, object], constraint: str) -> None:
    facts = {"state": "done", "done_at": timezone.now(), "done_on": today()} | facts

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Action.objects.filter(pk=ActionFactory().pk).update(**facts)
