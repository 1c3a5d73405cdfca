"""Two who do something in the same instant, each with a connection of her own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What came of each, in their order: what it gave back, or the refusal that it met."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=10)
            return deed()
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def waits_for_a_row() -> None:
    """Until another connection waits for what this one holds."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("Nobody waited.")
