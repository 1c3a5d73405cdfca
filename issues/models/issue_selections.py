"""The selections of issues: which they are, in which order, and what a row needs."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import F, Q

from base.records import RestrictableQuerySet
from base.records.restricted import Row
from base.records.search import plain
from issues.models.assignment import Assignment
from issues.models.category import Category
from issues.models.issue_status import UNCLOSED, IssueState, IssueStatusFilter
from members.models import Organisation


class IssueLists(RestrictableQuerySet[Row]):
    """Selections of the issues that one may know of."""

    def numbered(self, number: str) -> Self:
        year, _, serial = number.partition("-")
        return self.filter(year=int(year), serial=int(serial))

    def open(self) -> Self:
        return self.filter(state__in=UNCLOSED)

    def closed(self) -> Self:
        return self.filter(state=IssueState.CLOSED)

    def in_status(self, status: IssueStatusFilter, today: date) -> Self:
        return self.filter(status.condition(today))

    def at(self, words: str) -> Self:
        """The issues whose place, its locality, or words of where contain the words."""
        words = plain(words)
        place = Q(place__name__icontains=words) | Q(place__locality__name__icontains=words)
        return self.filter(place | Q(where__icontains=words))

    def about(self, category: Category) -> Self:
        """The issues of the category or of one under it."""
        return self.filter(category__in=Category.objects.within(category))

    def opened_since(self, day: date) -> Self:
        return self.filter(created_at__date__gte=day)

    def carried_by(self, organisation: Organisation) -> Self:
        """The issues in which the organisation has something to answer or do, or has done it."""
        return self.filter(pk__in=Assignment.objects.carried().of([organisation.pk]).values("action__issue"))

    # What a list shows

    def with_related(self) -> Self:
        return self.select_related("category", "closure")

    def latest_closed_first(self) -> Self:
        return self.closed().order_by("-state_since", "-pk")

    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def last_happened_first(self) -> Self:
        """Sorted by when something last happened; what a search found nearest stands before."""
        nearest = [F("nearness")] if "nearness" in self.query.annotations else []
        return self.order_by(*nearest, "-happened_at", "-pk")
