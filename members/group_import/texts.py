"""The sentences of the import of the group."""

from __future__ import annotations

from base.imports.columns import headings_begin
from base.imports.models import Import
from base.imports.plan import ImportPlan
from base.swedish.words import capital, in_words, listed, number_word
from members.group_import.planning import GroupImport

COUNTED: dict[str, tuple[str, str]] = {
    "organisations_new": ("ny organisation", "nya organisationer"),
    "organisations_changed": ("ändrad organisation", "ändrade organisationer"),
    "members_new": ("ny medlem", "nya medlemmar"),
    "members_changed": ("ändrad medlem", "ändrade medlemmar"),
    "seats_new": ("ny plats", "nya platser"),
    "handlers_new": ("ny handläggare", "nya handläggare"),
}
"""What a step counts as: one, many."""


def counted_words(counted: dict[str, int]) -> str:
    """How many of each kind: två nya organisationer, en ny medlem och en ny plats."""
    return listed([in_words(counted[kind], *words) for kind, words in COUNTED.items() if counted.get(kind)])


def review_headline(plan: ImportPlan) -> str:
    """What would come of it: Två nya medlemmar och två nya platser."""
    if words := counted_words(plan.counted):
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


def above_words(read: Import) -> str:
    """Which rows stand above the headings and are not read; empty where none do: Rad 1 (Gruppen 2026) står ovanför …"""
    rows = read.table.rows[: headings_begin(read.table, read.headings or 0, GroupImport.columns)]
    named = [f"rad {number} ({', '.join(filter(None, cells))[:60]})" for number, cells in rows if any(cells)]
    verb = "står ovanför rubrikerna och läses inte in."
    return f"{capital(listed(named))} {verb}" if named else ""


def left_words(read: Import) -> list[str]:
    """Of one that is brought in, which rows were left out, each kind by itself."""
    wrong, left = len(read.left_out), read.content.get("left", 0)
    return [
        *([f"{capital(in_words(wrong, 'rad', 'rader'))} med fel är inte importerade."] if wrong > 1 else []),
        *(["En rad med fel är inte importerad."] if wrong == 1 else []),
        *([f"{capital(in_words(left, 'rad', 'rader'))} med bara ett namn lämnades utanför."] if left else []),
    ]


def done_headline(outcome: dict[str, int]) -> str:
    """What was done."""
    return f"Importerat: {counted_words(outcome)}" if outcome else "Inget behövde importeras"
