"""The twins of a file: its `ROLES` have been on its `journey` in both registers."""

import pytest
from pytest_django import DjangoDbBlocker

from tests.restricted.twins import Twins, compare


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "role" in metafunc.fixturenames:
        metafunc.parametrize("role", metafunc.module.ROLES)


@pytest.fixture(scope="module")
def twins(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Twins:
    with django_db_blocker.unblock():
        return compare(request.module.journey)
