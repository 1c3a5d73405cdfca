"""Where people's words stand, told to somebody who looks for them: data of each app for what reaches all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True)
class TextsOf:
    """The texts of one table.

    thing        what a row is called, with the row in it: ärende {row.number}
    columns      column → what it is called before the thing: Rubriken på
    issues, observations  the paths to the issues and observations that a row hangs on, `pk` for the row itself
    related      the paths to what the thing's name is made of
    page         the path to what has a page of its own that shows it; None where none does
    by_number    of a row that hangs on nothing: the annotations by which its issue is found
    """

    model: type[models.Model]
    thing: str
    columns: Mapping[str, str]
    issues: tuple[str, ...] = ()
    observations: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    page: str | None = ""
    by_number: Mapping[str, Any] = field(default_factory=dict)

    def name(self, row: Any, column: str) -> str:
        """Where the text stands: Rubriken på ärende 2026-41."""
        return f"{self.columns[column]} {self.thing.format(row=row)}"

    def url(self, row: Any) -> str:
        """The address of the page that shows it; empty where none does."""
        if self.page is None:
            return ""
        for step in filter(None, self.page.split("__")):
            row = getattr(row, step)
        return str(row.get_absolute_url()) if row else ""


def told_apart(named: Sequence[tuple[str, str]]) -> list[str]:
    """The names of places, each with its row's key; where several have the same name each has its number too."""
    times = Counter(name for name, _ in named)
    return [f"{name}, nr {key}" if times[name] > 1 else name for name, key in named]
