"""What is asked of each connection, and which errors of the database pass."""

from __future__ import annotations

import logging
import os
import time

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from base.postgresql import away
from base.postgresql.base import DatabaseWrapper
from base.postgresql.connecting import FOR_COMMANDS, database
from base.postgresql.failing import passing

OURS = "-c pg_trgm.word_similarity_threshold=0.55 -c random_page_cost=1.1"


@pytest.fixture
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FOR_COMMANDS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres:///register")


def test_a_page_has_limits_unless_said(nothing_said: None) -> None:
    limits = "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=15s"

    assert database(alike=0.55)["OPTIONS"]["options"] == f"{OURS} {limits}"


def test_a_command_has_none(nothing_said: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in FOR_COMMANDS.items():
        monkeypatch.setenv(name, value)

    options = database(alike=0.55)["OPTIONS"]

    none = "-c statement_timeout=0s -c lock_timeout=0s -c idle_in_transaction_session_timeout=0s"
    assert options["options"] == f"{OURS} {none}"
    assert "pool" not in options


def test_what_the_address_says_comes_beside_ours_and_goes_before_it(
    nothing_said: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "options=-c%20statement_timeout%3D3000%20-c%20work_mem%3D8MB&connect_timeout=9"
    monkeypatch.setenv("DATABASE_URL", f"postgres:///register?{said}")

    options = database(alike=0.55)["OPTIONS"]

    assert options["options"].startswith(OURS)
    assert options["options"].endswith("-c statement_timeout=3000 -c work_mem=8MB")
    assert str(options["connect_timeout"]) == "9"


def connected() -> psycopg.Connection[tuple[object, ...]]:
    """As a web process is, to the database of the tests."""
    options = database(alike=0.55)["OPTIONS"]["options"]
    return psycopg.connect(os.environ["DATABASE_OWNER_URL"], options=options)


def test_a_transaction_that_stands_still_is_ended_and_that_passes(
    nothing_said: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDLE_TIMEOUT", "1")
    with connected() as session:
        session.execute("SELECT 1")
        time.sleep(1.3)

        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout) as ended:
            session.execute("SELECT 1")

    assert passing(ended.value) == "25P03"


@pytest.mark.django_db
def test_a_network_that_swallows_what_is_sent_is_found_out_by_the_system_of_each_connection(nothing_said: None) -> None:
    ours, there = database(alike=0.55)["OPTIONS"], connection.settings_dict
    del ours["pool"]
    wrapper = DatabaseWrapper({**there, "OPTIONS": ours})
    wrapper.connect()
    asked = wrapper.connection.info.get_parameters()
    wrapper.close()

    assert {name: asked[name] for name in ("tcp_user_timeout", "keepalives_idle", "keepalives_interval")} == {
        "tcp_user_timeout": "2000",
        "keepalives_idle": "5",
        "keepalives_interval": "1",
    }


def test_a_database_that_is_away_is_told_of_once_and_once_when_it_is_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    pool = logging.getLogger("psycopg.pool")
    away.tell_of_answer()
    for _ in range(3):
        pool.warning("error connecting in %r: %s", "pool-1", "refused")
        pool.warning("reconnection attempt in pool %r failed after %s sec", "pool-1", 5)
        pool.warning("discarding closed connection: %s", "one")
    away.tell_of_answer()
    away.tell_of_answer()
    pool.warning("rolling back returned connection: %s", "one")

    told = [(record.name, getattr(record, "told", {}).get("event")) for record in caplog.records]
    assert told == [
        ("psycopg.pool", "database_away"),
        ("temagrupp.database", "database_back"),
        ("psycopg.pool", None),
    ]
    assert "refused" in str(vars(caplog.records[0])["told"])


def of_django(kind: type[Exception], cause: BaseException | None = None) -> Exception:
    error = kind("as Django tells it")
    error.__cause__ = cause
    return error


def after(error: Exception, first: Exception) -> Exception:
    error.__context__ = first
    return error


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (of_django(OperationalError, psycopg.errors.QueryCanceled()), "57014"),
        (of_django(OperationalError, psycopg.errors.LockNotAvailable()), "55P03"),
        (of_django(OperationalError, psycopg.errors.DeadlockDetected()), "40P01"),
        (of_django(OperationalError, psycopg.errors.AdminShutdown()), "57P01"),
        (of_django(OperationalError, psycopg.errors.ConnectionFailure()), "08006"),
        (of_django(OperationalError, psycopg.errors.TooManyConnections()), "53300"),
        (of_django(InterfaceError, psycopg.errors.ReadOnlySqlTransaction()), "25006"),
        (of_django(OperationalError, psycopg.OperationalError("gone")), "no connection"),
        (of_django(OperationalError, PoolTimeout()), "no connection"),
        (of_django(InterfaceError, psycopg.InterfaceError("closed")), "no connection"),
        (of_django(OperationalError), "no connection"),
        (after(KeyError(), of_django(OperationalError, PoolTimeout())), "no connection"),
        (of_django(OperationalError, psycopg.errors.StatementTooComplex()), None),
        (of_django(IntegrityError, psycopg.errors.UniqueViolation()), None),
        (RuntimeError(), None),
        (None, None),
    ],
)
def test_only_what_passes_by_itself_is_told_so(error: BaseException | None, state: str | None) -> None:
    assert passing(error) == state
