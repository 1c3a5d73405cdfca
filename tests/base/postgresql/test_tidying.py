"""The counters of the cache are tidied away beside those who count."""

from datetime import timedelta

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

EXPIRED = "INSERT INTO cache (cache_key, value, expires) VALUES (%s, '', %s)"


@pytest.mark.django_db(transaction=True)
def test_what_another_holds_is_left_and_not_waited_for() -> None:
    there = connection.settings_dict
    login = {"dbname": there["NAME"], "user": there["USER"], "host": there["HOST"]}
    with connection.cursor() as cursor:
        cursor.executemany(EXPIRED, [(key, timezone.now() - timedelta(days=1)) for key in ("held", "free")])
        cursor.execute("SET lock_timeout = '1s'")  # one who waits is found out
        with psycopg.connect(**login) as other:
            other.execute("SELECT 1 FROM cache WHERE cache_key = 'held' FOR UPDATE")

            assert cache.take("new", 10, 60)  # type: ignore[attr-defined]

        cursor.execute("SELECT cache_key FROM cache ORDER BY 1")
        assert [key for (key,) in cursor.fetchall()] == [":1:new", "held"]
