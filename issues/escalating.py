"""When the register suggests to lift an action over the organisation's head, and to whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from issues.models import OVERDUE, Action, Escalation, EscalationPath
from issues.models.escalation import ESCALATED_IN
from issues.models.escalation_path import Rungs, rungs_for
from issues.reminding import STEPS, owed_by, told_on
from issues.texts.escalation import suggestion_words

AFTER = STEPS[-1]
"""Working days after the day by which to answer, or to be done: the reminders are over."""


def may_be_escalated(action: Action) -> bool:
    """Whether it stands so that the samordnare may lift it, sooner than the register suggests too."""
    is_lifted = action.escalation is not None and action.escalation.is_open
    return action.state in ESCALATED_IN and not is_lifted and not action.issue.is_closed


def rungs_left(action: Action) -> list[tuple[int, str]]:
    """To whom it may be lifted now, the nearest first, each with its rung: above those who have decided.

    Asked once of an action that is loaded: its page asks for it several times.
    """
    known: list[tuple[int, str]] | None = action.__dict__.get("rungs_left")
    if known is None:
        known = action.__dict__["rungs_left"] = _rungs_left(action, EscalationPath.known())
    return known


def _rungs_left(action: Action, known: dict[str, Rungs]) -> list[tuple[int, str]]:
    last = action.escalation
    reached = last.rung if last and last.assignment_id == action.current.pk else 0
    rungs = rungs_for(action.current.organisation, known)
    return [(rung, to) for rung, to in enumerate(rungs, start=1) if rung > reached]


def suggested(actions: Collection[Action], today: date) -> dict[int, str]:
    """What the register suggests of those that have waited so long, by their keys: the nearest rung that is left.

    One query, and none where there are none.
    """
    waiting = [action for action in actions if _has_waited(action, today)]
    known = EscalationPath.known() if waiting else {}
    found = {action.pk: _suggestion(action, known) for action in waiting}
    return {pk: words for pk, words in found.items() if words}


def suggested_of(action: Action, today: date) -> str:
    """The same of one action."""
    rungs = rungs_left(action) if _has_waited(action, today) else []
    return suggestion_words(rungs[0][1]) if rungs else ""


def _has_waited(action: Action, today: date) -> bool:
    """Whether it is overdue, and all reminders would be over since its day and since the decision above."""
    lifted = action.escalation
    if action.status_on(today) not in OVERDUE or action.issue.is_closed or (lifted and lifted.is_open):
        return False
    due = owed_by(action.current, today)
    decided_on = lifted.decided_on if lifted else None
    return due is not None and told_on(max(due, decided_on or due), AFTER) <= today


def _suggestion(action: Action, known: dict[str, Rungs]) -> str:
    rungs = _rungs_left(action, known)
    return suggestion_words(rungs[0][1]) if rungs else ""


def written(escalation: Escalation) -> str:
    """Names what was written last, for an undo to say which it takes back."""
    return escalation.written_at.isoformat()
