"""What the application's role may and may not do in the database."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from members.models import Organisation
from temagrupp import roles
from tests.past import history_of

pytestmark = pytest.mark.django_db


def refused(sql: str) -> bool:
    """Whether the database says that this role may not, and nothing else."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)
    return False


def test_the_tests_run_as_the_application_and_never_as_a_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (roles.application_role(), False, False, False)


def test_the_trigger_history_is_append_only() -> None:
    assert "members_organisationevent" in roles.append_only_tables()


@pytest.mark.parametrize("table", roles.append_only_tables())
def test_what_has_happened_can_be_added_to_and_read_but_not_rewritten(table: str) -> None:
    with connection.cursor() as cursor:
        privileges = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"]
        cursor.execute(
            "SELECT has_table_privilege(%(table)s, unnest(%(all)s::text[]))",
            {"table": table, "all": privileges},
        )
        allowed = [privilege for privilege, (yes,) in zip(privileges, cursor.fetchall(), strict=True) if yes]
        cursor.execute("SELECT has_any_column_privilege(%s, 'UPDATE')", [table])
        assert (allowed, cursor.fetchone()) == (["SELECT", "INSERT"], (False,))


def test_a_rewriting_of_history_is_refused() -> None:
    Organisation.objects.create(name="Tekniska förvaltningen")
    assert refused("UPDATE members_organisationevent SET name = 'Någon annan'")
    assert refused("DELETE FROM members_organisationevent")


def test_ordinary_tables_are_read_and_written_with_history_behind() -> None:
    organisation = Organisation.objects.create(name="Tekniska förvaltningen")
    Organisation.objects.filter(pk=organisation.pk).update(short_name="TF")
    assert list(history_of(organisation).values_list("pgh_label", "short_name")) == [
        ("insert", ""),
        ("update", "TF"),
    ]


@pytest.mark.parametrize(
    "ddl",
    [
        "CREATE TABLE a_table_of_the_application (id int)",
        "ALTER TABLE members_organisation ADD COLUMN x int",
        "ALTER TABLE members_organisation DISABLE TRIGGER ALL",
        "DROP TABLE members_organisation",
        "TRUNCATE members_organisation CASCADE",
    ],
)
def test_the_application_changes_no_tables(ddl: str) -> None:
    assert refused(ddl)


@pytest.mark.django_db(transaction=True)
def test_flush_empties_history_too_and_hands_back_the_applications_login() -> None:
    Organisation.objects.create(name="Tekniska förvaltningen")
    cache.set("attempts", 5)
    call_command("flush", interactive=False, verbosity=0)
    assert cache.get("attempts") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT count(*) FROM members_organisationevent)")
        assert cursor.fetchone() == (roles.application_role(), 0)


@pytest.mark.django_db(transaction=True)
def test_what_is_migrated_part_of_the_way_is_granted_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "append_only_tables", lambda: ["a_table_of_tomorrow", "issues_event"])
    with roles.owner():
        roles.grant_to_application()
    assert refused("DELETE FROM issues_event")


def test_the_cache_table_is_there_for_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (0,)
