"""The state of an action in words that hold whenever they are read: what is late says the day, not how long ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from base.swedish.words import StateSentence, day_and_month
from issues.models import Action, ActionStatus
from issues.texts.action import action_state

WAS_DUE = {
    ActionStatus.SILENT: "Svar skulle ha kommit",
    ActionStatus.LATE: "Skulle ha varit klar",
    ActionStatus.REVIEW: "Skulle ha stämts av",
}
"""What did not happen by the day that was agreed."""


def lasting_state(action: Action, today: date, *, told: date | None = None, lifted: bool = True) -> StateSentence:
    """The state as `action_state` has it: Skulle ha varit klar 17 november. Days are told as of another than today."""
    state, status = action_state(action, today, lifted=lifted), action.status_on(today)
    due = status.due(action.current)
    if status not in WAS_DUE or due is None:
        return state
    return replace(state, verdict=f"{WAS_DUE[status]} {day_and_month(due, today=told or today)}.", short="")
