"""The two roles in the tests: the owner makes and removes the database, the application does the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from temagrupp import roles
from tests.snapshot import Snapshot

# A thread of a live server may have kept a connection that nobody can reach any longer.
SEND_HOME = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


def pytest_configure() -> None:
    if not os.environ.get("DATABASE_OWNER_URL"):
        raise pytest.UsageError("The tests need a database of their own: python3 manage.py test")


@pytest.fixture(scope="session")
def as_owner() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, as_owner: ExitStack) -> None:
    """The last step before the database is made: from here on it is the owner who is logged in."""
    as_owner.enter_context(roles.owner())


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, as_owner: ExitStack, django_db_blocker: DjangoDbBlocker
) -> Iterator[Snapshot]:
    """From here on it is the application; before the database is removed nobody of it may be left inside.

    A test that commits leaves the tables as they were migrated, where Django's flush would leave them empty.
    """
    as_owner.close()
    with django_db_blocker.unblock():
        migrated = Snapshot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: migrated.restore())
        yield migrated
    with django_db_blocker.unblock():
        with connections["default"].cursor() as cursor:
            cursor.execute(SEND_HOME)
        connections["default"].close()
        connections["default"].close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has one
