"""The ceiling of the agenda's rules: what each leaves out when there is too much, and how it says so.

A group that brings thousands of old issues along, or never closes one, still gets an agenda that can be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse

from base.swedish.words import in_words
from meetings.models import Heading

MOST = 200
"""Lines of one rule: more than a group of twenty organisations has open, more than a meeting gets through."""


@dataclass(frozen=True)
class Rest:
    """What a rule may leave out: its name in singular and plural, and the list that has all of it."""

    one: str
    many: str
    route: str
    unrestricted: Q
    query: str = ""
    neuter: bool = True

    @property
    def address(self) -> str:
        return reverse(self.route) + self.query


@dataclass(frozen=True)
class LeftOut:
    """How many a rule left out, and how many of them are unrestricted."""

    rule: Heading.Rule
    rest: Rest
    number: int
    unrestricted: int

    def __str__(self) -> str:
        return self._words(self.number)

    @property
    def address(self) -> str:
        return self.rest.address

    @property
    def on_paper(self) -> str:
        """The words for a paper, which lies about: what is restricted is not counted. Empty when all of it is."""
        return self._words(self.unrestricted)

    def _words(self, number: int) -> str:
        return f"Och {in_words(number, self.rest.one, self.rest.many, neuter=self.rest.neuter)}." if number else ""


def kept(raised: QuerySet[Any], about: Q, everything: QuerySet[Any]) -> list[Any]:
    """The first that a rule raises, in the order of `raised`; with `about` those of them that it says.

    `everything` is all that the rule could raise, quick to count: only where that is beyond the ceiling is the whole
    of `raised` asked to tell of one issue.
    """
    if not about:
        return list(raised[:MOST])
    rows = list(raised.filter(about).annotate(is_beyond=Exists(everything.order_by()[MOST:])))
    if not rows or not rows[0].is_beyond:
        return rows
    first = {*raised.values_list("pk", flat=True)[:MOST]}
    return [row for row in rows if row.pk in first]


def left_out(
    rule: Heading.Rule, raised: QuerySet[Any], first: Sequence[Any], taken: Q, rest: Rest
) -> Iterator[LeftOut]:
    """Yield what the rule raises beyond the first and the taken, if there is any. Counted only at the ceiling."""
    if len(first) >= MOST:
        others = raised.exclude(pk__in=[row.pk for row in first]).exclude(taken).order_by()
        if number := others.count():
            yield LeftOut(rule, rest, number, others.filter(rest.unrestricted).count())
