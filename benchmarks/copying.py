"""COPY of unsaved rows: quick, and still with every default, constraint and trigger of the models."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models

KEYS_AT_A_TIME = 1_000


class Rows:
    """Rows of many models, made in memory with keys of their own, and copied in when they are all made."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[Any]] = {}
        self.keys: dict[type[models.Model], list[int]] = {}

    def add(self, model: type[models.Model], made: datetime, **facts: Any) -> Any:
        """One more row of the model, made at that time."""
        keys = self.keys.setdefault(model, [])
        if not keys:
            keys.extend(reversed(_take_keys(model, KEYS_AT_A_TIME)))
        names = {each.name for each in model._meta.concrete_fields}
        times = {name: made for name in ("created_at", "updated_at") if name in names}
        row = model(pk=keys.pop(), **times, **facts)
        self.rows.setdefault(model, []).append(row)
        return row

    def copy(self, *, first: Collection[type[models.Model]] = (), last: Collection[type[models.Model]] = ()) -> None:
        """Copy all rows that are not copied yet: first those that a trigger of another table looks for, last those that
        close other rows.

        In a transaction, which checks the foreign keys at its end.
        """
        for model in sorted(self.rows, key=lambda model: (model in last, model not in first)):
            _copy(self.rows[model])
        self.rows.clear()


def _take_keys(model: type[models.Model], number: int) -> list[int]:
    """So many new primary keys of the model, from its own sequence, rising."""
    sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sequence, [model._meta.db_table, number])
        return [row[0] for row in cursor.fetchall()]


def _copy(rows: Sequence[models.Model]) -> None:
    fields = [field for field in rows[0]._meta.concrete_fields if not field.generated and not field.has_db_default()]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    into = f"COPY {rows[0]._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
