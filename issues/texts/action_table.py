"""The list of actions as a table to download: a column for each fact, in the words of the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from base.documents.table_file import Cell, TableFile
from base.swedish.clock import day_of
from base.swedish.working_days import working_days_since
from issues.models import Action
from issues.texts.action import action_state, promised, said

COLUMNS = (
    "Ärende",
    "Ärendets rubrik",
    "Plats",
    "Åtgärd",
    "Ansvarig",
    "Utanför gruppen",
    "Läge",
    "Läget i ord",
    "Begärt",
    "Svar senast",
    "Väntat, arbetsdagar",
    "Svar",
    "Svarade",
    "Skäl",
    "Svaret i ord",
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
        action.status_on(today).label,
        str(action_state(action, today)),
        asked,
        None if current.stands_still else current.answer_due,
        working_days_since(asked, today) if waits and asked else None,
        str(answer.get_kind_display()) if answer else "",
        _day(answer.given_at) if answer else None,
        str(answer.get_reason_display()) if answer else "",
        answer.text if answer else "",
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


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
