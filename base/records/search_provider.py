"""The protocol between an app and the search over everything: the rows to search, each as a hit, its excerpt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, ClassVar

from django.db.models import Q, QuerySet, Value
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from base.records.restricted import Restrictable
from base.records.search import COUNTED, MOST, SHORTEST_INSIDE, asked_number, forms, strict_to_loose
from base.swedish.words import StateSentence

AROUND = 80
"""Characters on each side of the first word that was met."""
ENDING = 2
"""Letters that a Swedish ending may have changed: tunnel, tunnlar."""


@dataclass(frozen=True)
class SearchHit:
    """One row that was found: title, address, the text to cut an excerpt from, and small print.

    opens  what may be restricted and is opened by who reads the text
    """

    title: str
    url: str
    text: str = ""
    about: str = ""
    state: StateSentence | None = None
    opens: tuple[Restrictable | None, ...] = ()


@dataclass(frozen=True)
class Step:
    """One way of looking: the rows that answer, nearest first, and how many hits of the kind it may fill up to.

    After one that is `last` no looser one is taken, if it found anything.
    """

    rows: QuerySet[Any]
    up_to: int = MOST
    last: bool = False

    def room(self, found: Sequence[int]) -> int:
        """How many more hits it may add; one above `COUNTED` tells that there are more."""
        return max(min(self.up_to, COUNTED + 1) - len(found), 0)


class SearchProvider:
    """Searches one kind of row for one member. An app offers a subclass for each kind.

    name     stands in the address
    heading  stands over its hits
    numbers  what it finds by number is called so before one: beslut 2026-41
    """

    name: ClassVar[str]
    heading: ClassVar[str]
    numbers: ClassVar[str] = ""

    def __init__(self, member: Any) -> None:
        self.member = member

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows that the member may know of, with all that a hit shows, the latest first."""
        raise NotImplementedError

    def hit(self, row: Any) -> SearchHit:
        raise NotImplementedError

    def steps(self, words: str) -> Iterator[Step]:
        """Yield the ways of looking for the words, each looser than the one before."""
        yield from in_words(self.rows, words)


def find(kinds: Sequence[SearchProvider], words: str) -> dict[str, list[int]]:
    """The keys of the rows of each kind that answer to the words, nearest first; no more than one above `COUNTED`.

    Where a number is asked for, the kinds that have something of that number stand first, and of these the one that is
    named. One statement takes a step for every kind that has room for more.
    """
    found: dict[str, list[int]] = {kind.name: [] for kind in kinds}
    looking = {kind.name: kind.steps(words) for kind in kinds}
    first: list[str] = []
    while taken := {name: step for name, steps in looking.items() if (step := next(steps, None))}:
        for name, key in _further(taken, found):
            found[name].append(key)
        ended = [name for name, step in taken.items() if step.last and found[name]]
        looking = {name: looking[name] for name in taken if name not in ended}
        first += ended
    if asked := asked_number(words):
        named = [kind.name for kind in kinds if kind.name in first and kind.numbers == asked.of]
        found = {name: found[name] for name in dict.fromkeys([*named, *first, *found])}
    return found


def _further(steps: dict[str, Step], found: dict[str, list[int]]) -> Iterable[tuple[str, int]]:
    """What each kind's step adds to what is found: its name and a key, in the order of its rows."""
    adding = [
        step.rows.exclude(pk__in=found[name]).values_list(Value(name), "pk")[:room]
        for name, step in steps.items()
        if (room := step.room(found[name]))
    ]
    return adding[0].union(*adding[1:], all=True) if adding else ()


def in_words(rows: QuerySet[Any], words: str) -> Iterator[Step]:
    """Yield the steps of rows that are searchable. A number is looked for as it stands."""
    for condition, up_to in strict_to_loose(words):
        yield Step(rows.filter(condition), up_to)
        if asked_number(words):
            break


def in_names(rows: QuerySet[Any], words: str, *fields: str) -> Iterator[Step]:
    """Yield the one step of names, which have no grammar: every word is a part of one field or another."""
    parts = words.split()
    condition = reduce(and_, (reduce(or_, (Q(**{f"{field}__icontains": part}) for field in fields)) for part in parts))
    yield Step(rows.filter(condition))


def excerpt(text: str, words: str) -> SafeString:
    """The text around the first of the words, each of them marked; its beginning where none stands in it."""
    text = " ".join(text.split())
    met = _pattern(words)
    first = met.search(text) if met else None
    start, end = _whole_words(text, first.start() if first else 0)
    pieces = re.split(met, text[start:end]) if met else [text[start:end]]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    marked = format_html_join("", "{}<mark>{}</mark>", zip(pieces[0::2], pieces[1::2], strict=False))
    return format_html_join("", "{}", [(part,) for part in (before, marked, pieces[-1], after)])


def _pattern(words: str) -> re.Pattern[str] | None:
    """The pattern of a word that contains a searched word, or begins as it does."""
    searched = [word for word in re.findall(r"\w+", words.lower()) if len(word) >= SHORTEST_INSIDE]
    parts = {re.escape(form) for word in searched for form in {*forms(word), _beginning(word)}}
    longest_first = sorted(parts, key=len, reverse=True)
    # Tried from the beginning of each word alone: from each of its letters a long word takes the square of its length.
    return re.compile(rf"((?<!\w)\w*(?:{'|'.join(longest_first)})\w*)", re.IGNORECASE) if parts else None


def _beginning(word: str) -> str:
    return word[:-ENDING] if len(word) > SHORTEST_INSIDE + ENDING else word


def _whole_words(text: str, middle: int) -> tuple[int, int]:
    """The start and end of a cut around a place in the text, at word boundaries."""
    start = text.rfind(" ", 0, max(middle - AROUND, 0)) + 1 if middle > AROUND else 0
    end = text.find(" ", middle + 2 * AROUND)
    return start, end if end > 0 else len(text)
