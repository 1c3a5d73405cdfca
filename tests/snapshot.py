"""The rows of all tables as they were at one moment, for the test after one that has committed."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from temagrupp import roles

LEFT_ALONE = {"django_migrations", "django_content_type", "auth_permission"}
"""Django's own books, which no test writes in."""


class Snapshot:
    """The rows that stood in the tables when this was made, to be put back there: those of the migrations, or a story.

    Django's flush leaves every table empty, those too that a migration has filled, and takes half a second: to
    truncate a table is to make its files anew. After a test few tables have rows, and each has few.
    """

    def __init__(self) -> None:
        with roles.owner(), connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            self._tables = sorted({name for (name,) in cursor.fetchall()} - LEFT_ALONE)
            self._rows = {table: _copied(cursor, table) for table in self._with_rows(cursor)}
            self._numbered_on = _numbered_on(cursor, [*self._rows])

    def restore(self) -> None:
        """Put them back, as the owner of the tables, and unseen by the triggers that write their history."""
        with roles.owner(), transaction.atomic(), connection.cursor() as cursor:
            touched = {*self._with_rows(cursor), *self._rows}
            deletes = [f'ALTER TABLE "{table}" DISABLE TRIGGER USER; DELETE FROM "{table}"' for table in touched]
            cursor.execute("; ".join(deletes))
            for table, rows in self._rows.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
            cursor.execute("; ".join(self._numbered_on))
            watched = [f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in touched]
            cursor.execute("; ".join(["SET CONSTRAINTS ALL IMMEDIATE", *watched]))
        cache.clear()

    def _with_rows(self, cursor: CursorWrapper) -> list[str]:
        asked = [f"""SELECT '{table}' WHERE EXISTS (SELECT FROM "{table}")""" for table in self._tables]
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def _numbered_on(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """What lets each of the tables go on after its last key: a flush numbers from the beginning."""
    cursor.execute(
        """
        SELECT format('SELECT setval(%%1$L, coalesce(max(%%2$I), 1), max(%%2$I) IS NOT NULL) FROM %%3$I',
            pg_get_serial_sequence(attrelid::regclass::text, attname), attname, attrelid::regclass)
        FROM pg_attribute WHERE attidentity <> '' AND attrelid = ANY (%s::regclass[])
        """,
        [tables],
    )
    return [statement for (statement,) in cursor.fetchall()] or ["SELECT"]


def _copied(cursor: CursorWrapper, table: str) -> bytes:
    with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(piece) for piece in copy)
