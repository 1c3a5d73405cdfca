"""Columns of a sheet: which headings people give them, and where the headings stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ValidationError

from base.imports.table import ReadTable
from base.swedish.text import normalize_line

LEAVE_OUT = ""
"""Of a column that is not brought in."""
LOOKED_THROUGH = 10
"""Rows in which the headings are looked for: above them may stand a title and a day."""
SAMPLES = 3
LOST_LETTERS = re.compile("\ufffd|[Ã√├][^\x00-\x7f]|â€")
"""A sign that could not be read, or å, ä, ö of UTF-8 as another encoding reads them: Ã¥, √•, ├Ñ."""


@dataclass(frozen=True)
class SheetColumn:
    """A column that can be brought in.

    key      the name of its cells in a row
    label    what it is called in the form and in the template to fill in
    words    other headings by which it is recognised
    example  a cell of the template's one row
    of       the key of the column before it that names whom it is about, where a row has several
    like     the key that its heading has where it is about nobody else: the second E-post, after Ersättare
    """

    key: str
    label: str
    words: tuple[str, ...] = ()
    example: str = ""
    of: str = ""
    like: str = ""


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its number there, and its cells by the keys of the columns; one that is lacking is empty."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


def recognise(headings: Sequence[str], columns: Sequence[SheetColumn]) -> list[str]:
    """The keys of the columns with these headings; empty for one that is not recognised, or is so a second time."""
    known = _known(tuple(columns))
    of_whom = {(column.of, column.like): column.key for column in columns if column.of}
    beginning, whose = {of for of, _ in of_whom}, ""
    keys: list[str] = []
    for heading in headings:
        found = next((known[words] for words in _ways_to_read(heading) if words in known), LEAVE_OUT)
        found = of_whom.get((whose, found), found)
        whose = found if found in beginning else whose
        keys.append(LEAVE_OUT if found in keys else found)
    alone = beginning - {column.of for column in columns if column.key in keys}  # an Ordinarie of crosses is no name
    return [LEAVE_OUT if key in alone else key for key in keys]


@cache
def _known(columns: tuple[SheetColumn, ...]) -> dict[str, str]:
    """The key of the column by each of its headings, as they are compared."""
    return {plain(words): column.key for column in columns for words in (column.label, *column.words)}


def best_table(tables: Sequence[ReadTable], columns: Sequence[SheetColumn], needed: Collection[str]) -> int:
    """The place of the table whose headings are recognised best: one of the needed first of all, then the most."""

    def known(table: ReadTable) -> tuple[bool, int]:
        at = headings_at(table, columns)
        keys = recognise(headings_in(table, at, columns), columns) if at is None or at + 1 < len(table.rows) else []
        return not set(needed).isdisjoint(keys), sum(map(bool, keys))

    return max(range(len(tables)), key=lambda place: known(tables[place]))  # the first of equals


def headings_at(table: ReadTable, columns: Sequence[SheetColumn]) -> int | None:
    """The place among the rows of the one with the headings; None where the table has none.

    That is the one of the first with the most that are recognised. Where none are, it is the first row, unless that has
    an address or a number in it, as people's rows do.
    """
    first = [cells for _, cells in table.rows[:LOOKED_THROUGH]]
    counts = [_recognised(headings_in(table, place, columns), columns) for place in range(len(first))]
    if max(counts) > 1 or (max(counts) and counts[0]):
        return counts.index(max(counts))
    return None if any(re.search(r"@|\d", cell) for cell in first[0]) else 0


def headings_in(table: ReadTable, at: int | None, columns: Sequence[SheetColumn]) -> list[str]:
    """The headings that stand there: those of two rows where the upper says whose the lower are, as a merged cell does.

    Ordinarie, Ordinarie above Namn, E-post: Ordinarie Namn, Ordinarie E-post. Empty ones where there are none.
    """
    if at is None:
        return [""] * table.width
    begins = headings_begin(table, at, columns)
    return _together(table.rows[begins][1], table.rows[at][1])


def headings_begin(table: ReadTable, at: int, columns: Sequence[SheetColumn]) -> int:
    """The place of the upper row of the headings that end there; the same where there is but one."""
    own = table.rows[at][1]
    both = _together(table.rows[at - 1][1], own) if at else own
    return at - 1 if _recognised(both, columns) > _recognised(own, columns) else at


def _together(above: Sequence[str], below: Sequence[str]) -> list[str]:
    pairs = zip(above, below, strict=True)
    return [one if plain(one) == plain(other) else normalize_line(f"{one} {other}") for one, other in pairs]


def _recognised(headings: Sequence[str], columns: Sequence[SheetColumn]) -> int:
    return sum(map(bool, recognise(headings, columns)))


def sheet_rows(table: ReadTable, headings: int | None, keys: Sequence[str]) -> list[SheetRow]:
    """The rows under the headings, each with the cells that are brought in."""
    begins = 0 if headings is None else headings + 1
    named = [(place, key) for place, key in enumerate(keys) if key]
    rows = (SheetRow(number, {key: cells[place] for place, key in named}) for number, cells in table.rows[begins:])
    return [row for row in rows if any(row.cells.values())]


def samples(table: ReadTable, headings: int | None, place: int) -> list[str]:
    """The first different cells of a column that say anything."""
    begins = 0 if headings is None else headings + 1
    said = dict.fromkeys(normalize_line(cells[place]) for _, cells in table.rows[begins:])
    return [cell for cell in said if cell][:SAMPLES]


def plain(words: str) -> str:
    """A heading, or a word that is chosen among others, as it is compared: E-post: → epost."""
    return re.sub(r"[\W_]+", "", normalize_line(words).lower())


def ensure_readable(cell: str) -> None:
    """Raise ValidationError for a cell in which letters have become other signs, in whatever program they did."""
    if LOST_LETTERS.search(cell):
        raise ValidationError(
            f"å, ä, ö eller andra tecken i ”{normalize_line(cell)}” gick inte att läsa. "
            "Rätta dem i tabellen och läs in den igen."
        )


def _ways_to_read(heading: str) -> list[str]:
    """The heading whole, without what stands in brackets, and its parts: Titel/befattning, E-post (arbetet)."""
    line = normalize_line(heading)
    bare = re.sub(r"\([^()]*\)", "", line)
    return [plain(words) for words in (line, bare, *re.split(r"[/,&]| och | eller ", bare))]
