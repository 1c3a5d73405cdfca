"""How often one may try, and that nobody can use up another's tries: real requests from many addresses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from members import devices, limits
from members.limits import LimitReached
from members.models import Member
from members.sign_in import CROWDED, STILL_OPEN, WRONG_TOO_OFTEN
from tests.at_once import at_once
from tests.factories import PASSWORD, MemberFactory
from tests.members.trying import OMAR, ask, at, is_in, known, posted_from, try_

pytestmark = pytest.mark.usefixtures("nothing_counted")


def test_a_stranger_who_tries_a_thousand_passwords_and_asks_for_fifty_links_shuts_nobody_out(
    representative: Member,
) -> None:
    device = known("192.0.2.1")
    strangers = [at(f"198.51.100.{n}") for n in range(20)]
    for number in range(1_000):
        try_(strangers[number % 20])
    for number in range(50):
        ask(strangers[number % 20])

    assert len(mail.outbox) == 10
    for browser in (device, at("192.0.2.1"), at("203.0.113.7")):
        try_(browser, PASSWORD)
        assert is_in(browser)


def test_a_stranger_in_her_own_network_does_not_shut_out_her_device(representative: Member) -> None:
    device = known("192.0.2.1")
    stranger = at("192.0.2.1")
    for _ in range(10):
        try_(stranger)

    refused = try_(at("192.0.2.1"), PASSWORD).content.decode()
    assert f"{WRONG_TOO_OFTEN} {STILL_OPEN}" in refused
    assert f'value="{OMAR}"' in refused
    try_(device, PASSWORD)
    assert is_in(device)


def test_ten_wrong_tries_in_five_minutes_from_an_address(representative: Member) -> None:
    browser = at("198.51.100.1")
    said = [WRONG_TOO_OFTEN in try_(browser).content.decode() for _ in range(11)]

    assert said == [False] * 10 + [True]
    try_(browser, PASSWORD)
    assert not is_in(browser)


def test_ten_wrong_tries_in_five_minutes_from_a_known_device(representative: Member) -> None:
    device = known("192.0.2.1")
    said = [WRONG_TOO_OFTEN in try_(device).content.decode() for _ in range(11)]

    assert said == [False] * 10 + [True]
    assert STILL_OPEN not in try_(device).content.decode()
    assert try_(at("192.0.2.1"), PASSWORD).status_code == 302  # the address has used up nothing


def test_right_ones_use_up_nothing(representative: Member) -> None:
    browser = at("192.0.2.1")
    for _ in range(12):
        assert try_(browser, PASSWORD).status_code == 302
        browser.post("/konto/logout/")
        browser.cookies.pop(devices.COOKIE)


def test_whatever_way_the_address_is_written_it_is_one_account(db: None) -> None:
    MemberFactory(email="omar@förlaga.se")
    ways = [
        "omar@förlaga.se",
        " OMAR@förlaga.se ",
        "Omar@FÖRLAGA.se",
        "omar@xn--frlaga-wxa.se",
        "omar@fo\u0308rlaga.se",
    ]
    browser = at("198.51.100.1")
    for number in range(10):
        try_(browser, login=ways[number % len(ways)])

    assert all(WRONG_TOO_OFTEN in try_(browser, login=way).content.decode() for way in ways)


def test_all_addresses_of_one_ipv6_network_are_one(representative: Member) -> None:
    for number in range(10):
        try_(at(f"2001:db8:1:2::{number:x}"))

    assert WRONG_TOO_OFTEN in try_(at("2001:db8:1:2:ffff::1")).content.decode()
    assert try_(at("2001:db8:1:3::1"), PASSWORD).status_code == 302


def test_an_ipv4_address_told_as_ipv6_is_itself(representative: Member) -> None:
    for _ in range(10):
        try_(at("::ffff:198.51.100.1"))

    assert WRONG_TOO_OFTEN in try_(at("198.51.100.1")).content.decode()
    assert try_(at("::ffff:198.51.100.2"), PASSWORD).status_code == 302


def test_without_a_proxy_nobody_tells_another_address_than_his_own(representative: Member) -> None:
    browser = at("198.51.100.1")
    for number in range(10):
        try_(browser, headers={"x-forwarded-for": f"203.0.113.{number}"})

    assert WRONG_TOO_OFTEN in try_(browser, headers={"x-forwarded-for": "203.0.113.99"}).content.decode()


def test_behind_a_proxy_what_it_adds_counts_and_not_what_was_sent(
    representative: Member, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = at("10.0.0.1")
    for number in range(10):
        try_(proxy, headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.1"})

    late = try_(proxy, headers={"x-forwarded-for": "203.0.113.99, 198.51.100.1"})
    assert WRONG_TOO_OFTEN in late.content.decode()
    assert try_(proxy, PASSWORD, headers={"x-forwarded-for": "198.51.100.1, 203.0.113.7"}).status_code == 302


def test_a_hundred_wrong_tries_in_a_minute_close_an_address_to_new_devices_alone(representative: Member) -> None:
    device = known("192.0.2.1")
    stranger = at("192.0.2.1")
    for number in range(100):
        try_(stranger, login=f"nummer{number}@exempel.se")

    assert f"{CROWDED} {STILL_OPEN}" in try_(stranger, PASSWORD).content.decode()
    try_(device, PASSWORD)
    assert is_in(device)
    assert try_(at("203.0.113.7"), PASSWORD).status_code == 302


def test_a_municipality_behind_one_address_signs_in_at_eight(representative: Member) -> None:
    request = posted_from("192.0.2.1")
    for _ in range(600):
        limits._count(request, None, (limits.TRIED_FROM_ADDRESS, "192.0.2.1"))

    with pytest.raises(LimitReached) as reached:
        limits.count_password(request, OMAR)
    assert reached.value.limit == limits.TRIED_FROM_ADDRESS


def test_what_the_network_has_reached_uses_up_nothing_of_hers(representative: Member) -> None:
    request = posted_from("192.0.2.1")
    for number in range(100):
        limits.count_password(request, f"nummer{number}@exempel.se")
    for _ in range(20):
        with pytest.raises(LimitReached):
            limits.count_password(request, OMAR)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE cache_key LIKE '%wrong_from_address%'")
    assert limits.count_password(request, OMAR).counted


def test_a_counter_empties_with_time_and_does_not_say_whom_it_counts(db: None) -> None:
    request = posted_from("198.51.100.1")
    for _ in range(10):
        limits.count_password(request, OMAR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert not [key for (key,) in cursor.fetchall() if "omar" in key or "198.51" in key]
        cursor.execute("UPDATE cache SET expires = expires - interval '29 seconds'")
    with pytest.raises(LimitReached):
        limits.count_password(request, OMAR)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = expires - interval '1 second'")
    limits.count_password(request, OMAR)
    with pytest.raises(LimitReached):
        limits.count_password(request, OMAR)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_both_counted() -> None:
    MemberFactory(email=OMAR)
    browsers = [at("198.51.100.1") for _ in range(4)]

    at_once(*(lambda browser=browser: [try_(browser) for _ in range(3)] for browser in browsers))

    assert WRONG_TOO_OFTEN in try_(at("198.51.100.1"), PASSWORD).content.decode()


def test_a_counter_is_never_culled_before_its_time(representative: Member) -> None:
    most = 10_000
    for _ in range(10):
        try_(at("198.51.100.1"))
    row = "INSERT INTO cache SELECT prefix || n, '', %s FROM generate_series(1, %s) AS n, (SELECT %s AS prefix) AS p"
    with connection.cursor() as cursor:
        cursor.execute(row, [timezone.now() + timedelta(hours=1), most + 1, "zzz"])
        cursor.execute(row, [timezone.now() - timedelta(hours=1), most, "gone"])

    assert WRONG_TOO_OFTEN in try_(at("198.51.100.1")).content.decode()
    cache.set("more", "than there is room for")
    assert WRONG_TOO_OFTEN in try_(at("198.51.100.1")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FILTER (WHERE cache_key LIKE 'zzz%'), count(*) FROM cache")
        kept, all_left = cursor.fetchone()
    assert (kept, all_left > 2 * most) == (most + 1, True)
    try_(at("203.0.113.7"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] < most + 20  # with a new counter what had expired is gone


def test_a_new_counter_takes_away_what_has_expired(db: None) -> None:
    for number in range(5):
        try_(at(f"198.51.100.{number}"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = now() - interval '1 hour'")
        try_(at("203.0.113.7"))
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (3,)
