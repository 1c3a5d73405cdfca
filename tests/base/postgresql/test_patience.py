"""More time for one thing alone."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from base.postgresql.patience import with_time


def sleep(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def broken_off() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)")


@pytest.mark.django_db(transaction=True)
def test_what_is_given_time_has_it_and_what_follows_has_as_little_as_before() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '100ms'")
    try:
        with with_time(seconds=60, otherwise=AssertionError):
            sleep(0.3)
        with pytest.raises(OperationalError):
            sleep(0.3)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


@pytest.mark.django_db
def test_what_is_broken_off_is_told_as_it_should_be_and_all_else_as_it_is() -> None:
    with pytest.raises(TimeoutError), with_time(seconds=60, otherwise=TimeoutError):
        broken_off()
    with pytest.raises(OperationalError), with_time(seconds=60, otherwise=TimeoutError):
        raise OperationalError
