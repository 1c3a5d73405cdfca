"""A query about one row that is asked on every page: Django makes its SQL once a day, and not each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone

NOBODY = -1
"""The key that the SQL is made with: no row has it, and nothing else in the query is that number."""


class MadeOnce:
    """What the query asks of one row, as a column of another query. `make` is given the key of the row.

    To make the SQL takes Django longer than to ask it. It depends on nothing but the row and the day.
    """

    def __init__(
        self, make: Callable[[int], models.QuerySet[Any, Any]], output_field: models.Field[Any, Any], form: str = "({})"
    ) -> None:
        self._make, self._field, self._form = make, output_field, form
        self._of_day = lru_cache(maxsize=2)(self._sql)

    def of(self, key: int) -> RawSQL:
        sql, parameters = self._of_day(timezone.localdate())
        told = [key if each == NOBODY else each for each in parameters]
        return RawSQL(sql, told, self._field)  # noqa: S611  it is Django's own

    def _sql(self, day: object) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = self._make(NOBODY).query.sql_with_params()
        return self._form.format(sql), parameters
