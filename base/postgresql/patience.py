"""More time than a page has, for the few that look through everything the register has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def with_time(*, seconds: int) -> Iterator[None]:
    """Let each statement of the block, which is one transaction, work for so long before it is broken off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])
        yield
