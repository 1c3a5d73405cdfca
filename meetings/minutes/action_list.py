"""The words of the action list in the minutes: by when an action is to be done, and where it stands."""

from __future__ import annotations

from datetime import date

from base.swedish.words import swedish_day
from issues.models import Action, ActionStatus
from issues.texts.action import action_state
from meetings.agenda.answered import is_answered_at
from meetings.models import Meeting


def done_by(action: Action, *, today: date) -> str:
    """The day when it is to be done, as it was said: as promised, else as wished; empty where nobody has said."""
    if planned := action.current.planned_day:
        return planned.whole(today=today)
    return f"Önskas {action.wished_day.whole(today=today)}" if action.wished_day else ""


def listed_status(meeting: Meeting, action: Action, day: date, usual: date) -> str:
    """Where it stands on the day: Svar senast onsdag 9 december · Åtar sig, svar på mötet.

    Of a draft the day when it is to be answered if it is proposed now; `usual` is that of one which names none.
    """
    status, current = action.status_on(day), action.current
    if status in (ActionStatus.WAITING, ActionStatus.DRAFT):
        due = current.due_if_asked(day, usual) if action.is_draft else current.answer_due
        return f"Svar senast {swedish_day(due, today=meeting.day)}" if due else "Väntar på svar"
    words = action.get_state_display() if status == ActionStatus.UNDER_WAY else action_state(action, day).words
    return f"{words}, svar på mötet" if is_answered_at(meeting, action) else words
