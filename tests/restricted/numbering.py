"""The keys of all tables: how far they have come, and letting them go on from there, as the tables' owner may."""

from __future__ import annotations

from django.db import connection

from temagrupp.tools import values

GO_ON = "SELECT setval(name::regclass, greatest(last, 1), last > 0) FROM unnest(%s::text[], %s::bigint[]) t(name, last)"


class Numbering:
    """By a connection of its own: a key that is taken in a transaction is taken, whatever becomes of that."""

    def __init__(self) -> None:
        owner = values.database("DATABASE_OWNER_URL", default="", engine="base.postgresql")
        self._owner = connection.copy()
        self._owner.settings_dict.update({name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")})
        self._owner.settings_dict["OPTIONS"] = owner.get("OPTIONS", {})

    def close(self) -> None:
        self._owner.close()

    def reached(self) -> dict[str, int]:
        """The last key that each table has given, 0 where it has given none."""
        with self._owner.cursor() as cursor:
            cursor.execute(
                "SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, 0) FROM pg_sequences"
            )
            return dict(cursor.fetchall())

    def go_on_after(self, keys: dict[str, int]) -> None:
        """The next key of each table is the one after that."""
        with self._owner.cursor() as cursor:
            cursor.execute(GO_ON, [[*keys], [*keys.values()]])
