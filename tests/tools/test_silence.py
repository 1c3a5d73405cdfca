"""The triggers run whatever the application sets, and whoever logs in as it."""

import json
from collections.abc import Iterator
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.db import connection

from members.models import Organisation
from temagrupp import roles
from tests.past import history_of

pytestmark = pytest.mark.django_db(transaction=True)

EVERY_TRIGGER = "{" + ",".join(sorted(trigger.get_pgid(model) for model, trigger in pgtrigger.registered())) + "}"
CHANGE = "UPDATE public.members_organisation SET short_name = 'TF'"
KEPT = "SELECT short_name, pgh_context FROM public.members_organisationevent ORDER BY pgh_id"


def log_in(**changed: str) -> psycopg.Connection[Any]:
    """Another session of the application."""
    settings = connection.settings_dict
    login = {"dbname": settings["NAME"], "user": settings["USER"], "host": settings["HOST"]}
    return psycopg.connect(**{**login, **changed}, autocommit=True)


def kept(session: psycopg.Connection[Any]) -> list[str]:
    """What the history has of the organisation, once this session has changed it."""
    session.execute(CHANGE)
    return [name for name, _ in session.execute(KEPT)]


@pytest.fixture(autouse=True)
def organisation() -> Organisation:
    return Organisation.objects.create(name="Tekniska förvaltningen")


@pytest.fixture
def session() -> Iterator[psycopg.Connection[Any]]:
    with log_in() as session:
        yield session


@pytest.mark.parametrize(
    "sql",
    [
        f"SET pgtrigger.ignore = '{EVERY_TRIGGER}'",
        f"SET SESSION pgtrigger.ignore TO '{EVERY_TRIGGER}'",
        f"SELECT set_config('pgtrigger.ignore', '{EVERY_TRIGGER}', false)",
        f"DO $$ BEGIN PERFORM set_config('pgtrigger.ignore', '{EVERY_TRIGGER}', false); END $$",
        "SET pgtrigger.ignore = 'no list'",
        "SET search_path = pg_temp, pg_catalog",
        "SET search_path = ''",
        "SET row_security = off",
    ],
)
def test_no_setting_silences_a_trigger(session: psycopg.Connection[Any], sql: str) -> None:
    session.execute(sql)

    assert kept(session) == ["", "TF"]


def test_nor_one_within_the_transaction(session: psycopg.Connection[Any]) -> None:
    with session.transaction():
        session.execute(f"SET LOCAL pgtrigger.ignore = '{EVERY_TRIGGER}'")
        assert kept(session) == ["", "TF"]


def test_nor_one_that_the_session_begins_with(monkeypatch: pytest.MonkeyPatch) -> None:
    option = f"-c pgtrigger.ignore={EVERY_TRIGGER}"
    with log_in(options=option) as session:
        assert kept(session) == ["", "TF"]
    monkeypatch.setenv("PGOPTIONS", option)
    with log_in() as session:
        assert session.execute("SHOW pgtrigger.ignore").fetchone() == (EVERY_TRIGGER,)
        assert kept(session) == ["", "TF"]


def test_nor_the_library_whose_setting_it_is(organisation: Organisation) -> None:
    with pgtrigger.ignore():
        Organisation.objects.update(short_name="TF")

    assert [row.short_name for row in history_of(organisation)] == ["", "TF"]


def test_the_owner_of_the_tables_may_for_what_the_law_asks_to_be_forgotten(organisation: Organisation) -> None:
    with roles.owner(), pgtrigger.ignore():
        Organisation.objects.update(short_name="TF")

    assert [row.short_name for row in history_of(organisation)] == [""]


def test_who_acted_is_what_the_application_says_and_nonsense_saves_nothing(session: psycopg.Connection[Any]) -> None:
    session.execute("SET pghistory.context_metadata = 'nobody'")
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        session.execute(CHANGE)
    session.execute("SELECT set_config('pghistory.context_metadata', %s, false)", [json.dumps({"user": 1})])
    session.execute(CHANGE)

    assert [*session.execute(KEPT)] == [("", None), ("TF", {"user": 1})]


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_no_other_database_lets_it_in(database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        log_in(dbname=database)
