"""What is left of an observation that its reporter has taken back: that there was one, whose and when; nothing it said.

The row stays, for the timeline of an issue may point at it, and who may know of it is asked of it as before. Its words
go from the row by the verb, and from its history by the database, which the application only reads (docs/adr/0021).
The history of a note that is taken back forgets its words too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pgtrigger
from django.db.models import Q

SAID_NOTHING: dict[str, Any] = {
    "source": "own",
    "where": "",
    "place": None,
    "seen_to": None,
    "precision": "exact",
    "unsafe": None,
    "recurring": False,
    "handled": False,
    "police_report": "unknown",
    "text": "",
    "for_meeting": False,
    "rejection": "",
}
"""What the columns have instead of what was told. The category stays, for each row has one; it is shown nowhere."""

FORGOTTEN = (
    *("source", "category_id", "where", "place_id", "seen_from", "seen_to", "precision", "unsafe"),
    *("recurring", "handled", "police_report", "text", "for_meeting", "rejection"),
)


def emptied(created_at: datetime) -> dict[str, Any]:
    """The facts of one that was reported then and says nothing."""
    return SAID_NOTHING | {"seen_from": created_at}


SAYS_NOTHING = ~Q(state="withdrawn") | Q(
    where="", text="", rejection="", place__isnull=True, unsafe__isnull=True, seen_to__isnull=True
)
"""The constraint of one that is taken back."""


def _history_forgets(name: str, table: str, columns: Iterable[str], condition: pgtrigger.Q) -> pgtrigger.Trigger:
    """Of each line of the row's history it leaves who and when, and that it was saved."""
    as_it_is = ", ".join(f'"{column}" = NEW."{column}"' for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=condition,
        func=f"""
        UPDATE {table} SET {as_it_is} WHERE pgh_obj_id = NEW.id;
        RETURN NULL;
    """,  # noqa: S608  of the names below
    )


HISTORY_FORGETS = _history_forgets(
    "history_forgets_what_was_withdrawn",
    "issues_observationevent",
    FORGOTTEN,
    pgtrigger.Q(new__state="withdrawn") & ~pgtrigger.Q(old__state="withdrawn"),
)
HISTORY_FORGETS_NOTE = _history_forgets(
    "history_forgets_the_note",
    "issues_noteevent",
    ("text",),
    pgtrigger.Q(old__withdrawn_at__isnull=True, new__withdrawn_at__isnull=False),
)
