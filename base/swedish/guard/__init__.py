"""The guard: finds what points out a person in what people write. It warns; it never blocks.

Pure functions without a database. What the register knows besides, its own names, is left out by whoever asks
(`KnownNames`; in the register `base.records.personal_data`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from base.swedish.guard.addresses import emails
from base.swedish.guard.folding import fold
from base.swedish.guard.found import Found, Kind
from base.swedish.guard.known import KnownNames
from base.swedish.guard.names import names
from base.swedish.guard.numbers import persons, phones, plates

__all__ = ["Found", "Kind", "KnownNames", "find", "without_overlap"]


def find(text: str, *, today: date | None = None) -> list[Found]:
    """What the guard finds in the text, from its beginning; none overlaps another.

    The time it takes grows with the text alone.
    """
    folded = fold(text)
    met: list[tuple[Kind, int, int]] = [
        *emails(folded.text),
        *persons(folded.text, today or date.today()),
        *phones(folded.text),
        *plates(folded.text),
        *((Kind.NAME, start, end) for start, end in names(folded.text)),
    ]
    return without_overlap(Found(kind, *folded.span(start, end)) for kind, start, end in met)


def without_overlap(met: Iterable[Found]) -> list[Found]:
    """Those that no other of a kind that goes first, or that began earlier, lies over; in order of where they begin."""
    order = {kind: number for number, kind in enumerate(Kind)}
    order[Kind.SAMORDNINGSNUMMER] = order[Kind.PERSONNUMMER]
    taken: list[Found] = []
    for found in sorted(met, key=lambda found: (found.start, order[found.kind], -found.end)):
        if not taken or found.start >= taken[-1].end:
            taken.append(found)
        elif order[found.kind] < order[taken[-1].kind]:
            taken[-1] = found
    return taken
