"""More time than a page has, for the few that look through everything the register has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

BROKEN_OFF = "57014"


@contextmanager
def with_time(*, seconds: float, otherwise: Callable[[], Exception]) -> Iterator[None]:
    """Let each statement of the block, which is one transaction, work for so long before it is broken off.

    Raises `otherwise()` where one is.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != BROKEN_OFF:
            raise
        raise otherwise() from error
