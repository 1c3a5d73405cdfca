"""The sentences of an import, whatever it brings in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from base.imports.columns import SheetColumn, headings_begin
from base.imports.models import Import
from base.imports.plan import ImportPlan
from base.swedish.words import capital, in_words, listed, number_word

Counted = Mapping[str, tuple[str, str]]
"""What a step counts as: one, many."""


def counted_words(counted: Mapping[str, int], words: Counted, neuter: frozenset[str] = frozenset()) -> str:
    """How many of each kind: två nya organisationer, en ny medlem och ett nytt ärende; `neuter` are the ett-words."""
    return listed(
        [in_words(counted[kind], *said, neuter=kind in neuter) for kind, said in words.items() if counted.get(kind)]
    )


def review_headline(plan: ImportPlan, words: str) -> str:
    """What would come of it, counted in words: Två nya medlemmar och två nya platser."""
    if words:
        return capital(words)
    return (
        "Allt finns redan i registret" if plan.unchanged and not (plan.wrong or plan.left) else "Inget blir importerat"
    )


def sheet_words(read: Import) -> str:
    """Which of several sheets is read; empty where there is but one: Bladet ”2026” läses in, inte de andra två."""
    others = len(read.book.tables) - 1
    if not others:
        return ""
    rest = "det andra" if others == 1 else f"de andra {number_word(others)}"
    return f"Bladet ”{read.table.name}” läses in, inte {rest}."


def above_words(read: Import, columns: Sequence[SheetColumn]) -> str:
    """Which rows stand above the headings and are not read; empty where none do: Rad 1 (Gruppen 2026) står ovanför …"""
    rows = read.table.rows[: headings_begin(read.table, read.headings or 0, columns)]
    named = [f"rad {number} ({', '.join(filter(None, cells))[:60]})" for number, cells in rows if any(cells)]
    verb = "står ovanför rubrikerna och läses inte in."
    return f"{capital(listed(named))} {verb}" if named else ""


def left_words(read: Import, what: str) -> list[str]:
    """Of one that is brought in, which rows were left out, each kind by itself; `what` they have alone: ett namn."""
    wrong, left = len(read.left_out), read.content.get("left", 0)
    return [
        *([f"{capital(in_words(wrong, 'rad', 'rader'))} med fel är inte importerade."] if wrong > 1 else []),
        *(["En rad med fel är inte importerad."] if wrong == 1 else []),
        *([f"{capital(in_words(left, 'rad', 'rader'))} med bara {what} lämnades utanför."] if left else []),
    ]


def done_headline(words: str) -> str:
    """What was done, counted in words."""
    return f"Importerat: {words}" if words else "Inget behövde importeras"
