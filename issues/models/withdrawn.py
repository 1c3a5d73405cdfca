"""What is left of an observation that its reporter has taken back: that there was one, whose and when; nothing it said.

The row stays, for the timeline of an issue may point at it, and who may know of it is asked of it as before. Its words
go from the row by the verb, and from its history by the database, which the application only reads (docs/adr/0021).
"""

from __future__ import annotations

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
AS_IT_IS = ", ".join(f'"{column}" = NEW."{column}"' for column in FORGOTTEN)


def emptied(created_at: datetime) -> dict[str, Any]:
    """The facts of one that was reported then and says nothing."""
    return SAID_NOTHING | {"seen_from": created_at}


SAYS_NOTHING = ~Q(state="withdrawn") | Q(
    where="", text="", rejection="", place__isnull=True, unsafe__isnull=True, seen_to__isnull=True
)
"""The constraint of one that is taken back."""

HISTORY_FORGETS = pgtrigger.Trigger(
    name="history_forgets_what_was_withdrawn",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__state="withdrawn") & ~pgtrigger.Q(old__state="withdrawn"),
    func=f"""
        UPDATE issues_observationevent SET {AS_IT_IS} WHERE pgh_obj_id = NEW.id;
        RETURN NULL;
    """,  # noqa: S608  of the names above
)
"""Of each line of its history it leaves who and when, and that it was saved."""
