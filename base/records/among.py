"""Rows by keys that a subquery finds first, where PostgreSQL would else join all there are before it looks for the few.

It moves `IN (SELECT …)` only among so many tables (`join_collapse_limit`, 8): a row that is read with more beside it is
read of every key in the table, and the few are picked out last.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Field, Lookup, Q, QuerySet


@Field.register_lookup
class Among(Lookup):
    """Whether the value is one of an array's."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        value, of_value = self.process_lhs(compiler, connection)
        array, of_array = self.process_rhs(compiler, connection)
        return f"{value} = ANY({array})", (*of_value, *of_array)


def among(keys: QuerySet[Any, Any]) -> Q:
    """The condition that the row's key is one of the keys, which are few and found before any row is read."""
    return Q(pk__among=ArraySubquery(keys))
