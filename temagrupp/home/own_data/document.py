"""A member's own data as a file to keep (JSON) and as a document to read (PDF)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from base.documents.tree import Block, Column, Document, Paragraph, Subheading, Table
from base.swedish.words import capital, thousands
from meetings import letterhead
from members.models import Group, Member
from temagrupp.home.own_data.parts import OUTSIDE
from temagrupp.home.own_data.reading import OwnData, Told

TITLE = "Uppgifter om dig i registret"
WIDE = {"notering": 3}
NAMED = (Column("Uppgift"), Column("Som den står", 3))
MOST_COLUMNS = 4
"""Of a table with a line for each row; rows of more have a table each."""
MOST_ROWS = 100
"""Of a part in the document, which one reads; the file has them all."""


def as_json(data: OwnData, member: Member, made_at: datetime) -> bytes:
    """The file: UTF-8, indented, with Swedish names; as readable by a person as by a program."""
    told = {
        "om filen": {
            "vad": TITLE,
            "register": Group.current().name,
            "medlem": member.name,
            "gjord": made_at.isoformat(timespec="seconds"),
            "finns inte i filen": list(OUTSIDE),
        },
        "konto": data.account,
        **{part.heading: part.rows for part in data.parts},
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def own_document(data: OwnData, member: Member, made_at: datetime) -> Document:
    return Document(
        title=TITLE,
        about=member.name,
        sender=letterhead.sender(),
        day=made_at.date(),
        made_at=made_at,
        blocks=(
            Subheading("Ditt konto"),
            Table(NAMED, _named(data.account)),
            *(block for part in data.parts if part.rows for block in _part(part)),
            Subheading("Det här finns inte med"),
            *(Paragraph(words) for words in OUTSIDE),
        ),
    )


def _part(part: Told) -> Iterator[Block]:
    yield Subheading(part.heading)
    over = len(part.rows) > MOST_ROWS
    if over:
        yield Paragraph(f"De {MOST_ROWS} senaste av {thousands(len(part.rows))}. Filen i JSON har alla.", soft=True)
    rows, names = part.rows[:MOST_ROWS], tuple(part.rows[0])
    if len(names) <= MOST_COLUMNS:
        cells = tuple(tuple(_in_words(found) for found in row.values()) for row in rows)
        yield Table(tuple(Column(capital(name), WIDE.get(name, 1)) for name in names), cells)
        return
    for number, row in enumerate(rows, 1):
        yield Subheading(str(number), level=3)
        yield Table(NAMED, _named(row))


def _named(facts: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The names and values of what there is to tell; what is empty is left out."""
    return tuple((capital(name), words) for name, found in facts.items() if (words := _in_words(found)))


def _in_words(found: Any) -> str:
    match found:
        case None:
            return ""
        case bool():
            return "Ja" if found else "Nej"
        case dict():
            return "–".join(str(end or "") for end in found.values())
        case str() if _is_moment(found):
            return found[:16].replace("T", " ")
    return str(found)


def _is_moment(found: str) -> bool:
    return len(found) == 25 and found[10] == "T"
