"""The words of the action list in the minutes: by when an action is to be done, and where it stands."""

from __future__ import annotations

from datetime import date

from base.swedish.words import capital, day_and_month, swedish_day
from issues.models import Action, ActionStatus, Answer
from issues.texts.escalation import escalated_words
from issues.texts.lasting import lasting_state
from meetings.agenda.at_table import listed_as_answered
from meetings.models import TableAnswer

NO_DAY = "Inget datum"


def done_by(action: Action, *, today: date) -> str:
    """The day when it is to be done, as it was said: as promised, else as wished; empty where nobody has said.

    Of what is done the day when it was; what was declined or taken back has none.
    """
    if action.done_on:
        return day_and_month(action.done_on, today=today)
    if action.state in (Action.State.DECLINED, Action.State.CANCELLED):
        return NO_DAY
    if planned := action.current.planned_day:
        return planned.whole(today=today)
    return f"Önskas {action.wished_day.whole(today=today)}" if action.wished_day else ""


def listed_status(action: Action, day: date, usual: date, *, told: date) -> str:
    """Where it stands on the day: Svar senast onsdag 9 december · Påbörjad. 4 av 6 lampor, 12 november.

    Of a draft the day when it is to be answered if it is proposed now; `usual` is that of one which names none. Days
    are told as of another.
    """
    told_of_all = [_without_escalation(action, day, usual, told=told), escalated_words(action, told)]
    return ". ".join(words.rstrip(".") if nth == 0 else words for nth, words in enumerate(filter(None, told_of_all)))


def answered_at_table(answer: TableAnswer, *, today: date) -> dict[str, str]:
    """The columns of a draft that is answered at the table, as they will be when the meeting has closed."""
    becomes = Action.State(Action.FOLLOWS[Answer.Kind(answer.kind)]).label
    told = {"status": listed_as_answered(becomes)}
    if answer.planned_day:
        return told | {"done_by": answer.planned_day.whole(today=today)}
    return told | ({"done_by": NO_DAY} if answer.kind == Answer.Kind.DECLINED else {})


def _without_escalation(action: Action, day: date, usual: date, *, told: date) -> str:
    status, current = action.status_on(day), action.current
    if status in (ActionStatus.WAITING, ActionStatus.DRAFT):
        due = current.due_if_asked(day, usual) if action.is_draft else status.due(current)
        return f"Svar senast {swedish_day(due, today=told)}" if due else "Väntar på svar"
    words = (
        action.get_state_display()
        if status == ActionStatus.UNDER_WAY
        else lasting_state(action, day, told=told, lifted=False).words
    )
    so_far = current.progress if action.is_promised else None
    return f"{words}. {capital(so_far.text.rstrip('.'))}, {so_far.when}" if so_far else words
