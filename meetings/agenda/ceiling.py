"""The ceiling of the agenda's rules: what each leaves out when there is too much, and how it says so.

A group that brings thousands of old issues along, or never closes one, still gets an agenda that can be read aloud.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet
from django.urls import reverse

from base.swedish.words import in_words
from meetings.models import Heading
from meetings.models.agenda import Subject

MOST = 200
"""Lines of one rule, and as many restricted ones: more than a group of twenty organisations has open, more than a
meeting gets through."""


@dataclass(frozen=True)
class Rest:
    """What a rule may leave out: its name in singular and plural, and the list that has all of it."""

    one: str
    many: str
    route: str
    unrestricted: Q
    of_actions: bool = False
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

    @classmethod
    def of(cls, rule: Heading.Rule, others: QuerySet[Any], rest: Rest, placed: Collection[Subject]) -> LeftOut | None:
        """Count the others that are not placed; None where there are none."""
        keys = [action if rest.of_actions else issue for issue, action in placed if bool(action) == rest.of_actions]
        unrestricted = Count("pk", filter=rest.unrestricted)
        counted = others.exclude(pk__in=keys).aggregate(number=Count("pk"), unrestricted=unrestricted)
        return cls(rule, rest, **counted) if counted["number"] else None

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


class BeyondCeilingError(Exception):
    """Asked about one issue, a rule has more than its ceiling: which it leaves out only the whole agenda tells."""


def kept(raised: QuerySet[Any], about: Q, everything: QuerySet[Any], rest: Rest) -> list[Any]:
    """Return the first that a rule raises, in no order; with `about`, the condition of one issue, those of the issue.

    What is restricted has a ceiling of its own: it takes no place from the rest, or a paper would tell by what it lacks
    how much its reader is kept from. `everything` is all that the rule could raise, quick to count. Raises
    BeyondCeilingError when that is too much to tell of one issue alone.
    """
    if not about:
        first = list(raised[:MOST])
        if len(first) < MOST:
            return first
        return [*raised.filter(rest.unrestricted)[:MOST], *raised.exclude(rest.unrestricted)[:MOST]]
    rows = list(raised.filter(about).annotate(is_beyond=goes_beyond(everything)))
    if rows and rows[0].is_beyond:
        raise BeyondCeilingError
    return rows


def goes_beyond(everything: QuerySet[Any]) -> Exists:
    """Whether a rule could raise more than its ceiling."""
    return Exists(everything.order_by()[MOST:])


def beyond(raised: QuerySet[Any], first: Sequence[Any]) -> QuerySet[Any] | None:
    """The rows that a rule raises beyond the first; None below the ceiling, where there are none."""
    return raised.exclude(pk__in=[row.pk for row in first]).order_by() if len(first) >= MOST else None
