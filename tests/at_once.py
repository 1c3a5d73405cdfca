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


WAITING = """
    SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()
"""


def waits_for_a_row() -> None:
    """Until another connection waits for what one holds here; the tests of another process have their own database."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("Nobody waited.")
