"""Actions by their status on a day: found, sorted and counted in SQL, by the one table in `status.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Q

from issues.models.status import ActionStatus, any_of, due_in_sql, status_in_sql

Row = TypeVar("Row", bound=models.Model, covariant=True)


class WithStatusQuerySet(models.QuerySet[Row]):
    """Of what has `assignments`, of which one is current, and a state."""

    def with_status(self, day: date) -> Self:
        """With `status` on the day, and joined the `current` assignment that it is read from."""
        return self.in_status(ActionStatus, day)

    def in_status(self, statuses: Collection[ActionStatus], day: date) -> Self:
        """Those that have one of the statuses on the day, each as with_status()."""
        found = self.joined_current().filter(any_of(statuses, day))  # before: one join serves both
        return found.annotate(status=status_in_sql(statuses, day))

    def in_order_of_need(self) -> Self:
        """Sorted by need and then by how late, of those with_status()."""
        return self.order_by("status", due_in_sql(), "pk")

    def counts_by_status(self) -> Counter[ActionStatus]:
        """The number in each status, of those with_status()."""
        counted = self.order_by().values_list("status").annotate(models.Count("pk"))
        return Counter({ActionStatus(status): number for status, number in counted})

    def first_and_counts(self, number: int) -> tuple[list[Row], Counter[ActionStatus]]:
        """The first so many, and the number of all in each status, of those with_status(); in one query."""
        first: list[Any] = list(self.annotate(statuses=models.Window(ArrayAgg("status")))[:number])
        return first, Counter(map(ActionStatus, first[0].statuses) if first else [])

    def joined_current(self) -> Self:
        """With the current assignment joined as `current`."""
        joined = {"current": models.FilteredRelation("assignments", condition=Q(assignments__ended_at=None))}
        return self.annotate(**joined)
