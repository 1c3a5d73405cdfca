"""The guard: finds what points out a person in what people write. It warns; it never blocks.

Pure functions without a database. The names that the register itself knows are handed in by whoever asks.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from base.swedish.guard.folding import fold
from base.swedish.guard.found import Found, Kind
from base.swedish.guard.names import names
from base.swedish.guard.numbers import emails, persons, phones, plates

__all__ = ["Found", "Kind", "find"]


def find(text: str, *, known: Collection[str] = (), today: date | None = None) -> list[Found]:
    """What the guard finds in the text, from its beginning; none overlaps another.

    `known` are names, in lower case, of places, organisations and members: they are not told. The time it takes grows
    with the text alone.
    """
    folded = fold(text)
    met: list[tuple[Kind, int, int]] = [
        *emails(folded.text),
        *persons(folded.text, today or date.today()),
        *phones(folded.text),
        *plates(folded.text),
        *(
            (Kind.NAME, start, end)
            for start, end in sorted(names(folded.text, known), key=lambda span: (span[0], -span[1]))
        ),
    ]
    return [Found(kind, *folded.span(start, end)) for kind, start, end in _without_overlap(met)]


def _without_overlap(met: list[tuple[Kind, int, int]]) -> list[tuple[Kind, int, int]]:
    """Those that no other of a kind that goes first, or that began earlier, lies over; in order of where they begin."""
    order = {kind: number for number, kind in enumerate(Kind)}
    order[Kind.SAMORDNINGSNUMMER] = order[Kind.PERSONNUMMER]
    taken: list[tuple[Kind, int, int]] = []
    met.sort(key=lambda found: (found[1], order[found[0]], -found[2]))
    for found in met:
        if not taken or found[1] >= taken[-1][2]:
            taken.append(found)
        elif order[found[0]] < order[taken[-1][0]]:
            taken[-1] = found
    return taken
