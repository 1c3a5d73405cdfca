"""A day as people say it, in a table: the column of the day that a clock goes by, and two beside it.

Of `planned` the others are `planned_precision` and `planned_words`; `said_day` reads the three as one value and
`said_columns` gives what a row keeps of one. The constraint holds them together.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from base.records.freetext import FreeLine
from base.records.guards import DatabaseCheck
from base.swedish.said_days import Precision, SaidDay

LONGEST_WORDS = 80


def precision_column() -> models.CharField[str, str]:
    """The column of how exactly the day is said; a day alone unless something else is."""
    return models.CharField(max_length=10, choices=Precision, default=Precision.DAY, editable=False)


def words_column(label: str) -> FreeLine:
    """The column of the words that are shown; empty where a day alone is said."""
    return FreeLine(f"{label} i ord", max_length=LONGEST_WORDS, blank=True, editable=False)


def said_day(row: models.Model, name: str) -> SaidDay | None:
    """The day of the row as it was said; None where none is."""
    day = getattr(row, name)
    return day and SaidDay(day, getattr(row, f"{name}_precision"), getattr(row, f"{name}_words"))


def said_columns(name: str, day: date | SaidDay | None) -> dict[str, Any]:
    """The values of the three columns."""
    if day is None:
        return {name: None, f"{name}_precision": Precision.DAY, f"{name}_words": ""}
    said = SaidDay.of(day)
    return {name: said.last, f"{name}_precision": said.precision, f"{name}_words": said.words}


def said_day_is_whole(model: str, name: str) -> DatabaseCheck:
    """The constraint that a day alone has no words, and that all else has both words and a last day."""
    precision, words = f"{name}_precision", f"{name}_words"
    in_words = Q((f"{precision}__in", [kind for kind in Precision.values if kind != Precision.DAY]))
    alone = Q((precision, Precision.DAY), (words, ""))
    said = in_words & ~Q((words, "")) & Q((f"{name}__isnull", False))
    return DatabaseCheck(condition=alone | said, name=f"{model}_{name}_is_said_whole")
