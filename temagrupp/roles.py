"""The two roles in the database: the tables' owner, and the application, which cannot rewrite history.

The web process knows only the application's address (DATABASE_URL). The commands that own the tables log in
by DATABASE_OWNER_URL; a database with a single role, as on an engineer's machine, needs only the first.
The application can silence a history trigger by a setting: this guards against faults and ordinary code,
not against SQL injection.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import environ
import pghistory.models
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, models


@contextmanager
def owner() -> Iterator[None]:
    """Connect as the tables' owner while the block lasts, to the same database, a test's too."""
    address = os.environ.get("DATABASE_OWNER_URL")
    if not address:
        yield
        return
    before = connections[DEFAULT_DB_ALIAS]
    before.close()
    within = before.copy()
    login = environ.Env.db_url_config(address)
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
    """Let the application read and write the tables, and only add to what nobody may rewrite."""
    role = application_role()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (role,) or not role:
            return
        name = connection.ops.quote_name(role)
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        there = connection.introspection.table_names(cursor)  # not all of them when an app is migrated alone
        for table in filter(there.__contains__, append_only_tables()):
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {name}")


def append_only_tables() -> list[str]:
    """The tables that are only added to: the trigger history, and every model with `append_only = True`."""
    return sorted(model._meta.db_table for model in apps.get_models() if _is_append_only(model))


def _is_append_only(model: type[models.Model]) -> bool:
    return issubclass(model, pghistory.models.Event) or getattr(model, "append_only", False)
