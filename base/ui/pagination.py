"""Paging that stays quick in a long register: a count with a ceiling, and pages only as deep as people look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from base.swedish.words import thousands

PAGE_SIZE = 25
COUNTED = 1_000  # beyond this nobody pages; one narrows the selection

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list, and what to say about the whole of it."""

    rows: list[Row]
    number: int
    size: int
    total: int  # at most COUNTED
    more: bool  # there are more than were counted

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def previous_number(self) -> int:
        return self.number - 1

    @property
    def next_number(self) -> int:
        return self.number + 1

    @property
    def total_words(self) -> str:
        """23, or "fler än 1 000": the whole list's size as far as it is counted."""
        return f"fler än {thousands(self.total)}" if self.more else thousands(self.total)

    @property
    def words(self) -> str:
        first = (self.number - 1) * self.size + 1
        last = first + len(self.rows) - 1
        span = thousands(first) if first == last else f"{thousands(first)}–{thousands(last)}"
        return f"{span} av {self.total_words}"


def paginate(request: HttpRequest, queryset: QuerySet[Row], size: int = PAGE_SIZE) -> Page[Row]:
    """The page that `?sida=` asks for; what is no page number is the first, what is beyond the end the last."""
    counted = queryset.order_by().values("pk")[: COUNTED + 1].count()
    total = min(counted, COUNTED)
    last = max(1, -(-total // size))
    number = min(_page_number(request.GET.get("sida", "")), last)
    start = (number - 1) * size
    return Page(list(queryset[start : start + size]), number, size, total, more=counted > COUNTED)


def _page_number(asked: str) -> int:
    # isdecimal() also takes digits of other scripts, which int() reads; what is too long is no page of ours.
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
