"""Two registers: one with restricted things, and its twin where they never were. Both are asked the same."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from django.db import transaction
from django.utils import timezone

from issues.models import Issue
from tests.restricted.addresses import kinds
from tests.restricted.numbering import Numbering
from tests.restricted.story import STORY, WORDS
from tests.restricted.telling import Register, standing_at
from tests.restricted.visiting import Answer, Asked, Visitor, unwatched

Journey = Callable[[Visitor], None]


@dataclass
class Twins:
    """What was answered by the one with the restricted things, and by the one where they never were.

    `register` is the first; `numbers` are those of its restricted issues.
    """

    register: Register
    numbers: list[str]
    first: dict[Asked, Answer]
    second: dict[Asked, Answer]

    def of(self, role: str) -> list[Asked]:
        return [asked for asked in self.first if asked.role == role]

    def differing(self, role: str) -> dict[str, str]:
        """What is answered otherwise, by what was asked: the lines that differ."""
        asked = [each for each in self.of(role) if self.first[each] != self.second[each]]
        return {str(each): _difference(self.first[each], self.second[each]) for each in asked}

    def costing(self, role: str) -> dict[str, tuple[int, int]]:
        """What is answered alike, but by more or fewer statements: how many."""
        alike = [each for each in self.of(role) if self.first[each] == self.second[each]]
        costs = {str(each): (self.first[each].statements, self.second[each].statements) for each in alike}
        return {asked: numbers for asked, numbers in costs.items() if numbers[0] != numbers[1]}

    def telling(self, role: str) -> dict[str, list[str]]:
        """Where words or numbers of what is restricted stand, but for what was asked for: which."""
        met = {str(each): self._met(each) for each in self.of(role)}
        return {asked: words for asked, words in met.items() if words}

    def _met(self, asked: Asked) -> list[str]:
        words = self.first[asked].words.lower()
        numbers = [number for number in self.numbers if re.search(rf"(?<!\d){number}(?!\d)", words)]
        met = [*numbers, *(word for word in WORDS if word in words)]
        return [word for word in met if word not in unquote(str(asked)).lower()]


def _difference(first: Answer, second: Answer) -> str:
    old, new = ([*map(str, _head(each)), *each.words.splitlines()] for each in (second, first))
    lines = difflib.unified_diff(old, new, n=0, lineterm="")
    return "\n".join(line.strip() for line in lines)


def _head(answer: Answer) -> list[object]:
    return [answer.status, *sorted(answer.headers.items())]


def compare(journey: Journey) -> Twins:
    """Both registers' answers on the journey, which is planned in the first; nothing of them is left."""
    kinds()
    numbers, now = Numbering(), timezone.now()
    try:
        with _forgotten():  # of both: it is the same moment to the database
            return _compared(journey, numbers, now)
    finally:
        numbers.close()


def _compared(journey: Journey, numbers: Numbering, now: datetime) -> Twins:
    begun = numbers.reached()
    with _forgotten():
        register, burnt = STORY.whole(now, numbers)
        first = Visitor(register)
        restricted = Issue.objects.filter(restricted=True).order_by("pk")
        issue_numbers = [issue.number for issue in restricted]
        with standing_at(now), unwatched():
            journey(first)
    numbers.go_on_after(begun)
    with _forgotten():
        second = Visitor(STORY.without(now, numbers, burnt))
        with standing_at(now), unwatched():
            for asked in first.had:
                second.ask(asked)
    return Twins(register, issue_numbers, first.had, second.had)


@contextmanager
def _forgotten() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
