"""How the register connects: what is asked of each connection, and how long anything in the database may take."""

from __future__ import annotations

from typing import Any

from temagrupp.tools import values

LIMITS = {
    "STATEMENT_TIMEOUT": ("statement_timeout", 5),
    "LOCK_TIMEOUT": ("lock_timeout", 2),
    "IDLE_TIMEOUT": ("idle_in_transaction_session_timeout", 15),
}
"""Of the environment → what PostgreSQL calls it, and the seconds of it unless said."""
FOR_COMMANDS = {"DATABASE_POOL": "0", **dict.fromkeys(LIMITS, "0")}
"""Of the environment of a command: one connection, which waits in no queue, and as much time as the work takes."""
SECONDS_FOR_A_CONNECTION = 2
"""From the pool: of the three within which a page says that the database is away. It has a connection for each thread
(`manage.py serve` asks that it has), so nobody waits there for another; and a server that does not answer a knock is
tried no longer."""
SECONDS_WHILE_AWAY = 0.1
"""The same when the one before got none. The pool knocks at once when it is asked, so one that is back is found."""
SWALLOWED = {"tcp_user_timeout": SECONDS_FOR_A_CONNECTION * 1_000, "keepalives_idle": 5, "keepalives_interval": 1}
SECONDS_BETWEEN_KNOCKS = 5
"""At the most, by the pool, at a database that is away."""


def database(*, alike: float) -> dict[str, Any]:
    """The application's database as Django's settings have it. What the address says of its own goes before ours.

    `alike`: from where on two words are, for pg_trgm.
    """
    database = values.database("DATABASE_URL", default="postgres:///temagrupp", engine="base.postgresql")
    options = database.setdefault("OPTIONS", {})
    if size := values.number("DATABASE_POOL", default=8):
        waits = {"timeout": SECONDS_FOR_A_CONNECTION, "reconnect_timeout": SECONDS_BETWEEN_KNOCKS}
        options.setdefault("pool", {"min_size": 1, "max_size": size, **waits})
    options.setdefault("connect_timeout", SECONDS_FOR_A_CONNECTION)
    # A network that swallows what is sent is noticed as soon: the system would wait for a quarter of an hour.
    for name, value in SWALLOWED.items():
        options.setdefault(name, value)
    limits = {name: f"{values.number(variable, default=default)}s" for variable, (name, default) in LIMITS.items()}
    # A page that an index leads to costs no more than the next one: what is read here lies in memory or on flash. As
    # the server has it for disks, it reads a whole table where an index would find the few.
    asked = {"pg_trgm.word_similarity_threshold": alike, "random_page_cost": 1.1, **limits}
    ours = " ".join(f"-c {name}={value}" for name, value in asked.items())
    options["options"] = f"{ours} {options.get('options', '')}".rstrip()
    # A field of choices reads its rows by iterator(), for which a cursor in the server is three statements more.
    database["DISABLE_SERVER_SIDE_CURSORS"] = True
    return database
