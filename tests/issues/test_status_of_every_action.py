"""What an action needs is written once: the database and the loaded row say the same of every action there can be."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from base.ui.drawings import GLYPHS
from issues.counting import OrganisationLoad, action_counts
from issues.models import (
    ATTENTION,
    OVERDUE,
    UNANSWERED,
    UNENDED,
    Action,
    ActionStatus,
    Answer,
    Assignment,
    in_order_of_need,
)
from issues.models.status import STATUSES
from issues.texts.action import action_state
from issues.texts.issue import PREDICATES
from members.models import Organisation
from tests.factories import IssueFactory, OrganisationFactory

DAY = date(2026, 11, 23)
ASKED = "Tekniska förvaltningen"
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
DEMANDED: dict[str, dict[str, Any]] = {
    "declined": {"reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."},
    "done": {"text": "Lagat.", "done_on": DAY},
}
"""What the database asks of an answer of that kind."""


@pytest.fixture(scope="module")
def written_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The actions of `every_action`, in a transaction of the module's own."""
    with django_db_blocker.unblock(), transaction.atomic():
        _write_every_action()
        yield
        transaction.set_rollback(True)


RUNNING: dict[str, Any] = {"planned_precision": "running", "planned_words": "löpande"}
KINDS = ["", *Answer.Kind]


@pytest.fixture
def every_action(written_once: None, db: None) -> None:
    """One action for each state, day to answer by, day promised or of review, and answer that the database takes."""


def _write_every_action() -> None:
    issue, now, technical = IssueFactory(), timezone.now(), OrganisationFactory(name=ASKED)
    done = {"done_at": now, "done_on": timezone.localdate(now)}
    days = (None, BEFORE, DAY, AFTER)
    still = [(BEFORE, {"stands_still": True}), (BEFORE, RUNNING | {"stands_still": True})]
    said = [*((day, {}) for day in days), *((day, RUNNING) for day in days[1:]), *still]
    ways = product(Action.State, days, said, KINDS)
    cases = [case for case in ways if case[2][0] or case[3] != "accepted"]
    actions = Action.objects.bulk_create(
        Action(issue=issue, created_by=issue.opened_by, state=state, **(done if state == "done" else {}))
        for state, *_ in cases
    )
    asked = Assignment.objects.bulk_create(
        Assignment(
            action=action,
            organisation=technical,
            asked_at=now,
            asked_by=issue.opened_by,
            answer_due=answer_due,
            planned=planned,
            **facts,
        )
        for action, (_, answer_due, (planned, facts), _) in zip(actions, cases, strict=True)
    )
    answers = Answer.objects.bulk_create(
        Answer(
            assignment=assignment,
            kind=kind,
            planned=planned,
            **{name: fact for name, fact in facts.items() if name in RUNNING},
            by=issue.opened_by,
            capacity="representative",
            **DEMANDED.get(kind, {}),
        )
        for assignment, (_, _, (planned, facts), kind) in zip(asked, cases, strict=True)
        if kind
    )
    for answer in answers:
        answer.assignment.answer = answer
    Assignment.objects.bulk_update([answer.assignment for answer in answers], ["answer"])
    ended = [Assignment(action=action, organisation=technical, answer_due=BEFORE, ended_at=now) for action in actions]
    Assignment.objects.bulk_create(ended)


def test_the_database_and_the_row_agree_on_every_action(every_action: None) -> None:
    in_sql = dict(Action.objects.with_status(DAY).values_list("pk", "status"))  # type: ignore[misc]
    in_python = {action.pk: action.status_on(DAY) for action in Action.objects.with_assignments()}

    assert in_sql == in_python
    assert {*in_python.values()} == {*ActionStatus}


@pytest.mark.parametrize(
    "statuses",
    [*([status] for status in ActionStatus), ATTENTION, UNANSWERED, OVERDUE, UNENDED, list(ActionStatus), []],
)
def test_what_is_asked_for_by_status_is_found_by_action_and_by_assignment(
    every_action: None, statuses: list[ActionStatus]
) -> None:
    expected = {one.pk: one.status_on(DAY) for one in Action.objects.with_assignments()}
    expected = {pk: status for pk, status in expected.items() if status in statuses}

    assert dict(Action.objects.in_status(statuses, DAY).values_list("pk", "status")) == expected  # type: ignore[misc]
    assert {*Assignment.objects.in_status(statuses, DAY).values_list("action", flat=True)} == {*expected}


def test_exactly_one_row_of_the_table_holds_of_every_action(every_action: None) -> None:
    for action in Action.objects.with_assignments():
        assert sum(row.in_python(DAY, action.state, action.current) for row in STATUSES) == 1


def test_the_database_sorts_by_need_as_the_rows_are_sorted(every_action: None) -> None:
    in_sql = list(Action.objects.with_status(DAY).in_order_of_need())

    assert in_sql == in_order_of_need(Action.objects.with_assignments(), DAY)
    assert [action.status_on(DAY) for action in in_sql] == sorted(action.status_on(DAY) for action in in_sql)


def test_counts_are_of_the_same_statuses(every_action: None) -> None:
    counts = Action.objects.with_status(DAY).counts_by_status()
    assert action_counts(Action.objects.all(), DAY) == counts
    first, of_all = Action.objects.with_status(DAY).in_order_of_need().with_current().first_and_counts(3)
    assert (first, of_all) == (in_order_of_need(Action.objects.with_current(), DAY)[:3], counts)

    assert sum(counts.values()) == Action.objects.count()
    for status in ActionStatus:
        assert counts[status] == Action.objects.in_status([status], DAY).count()
    unended, overdue = (sum(counts[status] for status in statuses) for statuses in (UNENDED, OVERDUE))
    load = OrganisationLoad(Organisation.objects.get(name=ASKED), unended, overdue)
    assert OrganisationLoad.of(Action.objects.in_status(UNENDED, DAY)) == [load]


@pytest.mark.parametrize("status", ActionStatus)
def test_every_status_has_word_glyph_sentence_and_place(every_action: None, status: ActionStatus) -> None:
    action = Action.objects.in_status([status], DAY).with_assignments()[0]

    assert status.label
    assert status.glyph in GLYPHS
    assert action_state(action, DAY).state == status.glyph
    assert [row.status for row in STATUSES] == sorted(ActionStatus)
    assert {*PREDICATES} == {*ActionStatus} - {ActionStatus.CANCELLED}
