"""The stored state of an action, and its status, which follows from the state and the day.

`STATUSES` alone says when an answer has not come in time and when a promise is broken; `ActionStatus` alone says which
need comes before which (docs/adr/0013). Lists, counts, sentences, headlines and the agenda ask these two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Protocol

from django.db import models
from django.db.models import Case, F, Q, Value, When

from base.swedish.said_days import Precision


class ActionState(models.TextChoices):
    """The stored state of an action, between the group that asks and the organisation that answers."""

    DRAFT = "draft", "Utkast"
    PROPOSED = "proposed", "Föreslagen"
    QUESTION = "question", "Fråga till gruppen"
    ACCEPTED = "accepted", "Åtar sig"
    ONGOING = "ongoing", "Påbörjad"
    DECLINED = "declined", "Avböjd"
    DONE = "done", "Klar"
    CANCELLED = "cancelled", "Återtagen"


ACTION_TRANSITIONS: dict[ActionState, set[ActionState]] = {
    ActionState.DRAFT: {ActionState.PROPOSED, ActionState.CANCELLED},
    ActionState.PROPOSED: {
        ActionState.PROPOSED,
        ActionState.QUESTION,
        ActionState.ACCEPTED,
        ActionState.DECLINED,
        ActionState.DONE,
        ActionState.CANCELLED,
        ActionState.DRAFT,
    },
    ActionState.QUESTION: {ActionState.PROPOSED, ActionState.CANCELLED},
    ActionState.ACCEPTED: {ActionState.ONGOING, ActionState.DONE, ActionState.CANCELLED},
    ActionState.ONGOING: {ActionState.DONE, ActionState.CANCELLED},
    ActionState.DECLINED: {ActionState.PROPOSED, ActionState.CANCELLED},
    ActionState.DONE: set(),
    ActionState.CANCELLED: set(),
}
ACTION_STATE_TEXTS = {
    ActionState.DRAFT: "Åtgärden är ett utkast",
    ActionState.PROPOSED: "Åtgärden väntar på svar",
    ActionState.QUESTION: "Frågan ligger hos gruppen",
    ActionState.ACCEPTED: "Åtgärden är accepterad",
    ActionState.ONGOING: "Åtgärden pågår",
    ActionState.DECLINED: "Åtgärden är avböjd",
    ActionState.DONE: "Åtgärden är klar",
    ActionState.CANCELLED: "Åtgärden är återtagen",
}

PROMISED = frozenset({ActionState.ACCEPTED, ActionState.ONGOING})
"""An organisation has said yes and is not done."""
ENDED = frozenset({ActionState.DECLINED, ActionState.DONE, ActionState.CANCELLED})
"""Nobody has anything left to do or to answer."""
NOT_ENDED = frozenset(ActionState) - ENDED
"""Asked by name, for no index finds what is not ended."""
CARRIED = frozenset({ActionState.PROPOSED, ActionState.QUESTION, ActionState.DONE}) | PROMISED
"""Somebody answers for it, or has done it."""
SAID = frozenset(ActionState) - {ActionState.DRAFT, ActionState.CANCELLED}
"""An organisation's word may have led there, which may have come by link and so by nobody by name."""


class ActionStatus(models.IntegerChoices):
    """What an action needs today, and of whom. Never stored; the number is its place in the order of need."""

    QUESTION = 1, "Fråga till gruppen"
    SILENT = 2, "Inget svar i tid"
    LATE = 3, "Försenad"
    REVIEW = 4, "Ska stämmas av"
    WAITING = 5, "Väntar på svar"
    UNDER_WAY = 6, "Pågående"
    DRAFT = 7, "Utkast"
    DECLINED = 8, "Avböjd"
    DONE = 9, "Klar"
    CANCELLED = 10, "Återtagen"

    @property
    def glyph(self) -> str:
        return ROW_OF[self].glyph

    def due(self, current: Clocks) -> date | None:
        """The day that it is or was due, by which it is late or has time left: of the promise, else of the answer.

        None where its clock stands still.
        """
        if current.stands_still:
            return None
        day: date | None = getattr(current, ROW_OF[self].clock or "answer_due")
        return day


class Clocks(Protocol):
    """The days of an assignment by which to answer, and to be done, and whether they count."""

    @property
    def stands_still(self) -> bool: ...
    @property
    def answer_due(self) -> date | None: ...
    @property
    def planned(self) -> date | None: ...
    @property
    def planned_precision(self) -> str: ...


