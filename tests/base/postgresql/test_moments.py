"""The moments that come out of PostgreSQL: the same as went in, and read by our own loader."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from base.postgresql.base import MomentLoader

pytestmark = pytest.mark.django_db

MOMENTS = [
    datetime(2026, 11, 25, 12, 0, tzinfo=UTC),
    datetime(2026, 11, 25, 12, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 11, 25, 12, 0, 0, 120_000, tzinfo=UTC),
    datetime(2026, 6, 30, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=2))),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]


def read(moment: datetime) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        (found,) = cursor.fetchone()
    assert isinstance(found, datetime)
    return found


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_moment_is_read_as_it_was_written_and_in_utc(moment: datetime) -> None:
    found = read(moment)

    assert (found, found.utcoffset()) == (moment, timedelta(0))


def test_a_moment_is_the_same_in_a_session_of_another_zone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Europe/Stockholm'")

    assert read(MOMENTS[0]) == MOMENTS[0]


def test_nothing_is_read_as_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULL::timestamptz")
        assert cursor.fetchone() == (None,)


def test_moments_are_read_by_our_own_loader() -> None:
    with connection.cursor() as cursor:
        assert issubclass(cursor.cursor.adapters.get_loader(1184, 0), MomentLoader)
