"""The cache, with counters that are never forgotten early."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils.timezone import now


class CounterCache(DatabaseCache):
    """Django's cache in a table, with `take`: so many in such a time, counted in one statement.

    A counter is the moment at which it will be empty again, each thing that is counted moving that by its share of the
    time (GCRA, a leaky bucket). So two at once are both counted and wait for nobody's lock, and what has expired is
    what is empty. Django's own cache throws away every third row when there are MAX_ENTRIES: whoever makes many would
    make all counters forget, so the settings name a number that is never reached.
    """

    def take(self, key: str, most: int, seconds: int) -> bool:
        """Count one more unless there have been `most`; then one of them is free again after its share of the time."""
        moment, share = now(), timedelta(seconds=seconds) / most
        upsert = f"""
            INSERT INTO {self._quoted} AS counter (cache_key, value, expires) VALUES (%(key)s, '', %(now)s + %(share)s)
            ON CONFLICT (cache_key) DO UPDATE SET expires = greatest(counter.expires, %(now)s) + %(share)s
            WHERE counter.expires <= %(now)s + %(room)s
            RETURNING xmax = 0
        """  # noqa: S608  the table's own name
        asked = {"key": self.make_and_validate_key(key), "now": moment, "share": share, "room": share * (most - 1)}
        with self._connection.cursor() as cursor:
            cursor.execute(upsert, asked)
            row = cursor.fetchone()
            if row and row[0]:  # a new one, so now and then an old one goes
                self._forget_expired(cursor)
        return row is not None

    def give_back(self, key: str, most: int, seconds: int) -> None:
        """Take back what was counted once."""
        share = timedelta(seconds=seconds) / most
        statement = f"UPDATE {self._quoted} SET expires = expires - %s WHERE cache_key = %s"  # noqa: S608  as above
        with self._connection.cursor() as cursor:
            cursor.execute(statement, [share, self.make_and_validate_key(key)])

    def _forget_expired(self, cursor: Any) -> None:
        """Delete what has expired, and let alone what somebody else is counting or deleting."""
        expired = f"SELECT cache_key FROM {self._quoted} WHERE expires < %s FOR UPDATE SKIP LOCKED"  # noqa: S608
        statement = f"DELETE FROM {self._quoted} WHERE cache_key IN ({expired})"  # noqa: S608
        cursor.execute(statement, [now()])

    @property
    def _connection(self) -> Any:
        return connections[router.db_for_write(self.cache_model_class)]

    @property
    def _quoted(self) -> str:
        return str(self._connection.ops.quote_name(self._table))  # type: ignore[attr-defined]