@dataclass(frozen=True)
class Status:
    """The condition of one status: the action's state, and whether a day of its assignment has passed.

    On the very day, where there is none, and where the clock stands still, it has not. The answer is not asked for: it
    has moved the state. What runs on has no day to be late by: where that makes a difference, `running` says which of
    the two is meant.
    """

    status: ActionStatus
    glyph: str
    states: Collection[ActionState]
    clock: str = ""
    passed: bool = False
    running: bool | None = None

    def in_sql(self, day: date, action: str = "", assignment: str = "current__") -> Q:
        """The condition on a row of the database; `action` and `assignment` are the paths from the row to these.

        Nothing is negated: across a path of many Django would ask for each row apart whether there is none such.
        """
        of_states = Q((f"{action}state__in", sorted(self.states)))
        if not self.clock:
            return of_states
        clock, stands_still = f"{assignment}{self.clock}", f"{assignment}stands_still"
        if not self.passed:
            return of_states & (Q((f"{clock}__gte", day)) | Q((f"{clock}__isnull", True)) | Q((stands_still, True)))
        of_states &= Q((f"{clock}__lt", day), (stands_still, False))
        if self.running is None:
            return of_states
        precisions = [each for each in Precision if (each == Precision.RUNNING) == self.running]
        return of_states & Q((f"{assignment}planned_precision__in", precisions))

    def in_python(self, day: date, state: str, current: Clocks) -> bool:
        """The same condition on what is loaded: the state of an action and its current assignment."""
        clock = getattr(current, self.clock) if self.clock else None
        passed = clock is not None and clock < day and not current.stands_still
        if state not in self.states or self.passed != passed:
            return False
        return self.running is None or self.running == (current.planned_precision == Precision.RUNNING)


STATUSES = (
    Status(ActionStatus.QUESTION, "question", {ActionState.QUESTION}),
    Status(ActionStatus.SILENT, "silent", {ActionState.PROPOSED}, clock="answer_due", passed=True),
    Status(ActionStatus.LATE, "overdue", PROMISED, clock="planned", passed=True, running=False),
    Status(ActionStatus.REVIEW, "waiting", PROMISED, clock="planned", passed=True, running=True),
    Status(ActionStatus.WAITING, "waiting", {ActionState.PROPOSED}, clock="answer_due"),
    Status(ActionStatus.UNDER_WAY, "ongoing", PROMISED, clock="planned"),
    Status(ActionStatus.DRAFT, "new", {ActionState.DRAFT}),
    Status(ActionStatus.DECLINED, "declined", {ActionState.DECLINED}),
    Status(ActionStatus.DONE, "done", {ActionState.DONE}),
    Status(ActionStatus.CANCELLED, "withdrawn", {ActionState.CANCELLED}),
)
"""Exactly one holds of every action on every day."""
ROW_OF = {row.status: row for row in STATUSES}
ROWS_OF_STATE: dict[str, list[Status]] = {s: [row for row in STATUSES if s in row.states] for s in ActionState}

ATTENTION = (ActionStatus.QUESTION, ActionStatus.SILENT, ActionStatus.LATE, ActionStatus.REVIEW)
"""What the samordnare takes up first: each has waited on somebody longer than agreed, or waits on her."""
UNANSWERED = (ActionStatus.SILENT, ActionStatus.WAITING)
"""An organisation has been asked and has not answered."""
OVERDUE = (ActionStatus.SILENT, ActionStatus.LATE)
"""What has waited on an organisation longer than agreed."""
UNENDED = tuple(row.status for row in STATUSES if ENDED.isdisjoint(row.states))
"""What somebody has left to do or to answer."""
STATUS_WHEN_OVER = {state: row.status for row in STATUSES if row.status not in UNENDED for state in row.states}
"""The status of what nobody has anything left to do in, by its state alone."""


def status_of(state: str, current: Clocks, day: date) -> ActionStatus:
    """The status of an action that is loaded."""
    return next(row.status for row in ROWS_OF_STATE[state] if row.in_python(day, state, current))


def status_in_sql(statuses: Iterable[ActionStatus], day: date) -> Case:
    """Which of the statuses an action has, as an expression. Its `current` assignment must be joined."""
    whens = (When(ROW_OF[status].in_sql(day), then=Value(status.value)) for status in statuses)
    return Case(*whens, output_field=models.IntegerField())


def any_of(statuses: Collection[ActionStatus], day: date, action: str = "", assignment: str = "current__") -> Q:
    """The condition that an action has one of the statuses, by the paths that `Status.in_sql` takes.

    A state all of whose statuses are asked for needs no clock: then an index on it finds them.
    """
    clocked = {state for row in STATUSES if row.status not in statuses for state in row.states}
    rows = [ROW_OF[status] for status in statuses]
    whole = {state for row in rows for state in row.states} - clocked
    conditions = [row.in_sql(day, action, assignment) for row in rows if not whole.issuperset(row.states)]
    return reduce(or_, conditions, Q((f"{action}state__in", sorted(whole))))


def due_in_sql() -> Case:
    """The same day as `ActionStatus.due`, of actions with their status; earlier is later."""
    promised = [row.status for row in STATUSES if row.clock == "planned"]
    goes = {"current__stands_still": False}
    return Case(
        When(status__in=promised, then=F("current__planned"), **goes), When(then=F("current__answer_due"), **goes)
    )
