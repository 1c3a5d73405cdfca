"""Reads the story's files: CSV as Swedish Excel keeps it, and TOML. What is wrong is said by file and line."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Chosen = TypeVar("Chosen")


class StoryError(Exception):
    """Something in the data cannot be told: one Swedish sentence with the file and the line."""


class Record:
    """One row of a CSV file, or one table of a TOML file, which knows where it stands."""

    def __init__(self, values: Mapping[str, Any], file: Path, line: int) -> None:
        self.values, self.file, self.line = values, file, line

    def __getitem__(self, key: str) -> str:
        """The words under the key. Raises StoryError when there are none."""
        if not (words := self.get(key)):
            raise self.error(f"”{key}” saknas.")
        return words

    def get(self, key: str, default: str = "") -> str:
        return str(self.values.get(key) or default).strip()

    def list(self, key: str) -> list[str]:
        """Several words: a TOML list, or divided by commas."""
        words = self.values.get(key) or []
        return [word.strip() for word in (words.split(",") if isinstance(words, str) else words)]

    def choice(self, key: str, choices: Mapping[str, Chosen], default: str = "") -> Chosen:
        """The value of the word under the key, by the choices. Raises StoryError that names the choices."""
        word = self.get(key, default)
        if word not in choices:
            known = ", ".join(f"”{known}”" for known in list(choices)[:12])
            raise self.error(f"”{word}” är okänt under ”{key}”. Välj bland {known}{' …' if len(choices) > 12 else ''}.")
        return choices[word]

    def only(self, *keys: str) -> Record:
        """Return the record itself. Raises StoryError when it has another key: mostly one that is misspelt."""
        if unknown := next((key for key in self.values if key not in keys), None):
            raise self.error(f"”{unknown}” är inte något som går att ange här. Välj bland {', '.join(keys)}.")
        return self

    def inside(self, key: str) -> Iterator[Record]:
        """The tables listed under the key, each at its own line."""
        line = self.line
        for values in self.values.get(key, []):
            line = _line_of(values, self.file, line)
            yield Record(values, self.file, line)

    def error(self, sentence: str) -> StoryError:
        return StoryError(f"{self.file.name}, rad {self.line}: {sentence}")


def read_csv(file: Path) -> list[Record]:
    """Every row with something in it; the first is the headings."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=";", strict=True)
        records = [Record(row, file, rows.line_num) for row in rows if any(row.values())]
    for record in records:
        if None in record.values or None in record.values.values():
            raise record.error("Raden har inte lika många fält som rubrikraden. Står det ett semikolon i texten?")
    return records


def read_toml(file: Path, name: str) -> list[Record]:
    """Every table of that name: `[[arende]]`."""
    try:
        tables = tomllib.loads(file.read_text())
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"{file.name}: går inte att läsa ({error}).") from error
    return list(Record(tables, file, 1).only(name).inside(name))


def _line_of(values: Mapping[str, Any], file: Path, after: int) -> int:
    """The line number of a table: the first line, from that of its parent, with the longest of its words."""
    words = [value for value in values.values() if isinstance(value, str)]
    longest = max(words, key=len, default="")[:60]
    for line, text in enumerate(_lines(file)[after - 1 :], start=after):
        if longest in text:
            return line
    return after


@cache
def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines()
