"""The words of an organisation's own page of its actions."""

from __future__ import annotations

from collections import Counter
from datetime import date

from base.swedish.clock import day_of
from base.swedish.words import MONTHS, capital, in_words, plural
from base.swedish.working_days import working_days_since
from issues.budget import cost_words
from issues.models import Action
from issues.texts.action import answered_how, asked_words, handling_words


def waited_words(action: Action, today: date) -> str:
    """For how long an answer has been waited for: Väntat 12 arbetsdagar. Empty on the first, and for what is answered.

    Nor is it told while the clock stands still.
    """
    current = action.current
    if not action.is_asked or current.stands_still or not current.asked_at:
        return ""
    days = working_days_since(day_of(current.asked_at), today)
    return f"Väntat {plural(days, 'arbetsdag', 'arbetsdagar')}." if days else ""


def own_about(action: Action, today: date) -> str:
    """The small print of a row of their own: when it was asked, or how it was answered; and their own handling."""
    asked = asked_words(action, today) if action.is_asked else answered_how(action.current, today)
    return " ".join(filter(None, [waited_words(action, today), asked, handling_words(action)]))


def folded_words(number: int, bands: Counter[str]) -> str:
    """What is folded: 13 åtgärder, högst 100 000 kr."""
    return ", ".join(filter(None, [plural(number, "åtgärd", "åtgärder"), cost_words(bands)]))


def chosen_headline(number: int) -> str:
    """The headline of what is chosen: what waits on them besides is not denied. Tre åtgärder i urvalet."""
    return f"{capital(in_words(number, 'åtgärd', 'åtgärder') if number else 'ingen åtgärd')} i urvalet."


def planned_heading(day: date | None, today: date) -> str:
    """The month in which it is planned to be done: Planerat i december; Planerat i januari 2027."""
    if day is None:
        return "Planerat"
    return f"Planerat i {MONTHS[day.month - 1]}{'' if day.year == today.year else f' {day.year}'}"
