"""A wished and a promised day are told in the words that were said, and their last day is what the clock goes by."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from base.swedish.said_days import SaidDay
from issues.models import Action, ActionStatus, Assignment, DateChange
from issues.texts.action import action_state
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.issues.answering import answer_of, answered, send

TERM = SaidDay(in_days(40), "event", "före skolavslutningen")
RUNNING = SaidDay(in_days(90), "running", "löpande")


@pytest.fixture
def promised(technical: Organisation, representative: Member) -> Action:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=TERM)
    return Action.objects.get(pk=action.pk)


def state_on(action: Action, day: date) -> str:
    return str(action_state(action, day))


def test_a_yes_is_told_in_its_words(as_representative: Client, asked: Action) -> None:
    typed = {"ja-planned": "other", "ja-other_day": TERM.last.isoformat(), "ja-other_day_words": TERM.words}

    send(as_representative, asked, "accept", **typed)

    assert (answered(asked).planned_day, answer_of(asked).planned_day) == (TERM, TERM)
    page = as_representative.get(asked.get_absolute_url()).content.decode()
    assert "Planerat klart före skolavslutningen." in page
    told = str(asked.issue.events.get(kind="answered"))
    assert told == "Åtar sig ”Laga belysningen”, planerat klart före skolavslutningen."


def test_the_wish_is_the_first_answer_in_its_own_words(as_representative: Client, technical: Organisation) -> None:
    asked = ActionFactory(
        assignment__organisation=technical, wished=TERM.last, wished_precision="event", wished_words=TERM.words
    )
    page = as_representative.get(asked.get_absolute_url()).content.decode()

    send(as_representative, asked, "accept", **{"ja-planned": TERM.last.isoformat()})

    assert "checked>före skolavslutningen</label>" in page
    assert "<dd>före skolavslutningen (senast " in page
    assert answered(asked).planned_day == TERM


def test_what_runs_on_is_told_with_the_day_it_is_reviewed(promised: Action, representative: Member) -> None:
    change = DateChange.make(
        promised.current, old=TERM.last, new=RUNNING, reason="Det tar aldrig slut.", by=Actor.of(representative)
    )

    current = Action.objects.get(pk=promised.pk).current
    assert (current.planned_day, change.old_day, change.new_day) == (RUNNING, TERM, RUNNING)
    assert "löpande i stället för före skolavslutningen" in str(promised.issue.events.get(kind="date_changed"))
    assert state_on(Action.objects.get(pk=promised.pk), today()).startswith("Löpande, stäms av ")


def test_the_same_day_in_other_words_is_another_promise(promised: Action, representative: Member) -> None:
    DateChange.make(
        promised.current, old=TERM.last, new=TERM.last, reason="Vi sätter dagen.", by=Actor.of(representative)
    )

    assert Action.objects.get(pk=promised.pk).current.planned_day == SaidDay(TERM.last)


def test_it_is_late_first_when_the_last_day_of_the_words_has_passed(promised: Action) -> None:
    days = TERM.last, TERM.last + timedelta(days=1)

    assert [promised.status_on(day) for day in days] == [ActionStatus.UNDER_WAY, ActionStatus.LATE]


@pytest.mark.parametrize(
    "columns",
    [
        {"planned_precision": "week", "planned_words": ""},
        {"planned_precision": "day", "planned_words": "vecka 50"},
        {"planned": None, "planned_precision": "week", "planned_words": "vecka 50"},
        {"planned_precision": "century", "planned_words": "nästa sekel"},
    ],
)
def test_the_database_keeps_words_and_precision_together(promised: Action, columns: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="assignment_planned_is_said_whole"), transaction.atomic():
        Assignment.objects.filter(pk=promised.current.pk).update(**columns)
