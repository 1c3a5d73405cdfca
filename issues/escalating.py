"""When the register suggests to lift an action over the organisation's head, and to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from issues.models import OVERDUE, Action, Escalation, EscalationPath, Event
from issues.models.escalation import ESCALATED_IN
from issues.models.escalation_path import Rungs, rungs_for
from issues.reminding import BEGUN_ANEW, GOING_ON, STEPS, owed_by, told_on
from issues.texts.escalation import suggestion_words

AFTER = STEPS[-1]
"""Working days after the day by which to answer, or to be done: the reminders are over."""


def may_be_escalated(action: Action) -> bool:
    """Whether it stands so that the samordnare may lift it, sooner than the register suggests too."""
    lifted = Escalation.of(action)
    is_lifted = lifted is not None and lifted.is_open
    return action.state in ESCALATED_IN and not is_lifted and not action.issue.is_closed


def rungs_left(action: Action) -> list[tuple[int, str]]:
    """To whom it may be lifted now, the nearest first, each with its rung: above those who have decided.

    Asked once of an action that is loaded: its page asks for it several times.
    """
    known: list[tuple[int, str]] | None = action.__dict__.get("rungs_left")
    if known is None:
        known = action.__dict__["rungs_left"] = _rungs_left(action, EscalationPath.known())
    return known


def liftable(actions: Iterable[Action]) -> list[tuple[Action, int, str]]:
    """Those of the actions that may be escalated now, each with each rung that is left and to whom that is.

    In one query, and none where there are none.
    """
    lifted = [action for action in actions if may_be_escalated(action)]
    known = EscalationPath.known() if lifted else {}
    return [(action, rung, to) for action in lifted for rung, to in _rungs_left(action, known)]


def _rungs_left(action: Action, known: dict[str, Rungs]) -> list[tuple[int, str]]:
    lifted = Escalation.of(action)
    reached = lifted.rung if lifted else 0
    rungs = rungs_for(action.current.organisation, known)
    return [(rung, to) for rung, to in rungs if rung > reached]


def suggested(actions: Collection[Action], today: date) -> dict[int, str]:
    """What the register suggests of those that have waited so long, by their keys: the nearest rung that is left.

    Two queries, and none where there are none. It says where nobody has been reminded.
    """
    waiting = [action for action in actions if _has_waited(action, today, since=None)]
    if not waiting:
        return {}
    known, begun, reminded = EscalationPath.known(), dict[int, datetime](), set[int | None]()
    told = Q(kind=Event.Kind.REMINDED, assignment__in=[action.current.pk for action in waiting])
    told |= Q(kind__in=BEGUN_ANEW, issue__in=[action.issue_id for action in waiting])
    for event in Event.objects.filter(told).only("kind", "issue", "assignment", "at").order_by("at"):
        reminded.add(event.assignment_id)
        if event.kind in BEGUN_ANEW:
            begun[event.issue_id] = event.at
    return {
        action.pk: suggestion_words(rungs[0][1], is_reminded=action.current.pk in reminded)
        for action in waiting
        if (rungs := _rungs_left(action, known)) and _has_waited(action, today, since=begun.get(action.issue_id))
    }


def _has_waited(action: Action, today: date, *, since: datetime | None) -> bool:
    """Whether it is overdue, and all reminders would be over: since its day, what was decided above, and `since`."""
    lifted = Escalation.of(action)
    rests = action.issue.state not in GOING_ON or (lifted and lifted.is_open)
    due = None if rests or action.status_on(today) not in OVERDUE else owed_by(action.current, today)
    if due is None:
        return False
    decided_on = lifted.ruling.decided_on if lifted and lifted.ruling else due
    return told_on(max(due, decided_on, timezone.localdate(since) if since else due), AFTER) <= today


def written(escalation: Escalation) -> str:
    """Names what was written last, for an undo to say which it takes back."""
    return escalation.written_at.isoformat()
