"""The world of the access table, made once for all the tests of this room; what a test changes is taken back."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.visiting import Visits
from tests.access.world import World, make_world


@pytest.fixture(scope="package")
def made_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[bytes]:
    """The world, packed, while its rows lie in a transaction of the room's own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield pickle.dumps(make_world())
        transaction.set_rollback(True)


@pytest.fixture
def world(made_once: bytes, db: None) -> World:
    """A copy of its own for each test: what one does to its objects, no other sees."""
    unpacked: World = pickle.loads(made_once)
    return unpacked


@pytest.fixture(scope="package")
def visits(made_once: bytes) -> Visits:
    """What each role meets at each row. Nobody who asks for it may change the world."""
    return Visits(pickle.loads(made_once))
