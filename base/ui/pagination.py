"""Pagination with a ceiling on the count and the pages, so that it stays quick in a long register."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from base.swedish.words import thousands

PAGE_SIZE = 25
COUNTED = 1_000  # beyond this nobody pages; one narrows the selection


class CeilingPaginator(Paginator):  # type: ignore[type-arg]
    """Django's own, which counts no further than the ceiling: beyond it there are no pages."""

    object_list: QuerySet[Any]

    @cached_property
    def counted(self) -> int:
        """The size of the list; one more than the ceiling says that there are more."""
        return self.object_list.order_by().values("pk")[: COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, COUNTED)

    def _get_page(self, *args: Any, **kwargs: Any) -> CountedPage:
        """The page object: Django's own hook."""
        return CountedPage(*args, **kwargs)

    @property
    def total_words(self) -> str:
        """The list's size in words, as far as it is counted: 23, or "fler än 1 000"."""
        return f"fler än {thousands(COUNTED)}" if self.counted > COUNTED else thousands(self.counted)


class CountedPage(Page):  # type: ignore[type-arg]
    """A page of a list that is counted as far as the ceiling."""

    paginator: CeilingPaginator


def paginate(
    request: HttpRequest, queryset: QuerySet[Any], size: int = PAGE_SIZE, *, total: int | None = None
) -> CountedPage:
    """The page that `?sida=` asks for; what is no page number is the first, what is beyond the end the last.

    A `total` that is known already is not counted again, nor is a list whose first page is not full.
    """
    number = _page_number(request.GET.get("sida", ""))
    paginator = CeilingPaginator(queryset, size)
    if total is not None:
        paginator.counted = total
    elif number == 1:
        first = queryset[: size + 1]
        paginator.counted = len(first) if len(first) <= size else paginator.counted
        paginator.object_list = first
    page = cast("CountedPage", paginator.get_page(number))
    request.page_shown = page.number  # type: ignore[attr-defined]  # which may be another than the one asked for
    return page


def from_page(request: HttpRequest) -> str:
    """The query by which a step carries the page of the list that it leads back to; empty for the first."""
    number = getattr(request, "page_shown", None) or _page_number(request.GET.get("sida", ""))
    return f"?sida={number}" if number > 1 else ""


def _page_number(asked: str) -> int:
    # isdecimal() also takes digits of other scripts, which int() reads; what is too long is no page of ours.
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
