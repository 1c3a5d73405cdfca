"""The way back to where one came from: a page of an app above, named by the number of a row and never by an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from members.access import MemberRequest


@dataclass(frozen=True)
class WayBack:
    """Where one goes on to. `channel` is how an answer comes there, where that can be said beforehand.

    `chosen` is the query of what stands chosen there, for a list.
    """

    word: str
    row: int
    url: str
    words: str
    channel: str = ""
    chosen: str = ""

    def carried_by(self, address: str) -> str:
        """The address, with the way back in it."""
        return f"{address}?{self.word}={self.row}{f'&{self.chosen}' if self.chosen else ''}"


LONGEST_KEY = 19
"""Digits of a row's number; far longer ones are no number to Python either."""

WAYS_BACK: dict[str, Callable[[MemberRequest, int], WayBack | None]] = {}
"""Questions by the word before the number in an address: the way, to one who may see the row."""


def way_back(request: MemberRequest) -> WayBack | None:
    """The way that the address of the request carries."""
    for word, find in WAYS_BACK.items():
        row = request.GET.get(word, "")
        if row.isdecimal() and len(row) <= LONGEST_KEY:
            return find(request, int(row))
    return None


def leading_back(request: MemberRequest) -> Callable[[Any], str] | None:
    """What `save_once` goes on to when one came from elsewhere; None where the form's own page is next."""
    way = way_back(request)
    return (lambda saved: way.url) if way else None
