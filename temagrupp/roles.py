"""The two roles in the database: the tables' owner, and the application, which cannot rewrite history.

The web process knows only the application's address (DATABASE_URL). The commands that own the tables log in
by DATABASE_OWNER_URL; a database with a single role, as on an engineer's machine, needs only the first, and nothing
there is kept from it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections

from temagrupp import privileges
from temagrupp.tools import values


@contextmanager
def owner() -> Iterator[None]:
    """Connect as the tables' owner while the block lasts, to the same database, a test's too."""
    if not os.environ.get("DATABASE_OWNER_URL"):
        yield
        return
    if not application_role():
        values.refuse("DATABASE_URL", "säger inte vem registret loggar in som. Den " + values.AS_DATABASE)
    login = values.database("DATABASE_OWNER_URL", default="", engine="base.postgresql")
    before = connections[DEFAULT_DB_ALIAS]
    before.close()
    within = before.copy()
    within.settings_dict.update({key: login[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})
    # No pool: an owner's connection must not linger where the application may be handed it.
    within.settings_dict["OPTIONS"] = login.get("OPTIONS", {})
    connections[DEFAULT_DB_ALIAS] = within
    try:
        yield
    finally:
        within.close()
        connections[DEFAULT_DB_ALIAS] = before


def application_role() -> str:
    """The name that the application logs in by."""
    return str(connections.settings[DEFAULT_DB_ALIAS]["USER"])


def grant_to_application() -> None:
    """Let the application do what its models say, and no more; nothing where the owner is the application."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        [(owner,)] = cursor.fetchall()
        cursor.execute(privileges.silencing(cursor))
    if (role := application_role()) not in {owner, ""}:
        privileges.grant(role)
