"""What was read of a file or of what was pasted: its rows as text, by a program that may break down (`reading.py`)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from base.swedish.text import normalize_line

PROGRAM = Path(__file__).with_name("reading.py")
SECONDS = 10
"""Of the processor; 100 000 rows take one. Twice as long on the wall."""
SECONDS_TO_END = 10
HEAVIEST = 3 * 1024 * 1024
ONLY_THE_ROWS = (
    "Öppna den i Excel, kopiera bara raderna som ska med och klistra in dem här, eller spara dem i en ny fil."
)
TOO_MUCH = f"Filen går inte att läsa: den kräver för mycket minne eller tid. {ONLY_THE_ROWS}"


@dataclass(frozen=True)
class ReadTable:
    """The rows of a table that have something in them: the number of each, and as many cells in all of them.

    name   of its sheet; empty for a text
    notes  sentences on how it was read: hidden rows, formulas without a value
    """

    rows: list[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)
    name: str = ""

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]], **facts: Any) -> ReadTable:
        """The table of what JSON has kept."""
        return cls([(number, cells) for number, cells in rows], **facts)

    @property
    def width(self) -> int:
        return len(self.rows[0][1])


@dataclass(frozen=True)
class ReadBook:
    """The tables of a file, at least one; `notes` are sentences on the sheets that were not read."""

    tables: list[ReadTable]
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, content: dict[str, Any]) -> ReadBook:
        """The book of what JSON has kept."""
        return cls([ReadTable.of(**table) for table in content["tables"]], content["notes"])


def read_book(content: bytes, *, most_rows: int, size: int | None = None) -> ReadBook:
    """The tables in the bytes of a workbook (xlsx, xls, ods), of a CSV file or of what was pasted.

    `size` is what a file weighs that was too heavy to be taken in. Raises ValidationError with the sentence that says
    what to do instead.
    """
    weight = len(content) if size is None else size
    if weight > HEAVIEST:
        told = f"Filen är {filesizeformat(weight)}. Den får vara högst {filesizeformat(HEAVIEST)}. {ONLY_THE_ROWS}"
        raise ValidationError(told)
    command = [sys.executable, "-I", str(PROGRAM), str(most_rows), str(SECONDS)]
    longest = 2 * SECONDS + SECONDS_TO_END
    try:  # in a session of its own, as a document is set
        reading = subprocess.run(command, input=content, capture_output=True, start_new_session=True, timeout=longest)
    except subprocess.TimeoutExpired as held:
        raise ValidationError(TOO_MUCH) from held
    if reading.returncode:
        raise ValidationError(TOO_MUCH)
    answer = json.loads(reading.stdout)
    if "refused" in answer:
        raise ValidationError(answer["refused"])
    book = ReadBook.of(answer)
    tables = [replace(table, name=normalize_line(table.name)) for table in book.tables]
    return ReadBook(tables, [normalize_line(note) for note in book.notes])
