"""What an import would do, row by row: told before anything is done, and carried out as it was told."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from base.imports.columns import SheetColumn, SheetRow
from base.records.conflicts import Acting


class ImportStep(Protocol):
    """One thing that a row does: what it is called in a count, in words, and how it is done."""

    @property
    def counts_as(self) -> str: ...
    @property
    def words(self) -> str: ...
    def carry_out(self, world: Any, *, by: Acting) -> None: ...


@dataclass
class PlannedRow:
    """What becomes of a row: its steps, what is to be told of it, and what is wrong in it, each a sentence.

    `left` says why it is left out without anything being wrong: it may be no row of the table.
    """

    number: int
    name: str
    steps: list[ImportStep] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [step.words for step in self.steps]


@dataclass(frozen=True)
class ImportPlan:
    """What becomes of each row of a sheet. A row in which anything is wrong does nothing, nor one that is left out."""

    rows: Sequence[PlannedRow]
    world: Any = None
    """What the steps share while they are carried out."""

    @property
    def wrong(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.wrong]

    @property
    def wrong_rows(self) -> list[list[str]]:
        """Of each row that is wrong its number, its name and the errors."""
        return [[str(row.number), row.name, " ".join(row.wrong)] for row in self.wrong]

    @property
    def left(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.left]

    @property
    def changing(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.steps and not row.wrong]

    @property
    def unchanged(self) -> list[PlannedRow]:
        return [row for row in self.rows if not row.steps and not row.wrong and not row.left]

    @property
    def counted(self) -> dict[str, int]:
        """How many steps of each kind there are."""
        return dict(Counter(step.counts_as for row in self.changing for step in row.steps))

    @property
    def digest(self) -> str:
        """The same as long as the same would be done: by it a form knows that what it showed is still so.

        A step is a dataclass, and each of its fields counts.
        """
        told = [[row.number, row.name, [repr(step) for step in row.steps], bool(row.wrong)] for row in self.rows]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


class Importer(Protocol):
    """A kind of import: its columns, and what a sheet's rows would do.

    kind       by which what was read is known as one of this kind
    most_rows  that one sheet may have
    needed     the keys of which one at least has to be among the columns, and what is said when none is
    """

    kind: str
    columns: Sequence[SheetColumn]
    most_rows: int
    needed: tuple[frozenset[str], str]

    def plan(self, rows: Sequence[SheetRow]) -> ImportPlan: ...
    def hold(self, rows: Sequence[SheetRow]) -> None:
        """Lock what the rows are about until the transaction ends, as the verbs do that change it."""
