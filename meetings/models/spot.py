"""A spot of an agenda: a heading, 6, or an item under it, 6.2, as a number by which a part of a meeting is a range.

A heading is a whole number, and the second item under it two thousandths more: so what is said of headings alone reads
as it stands, and a range that ends within a heading meets one that begins there without a gap.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import NumericRange

from base.swedish.points import at_point, point_number

Spot = Decimal | int

FIRST = 1
ONE_ITEM = Decimal("0.001")
MOST_ITEMS = 998
"""Under one heading; the ones after it count with the last."""


def spot(heading: int, place: int = 0) -> Spot:
    """The heading, or the item with that place under it."""
    return heading + min(place, MOST_ITEMS) * ONE_ITEM if place else heading


def heading_and_place(where: Spot) -> tuple[int, int]:
    """The number of the heading, and the place of the item under it: 0 for the heading itself."""
    heading = int(where)
    return heading, int((where - heading) / ONE_ITEM)


def following(where: Spot) -> Spot:
    """Where the next one begins: the next heading after a heading, which is whole, and the next item after an item."""
    heading, place = heading_and_place(where)
    return spot(heading, place + 1) if place else heading + 1


def last_before(end: Spot) -> Spot:
    """The last one before that, which itself no longer counts: a whole heading before a heading."""
    heading, place = heading_and_place(end)
    return spot(heading, place - 1) if place else heading - 1


def range_of(first: Spot, end: Spot | None) -> NumericRange:
    """From the first to the end, which itself no longer counts; without an end to the last of the agenda."""
    return NumericRange(Decimal(first), None if end is None else Decimal(end))


def overlap(one: NumericRange, other: NumericRange) -> bool:
    """Whether two ranges have a spot in common."""
    ends = [each.upper for each in (one, other) if each.upper is not None]
    return not ends or max(one.lower, other.lower) < min(ends)


def spelled(where: Spot) -> str:
    """As a form and an address have it: 6 · 6.2."""
    heading, place = heading_and_place(where)
    return f"{heading}.{place}" if place else f"{heading}"


def read(text: str) -> Spot:
    """The opposite. Raises ValueError."""
    heading, _, place = str(text).partition(".")
    return spot(int(heading), int(place or 0))


def part_in_words(first: Spot, last: Spot | None, paragraphs_from: int | None) -> str:
    """Inside a sentence: från punkt 6 till och med § 19.2; empty of the whole meeting."""
    since = f"från {at_spot(first, paragraphs_from)}" if first > FIRST else ""
    until = f"till och med {at_spot(last, paragraphs_from)}" if last else ""
    return " ".join(filter(None, (since, until)))


def at_spot(where: Spot, paragraphs_from: int | None) -> str:
    """Inside a sentence: punkt 6 · § 19.2."""
    return at_point(point_number(*heading_and_place(where), first=paragraphs_from))
