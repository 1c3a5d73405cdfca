"""What the application's role may do in the database: table by table, and the triggers that it cannot silence.

A model says it of its own rows: `append_only` where they are never changed, `deletable` where a verb takes them away.
What comes from others is only read, unless it is told here. Decisions and limits: docs/adr/0021.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from pghistory.models import Event as History

OURS = {"base", "issues", "meetings", "members", "temagrupp"}
OF_OTHERS = {
    "sessions.Session": ["INSERT", "UPDATE", "DELETE"],  # ends at the sign-out, flushed at the sign-in
}
"""What Django and its libraries write, by model. The others' tables are read."""
SETTLED = "SET search_path = pg_catalog, public, pg_temp SET standard_conforming_strings = on"
"""What a function of the owner's means, whatever the session that calls it has set."""
OF_THE_CACHE = ["INSERT", "UPDATE", "DELETE"]
CALLED = "redact"
"""The one function of the owner's that the application may call: it masks. Decision and limits: docs/adr/0027."""

FUNCTIONS = """
    SELECT DISTINCT p.oid::regprocedure::text, t.tgfoid IS NOT NULL
    FROM pg_proc p LEFT JOIN pg_trigger t ON t.tgfoid = p.oid AND NOT t.tgisinternal
    WHERE p.pronamespace = 'public'::regnamespace AND pg_get_userbyid(p.proowner) = current_user ORDER BY 1
"""
"""The owner's functions, and which of them a trigger calls; those of extensions have another owner."""

# A trigger asks it, by pgtrigger's way of writing triggers, whether it is to do nothing. pgtrigger's own answers
# whoever has set a list. Who logged in is what no SET changes, also while the function runs with the owner's right.
# The setting may be forged, and only makes it ask: that the transaction masks, its own function alone can write down.
SILENCED = """
    CREATE TABLE IF NOT EXISTS public.silenced (xact xid8 NOT NULL);
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE sql STABLE AS $$
        SELECT CASE
            WHEN current_setting('temagrupp.redacting', true) = 'on'
                AND EXISTS (SELECT FROM public.silenced WHERE xact = pg_current_xact_id()) THEN true
            WHEN session_user = {owner}
            THEN trigger_name = ANY (coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{{}}')::text[])
            ELSE false END
    $$
"""


# Of a superuser, and of one who may become the owner, both are true of all there is.
STILL_OPEN = """
    SELECT quote_ident(current_user), quote_ident(%(role)s), quote_ident(current_database()),
        pg_has_role(%(role)s, current_user, 'MEMBER'),
        has_schema_privilege(%(role)s, 'public', 'CREATE'),
        has_database_privilege(%(role)s, current_database(), 'CREATE, TEMP')
"""


COLUMNS = """
    SELECT c.relname, array_agg(quote_ident(a.attname) ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
    GROUP BY c.relname
"""
"""The columns of each table, less its primary key: what is pointed at by it, and the history, would be another's."""


def is_ours(model: type[models.Model]) -> bool:
    """Whether the verbs write it. The trigger history stands in our apps, but triggers write it, as the owner."""
    return model.__module__.partition(".")[0] in OURS and not issubclass(model, History)


def privileges_of(model: type[models.Model]) -> list[str]:
    """What the application may do with the rows of the model, beside reading them."""
    if getattr(model, "written_by_owner", False):
        return []
    if not is_ours(model):
        return OF_OTHERS.get(model._meta.label, [])
    changed = [] if getattr(model, "append_only", False) else ["UPDATE"]
    deleted = ["DELETE"] if getattr(model, "deletable", False) else []
    return ["INSERT", *changed, *deleted]


def privileges() -> dict[str, list[str]]:
    """What the application may do with each table that it may do more with than read."""
    tables = {model._meta.db_table: privileges_of(model) for model in apps.get_models(include_auto_created=True)}
    return {**tables, str(settings.CACHES["default"]["LOCATION"]): OF_THE_CACHE}


def grant(role: str) -> None:
    """Give the role what it needs and no more. Asked by the owner of the tables, each time they are migrated.

    Raises CommandError where more is open than the owner can close.
    """
    with connection.cursor() as cursor:
        with transaction.atomic():
            for statement in (
                *_of_the_database(cursor, role),
                *_of_the_tables(cursor, role),
                silencing(cursor),
                *_of_the_functions(cursor, role),
            ):
                cursor.execute(statement)
        _ensure_closed(cursor, role)


def _ensure_closed(cursor: CursorWrapper, role: str) -> None:
    """To revoke what another role owns is only a warning: a database that PostgreSQL 14 made has such a schema."""
    cursor.execute(STILL_OPEN, {"role": role})
    [(owner, name, database, is_owner, has_schema, has_database)] = cursor.fetchall()
    if is_owner:
        closing = [f"ALTER ROLE {name} NOSUPERUSER;", f"REVOKE {owner} FROM {name};"]
    else:
        closing = [
            *([f"ALTER SCHEMA public OWNER TO {owner};"] if has_schema else []),
            *([f"ALTER DATABASE {database} OWNER TO {owner};"] if has_database else []),
        ]
    if closing:
        raise CommandError(
            f"Rollen {role} får göra mer i databasen än den ska. "
            f"Låt en superanvändare köra detta där, och kör sedan migrate igen: {' '.join(closing)}"
        )


def _of_the_database(cursor: CursorWrapper, role: str) -> list[str]:
    """Neither a table nor a function that it made itself may stand before one of ours, nor last only for a session."""
    name, database = connection.ops.quote_name(role), connection.ops.quote_name(connection.settings_dict["NAME"])
    return [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {name}",
        f"GRANT CONNECT ON DATABASE {database} TO {name}",
        f"REVOKE ALL ON SCHEMA public FROM PUBLIC, {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    ]


def _of_the_tables(cursor: CursorWrapper, role: str) -> list[str]:
    name, allowed = connection.ops.quote_name(role), privileges()
    cursor.execute(COLUMNS)
    there = dict(cursor.fetchall())  # not all of them when an app is migrated alone
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {name}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        *(
            f"GRANT {_listed(allowed.get(table, []), columns)} ON {connection.ops.quote_name(table)} TO {name}"
            for table, columns in there.items()
        ),
    ]


def _listed(privileges: list[str], columns: list[str]) -> str:
    """To read and the privileges, of which the changing is told column by column."""
    told = {"UPDATE": f"UPDATE ({', '.join(columns)})"}
    return ", ".join(["SELECT", *(told.get(privilege, privilege) for privilege in privileges)])


def silencing(cursor: CursorWrapper) -> str:
    """The statement that says when a trigger does nothing: where the owner has set so, and while it is masked."""
    cursor.execute("SELECT quote_literal(current_user)")
    [(owner,)] = cursor.fetchall()
    return SILENCED.format(owner=owner)


def _of_the_functions(cursor: CursorWrapper, role: str) -> list[str]:
    """Every trigger runs with the owner's right and finds the tables where they are; of the rest one may be called."""
    cursor.execute(FUNCTIONS)
    functions = cursor.fetchall()
    owned = f"SECURITY DEFINER {SETTLED}"
    called = [function for function, _ in functions if function.startswith(f"{CALLED}(")]
    return [
        *(f"ALTER FUNCTION {function} {owned}" for function, is_a_trigger in functions if is_a_trigger),
        *(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC" for function, _ in functions),
        *(f"GRANT EXECUTE ON FUNCTION {function} TO {connection.ops.quote_name(role)}" for function in called),
    ]
