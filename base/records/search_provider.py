"""The protocol between an app and the search over everything: the rows to search, and each as a hit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from base.records.search import FEW, number_in, plain, stages
from base.swedish.words import StateSentence

COUNTED = 50  # hits of one kind; beyond this one writes another word instead of reading on


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
    """Keys of the rows that answer to the words, stage by stage, a looser one only when the stricter found few.

    A number is looked for as it stands. `last` are conditions of the rows' own, looser than the words alike.
    """
    found: list[int] = []
    for stage in chain(stages(plain(words)), last):
        later = rows.filter(stage).exclude(pk__in=found).values_list("pk", flat=True)
        found += later[: COUNTED + 1 - len(found)]
        if len(found) >= FEW or number_in(words):
            break
    return found


def containing(rows: QuerySet[Any], words: str, *fields: str) -> list[int]:
    """Keys of the rows in which every word is a part of one field or another: for names, which have no grammar."""
    parts = plain(words).split()
    condition = reduce(and_, (reduce(or_, (Q(**{f"{field}__icontains": part}) for field in fields)) for part in parts))
    return list(rows.filter(condition).values_list("pk", flat=True)[: COUNTED + 1])
