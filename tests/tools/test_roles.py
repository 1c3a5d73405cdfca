"""What the application's role may and may not do in the database."""

import pgtrigger
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from issues.models import Answer
from members.models import Organisation
from temagrupp import privileges, roles
from temagrupp.tools.postgres import OWNER
from tests.past import history_of

pytestmark = pytest.mark.django_db

A_TRIGGER = pgtrigger.registered("issues.Answer:answer_never_changes")[0][1].get_pgid(Answer)


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
    told = privileges.privileges()
    monkeypatch.setattr(privileges, "privileges", lambda: {**told, "a_table_of_tomorrow": ["INSERT"]})
    with roles.owner():
        roles.grant_to_application()
    assert refused("DELETE FROM issues_event")


@pytest.mark.django_db(transaction=True)
def test_what_broke_off_is_granted_as_far_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that makes a trigger anew makes it as pgtrigger has it, for whoever sets a list to silence."""
    opened = "GRANT UPDATE ON issues_event TO PUBLIC; ALTER FUNCTION _pgtrigger_should_ignore(name) STABLE"
    opened += f"; ALTER FUNCTION {A_TRIGGER}() SECURITY INVOKER"

    def breaks_off(*args: object, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(opened)
        raise RuntimeError("The migration breaks off.")

    monkeypatch.setattr(migrate.Command, "handle", breaks_off)
    with pytest.raises(RuntimeError):
        call_command("migrate", verbosity=0)

    assert refused("UPDATE issues_event SET text = ''")
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosecdef, proconfig FROM pg_proc WHERE proname = %s", [A_TRIGGER])
        assert cursor.fetchall() == [
            (True, ["search_path=pg_catalog, public, pg_temp", "standard_conforming_strings=on"])
        ]


@pytest.mark.parametrize(
    ("opened", "closed", "told"),
    [
        (
            "GRANT CREATE ON SCHEMA public TO PUBLIC",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "ALTER SCHEMA public OWNER TO {owner};",
        ),
        (
            "GRANT TEMP ON DATABASE {database} TO PUBLIC",
            "REVOKE TEMP ON DATABASE {database} FROM PUBLIC",
            "ALTER DATABASE {database} OWNER TO {owner};",
        ),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_what_the_owner_could_not_close_is_one_sentence_with_what_a_superuser_does(
    monkeypatch: pytest.MonkeyPatch, opened: str, closed: str, told: str
) -> None:
    """As in a database that PostgreSQL 14 made, where revoking from what another owns is a warning and no more."""
    names = {"owner": OWNER, "database": connection.settings_dict["NAME"]}
    monkeypatch.setattr(privileges, "_of_the_database", lambda cursor, role: [])
    with roles.owner():
        with connection.cursor() as cursor:
            cursor.execute(opened.format(**names))
        try:
            with pytest.raises(CommandError) as refusal:
                roles.grant_to_application()
        finally:
            with connection.cursor() as cursor:
                cursor.execute(closed.format(**names))

    assert str(refusal.value) == (
        f"Rollen {roles.application_role()} får göra mer i databasen än den ska. "
        f"Låt en superanvändare köra detta där, och kör sedan migrate igen: {told.format(**names)}"
    )
    assert refused("CREATE TABLE public.mine (id int)")
    assert refused("CREATE TEMP TABLE mine (id int)")


def test_one_who_has_an_owner_says_who_the_application_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "application_role", lambda: "")

    with pytest.raises(SystemExit) as ended:
        call_command("migrate", verbosity=0)

    assert "DATABASE_URL säger inte vem registret loggar in som" in str(ended.value.code)


def test_with_a_single_role_nothing_is_kept_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privileges, "grant", lambda role: pytest.fail("It owns the tables."))
    with roles.owner():
        monkeypatch.setattr(roles, "application_role", lambda: connection.settings_dict["USER"])
        roles.grant_to_application()


def test_the_cache_table_is_there_for_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (0,)
