"""The protocol between an app and the search over everything: the rows to search, each as a hit, its excerpt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from base.records.search import FEW, SHORTEST_INSIDE, forms, number_in, plain, strict_to_loose
from base.swedish.words import StateSentence

COUNTED = 50  # hits of one kind; beyond this one writes another word instead of reading on
AROUND = 80
"""Characters on each side of the first word that was met."""
ENDING = 2
"""Letters that a Swedish ending may have changed: tunnel, tunnlar."""


@dataclass(frozen=True)
class SearchHit:
    """One row that was found: title, address, the text to cut an excerpt from, and small print."""

    title: str
    url: str
    text: str = ""
    about: str = ""
    state: StateSentence | None = None


class SearchProvider:
    """Searches one kind of row for one member. An app offers a subclass for each kind.

    name     stands in the address
    heading  stands over its hits
    """

    name: ClassVar[str]
    heading: ClassVar[str]

    def __init__(self, member: Any) -> None:
        self.member = member

    def rows(self) -> QuerySet[Any]:
        """The rows that the member may know of, with all that a hit shows, the latest first."""
        raise NotImplementedError

    def hit(self, row: Any) -> SearchHit:
        raise NotImplementedError

    def keys(self, words: str) -> list[int]:
        """The keys of the rows that answer to the words, the nearest first; one more than `COUNTED` is enough."""
        return nearest(self.rows(), words)


def nearest(rows: QuerySet[Any], words: str, *last: Q) -> list[int]:
    """Keys of the rows that answer to the words, condition by condition, a looser one only when the stricter found few.

    A number is looked for as it stands. `last` are conditions of the rows' own, looser than the words alike.
    """
    found: list[int] = []
    for condition in chain(strict_to_loose(plain(words)), last):
        later = rows.filter(condition).exclude(pk__in=found).values_list("pk", flat=True)
        found += later[: COUNTED + 1 - len(found)]
        if len(found) >= FEW or number_in(words):
            break
    return found


def containing(rows: QuerySet[Any], words: str, *fields: str) -> list[int]:
    """Keys of the rows in which every word is a part of one field or another: for names, which have no grammar."""
    parts = plain(words).split()
    condition = reduce(and_, (reduce(or_, (Q(**{f"{field}__icontains": part}) for field in fields)) for part in parts))
    return list(rows.filter(condition).values_list("pk", flat=True)[: COUNTED + 1])


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
    return re.compile(rf"(\w*(?:{'|'.join(longest_first)})\w*)", re.IGNORECASE) if parts else None


def _beginning(word: str) -> str:
    return word[:-ENDING] if len(word) > SHORTEST_INSIDE + ENDING else word


def _whole_words(text: str, middle: int) -> tuple[int, int]:
    """The start and end of a cut around a place in the text, at word boundaries."""
    start = text.rfind(" ", 0, max(middle - AROUND, 0)) + 1 if middle > AROUND else 0
    end = text.find(" ", middle + 2 * AROUND)
    return start, end if end > 0 else len(text)
