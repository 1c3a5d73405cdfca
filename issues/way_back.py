"""The way back to where one came from: a page of an app above, named by the number of a row and never by an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpResponse

from members.access import MemberRequest


class AnsweredThere(Protocol):
    """What keeps what is typed of an answer where one came from, and is asked and told there of each step."""

    def may_answer(self, assignment: Any) -> bool:
        """Whether she may write down there what the organisation answers."""

    def is_here(self, assignment: Any) -> bool:
        """Whether the organisation is there, where what it was asked is spoken of."""

    def begin(self, step: Any) -> None:
        """Before a step is saved, in its transaction: lock what `finish` changes. Raises NotAllowed, Conflict."""

    def finish(self) -> None:
        """The step that was begun is saved, in the same transaction."""

    def refused(self, step: Any) -> HttpResponse | None:
        """The page there with a step that was refused, where it was sent from that page."""


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
    answered: AnsweredThere | None = None

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
