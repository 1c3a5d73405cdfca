"""The list of actions as a table to download: a column for each fact, in the words of the page."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from base.documents.table_file import Cell, TableFile
from base.swedish.clock import day_of
from base.swedish.words import listed
from base.swedish.working_days import working_days_since
from issues.models import Action
from issues.texts.action import action_state, promised, said

AGO = re.compile(
    r"^(Svar skulle ha kommit|Skulle ha stämts av|Försenad) (?:i går|(?:för )?\S+ dag(?:ar)?(?: sedan)?)\."
)
"""The beginning of the states that are counted from today."""

COLUMNS = (
    "Ärende",
    "Ärendets rubrik",
    "Plats",
    "Åtgärd",
    "Ansvarig",
    "Utanför gruppen",
    "Stöd från",
    "Läge",
    "Läget i ord",
    "Begärt",
    "Svar senast",
    "Väntat, arbetsdagar",
    "Svar",
    "Svarade",
    "Skäl",
    "Svaret i ord",
    "Nästa steg",
    "Önskas klart",
    "Planerat klart, senast",
    "Planerat klart",
    "Klar",
    "Vad som gjordes",
    "Handläggare",
    "Eget ärendenummer",
    "Budgetår",
    "Ungefärlig kostnad",
)


def action_table(actions: list[Any], name: str, today: date) -> TableFile:
    """The table of actions that are loaded with_about(), in their order."""
    return TableFile(name, COLUMNS, [_cells(action, today) for action in actions])


def _cells(action: Action, today: date) -> list[Cell]:
    current, issue = action.current, action.issue
    answer, asked = current.answer, _day(current.asked_at)
    waits = action.is_asked and not current.stands_still and asked
    return [
        issue.number,
        issue.title,
        issue.where,
        action.title,
        str(current.organisation),
        "" if current.organisation.in_group else "Ja",
        listed([str(each) for each in action.supporting.all()]),
        action.status_on(today).label,
        _state(action, today),
        asked,
        None if current.stands_still else current.answer_due,
        working_days_since(asked, today) if waits and asked else None,
        str(answer.get_kind_display()) if answer else "",
        _day(answer.given_at) if answer else None,
        str(answer.get_reason_display()) if answer else "",
        answer.text if answer else "",
        answer.next_step if answer else "",
        said(action.wished_day, today),
        current.planned,
        promised(current, today),
        action.done_on,
        action.done_note,
        str(current.handler or ""),
        current.external_ref,
        current.budget_year,
        str(current.get_cost_band_display()) if current.cost_band else "",
    ]


def _state(action: Action, today: date) -> str:
    """The state in words that hold on any day: a file is read later than it was made."""
    told, current = str(action_state(action, today)), action.current
    due = action.status_on(today).due(current)
    since = "sedan " if told.startswith("Försenad") else ""
    return AGO.sub(rf"\g<1> {since}{due}.", told)


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
