"""How often one may try, and that nobody can use up another's tries: real requests from many addresses."""

from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.core import mail, signing
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import devices, limits
from members.limits import LimitReached
from members.models import Member
from members.reset_links import ResetLinkTokens
from members.sign_in import CROWDED, STILL_OPEN, WRONG_TOO_OFTEN, AccountAdapter
from tests.at_once import at_once
from tests.factories import PASSWORD, MemberFactory
from tests.pages import Response

OMAR = "omar@exempel.se"
NEW = "tolv blå kaniner"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the counters' clock stands: however slow the machine, none of them empties meanwhile."""
    cache.clear()
    stands = timezone.now()
    monkeypatch.setattr("base.postgresql.cache.now", lambda: stands)


def at(address: str) -> Client:
    """A browser behind that address, where nobody has signed in yet."""
    return Client(REMOTE_ADDR=address)


def posted_from(address: str) -> WSGIRequest:
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    return request


def try_(browser: Client, password: str = "fel", login: str = OMAR, **more: Any) -> Response:
    response: Response = browser.post("/konto/login/", {"login": login, "password": password}, **more)
    return response


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def ask(browser: Client, email: str = OMAR) -> Response:
    response: Response = browser.post("/konto/password/reset/", {"email": email}, follow=True)
    return response


def links() -> list[str]:
    return [re.findall(r"http://testserver(\S+)", str(letter.body))[0] for letter in mail.outbox]


def known(address: str, login: str = OMAR) -> Client:
    """A browser where she has signed in, and out again."""
    browser = at(address)
    assert try_(browser, PASSWORD, login).status_code == 302
    browser.post("/konto/logout/")
    assert not is_in(browser)
    return browser


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


def test_the_link_of_a_stranger_lets_the_owner_in_when_no_more_are_sent(representative: Member) -> None:
    for number in range(50):
        ask(at(f"198.51.100.{number % 20}"))
    sent = len(mail.outbox)

    hers = at("203.0.113.7")
    ask(hers)
    assert len(mail.outbox) == sent
    form = hers.get(links()[0], follow=True)
    hers.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert is_in(hers)
    hers.post("/konto/logout/")
    ask(hers)  # the device is known now
    assert len(mail.outbox) == sent + 2  # that the password is new, and the link


def test_the_link_of_a_stranger_outlasts_that_the_owner_signs_in_and_lets_her_in_at_a_new_device(
    representative: Member,
) -> None:
    for number in range(50):
        ask(at(f"198.51.100.{number % 20}"))
    known("192.0.2.1")
    sent = links()

    hers = at("203.0.113.7")
    ask(hers)
    assert links() == sent
    form = hers.get(sent[-1], follow=True)
    hers.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert is_in(hers)


@pytest.mark.parametrize("changed", [{"password": "x"}, {"email": "omar.ny@exempel.se"}, {"is_active": False}], ids=str)
def test_a_link_is_void_when_the_password_or_the_address_is_changed_or_the_account_closed(
    representative: Member, changed: dict[str, Any]
) -> None:
    ask(at("203.0.113.7"))
    assert "Välj ett lösenord" in at("203.0.113.7").get(links()[0], follow=True).content.decode()

    Member.objects.filter(pk=representative.pk).update(**changed)

    assert "Länken gäller inte längre" in at("203.0.113.7").get(links()[0], follow=True).content.decode()


@pytest.mark.parametrize(("hours", "is_open"), [(71, True), (73, False)])
def test_a_link_is_valid_for_three_days(
    representative: Member, monkeypatch: pytest.MonkeyPatch, hours: int, is_open: bool
) -> None:
    ask(at("203.0.113.7"))
    later = datetime.now() + timedelta(hours=hours)
    monkeypatch.setattr(ResetLinkTokens, "_now", lambda tokens: later)

    page = at("203.0.113.7").get(links()[0], follow=True).content.decode()

    assert ("Välj ett lösenord" in page) == is_open


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


def test_a_counter_is_never_culled_before_its_time(representative: Member, settings: LazySettings) -> None:
    most = 10_000
    assert settings.CACHES["default"]["OPTIONS"] == {"MAX_ENTRIES": most}
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
    assert kept == most + 1
    assert all_left < most + 20  # what had expired is gone


def test_a_new_counter_takes_away_what_has_expired(db: None) -> None:
    for number in range(5):
        try_(at(f"198.51.100.{number}"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = now() - interval '1 hour'")
        try_(at("203.0.113.7"))
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (3,)


# Links


def test_five_links_an_hour_from_an_address_and_the_answer_is_the_same(representative: Member) -> None:
    browser = at("198.51.100.1")
    answers = {ask(browser).content for _ in range(7)} | {ask(browser, "ingen@exempel.se").content}

    assert len(mail.outbox) == 5
    assert len(answers) == 1


def test_ten_links_a_day_to_an_account_and_five_an_hour_more_for_a_known_device(representative: Member) -> None:
    device = known("192.0.2.1")
    for number in range(20):
        ask(at(f"198.51.100.{number}"))
    assert len(mail.outbox) == 10

    for _ in range(7):
        ask(device)
    assert len(mail.outbox) == 15


def test_a_hundred_links_a_minute_from_an_address_are_told_by_name_of_none(representative: Member) -> None:
    browser = at("198.51.100.1")
    for number in range(100):
        browser.post("/konto/password/reset/", {"email": f"nummer{number}@exempel.se"})

    said = [ask(browser, email).content.decode() for email in (OMAR, "ingen@exempel.se")]
    assert [CROWDED in page for page in said] == [True, True]
    assert f'value="{OMAR}"' in said[0]
    assert mail.outbox == []


def test_the_answer_waits_for_no_mail_server(representative: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    sent_by, send_messages = [], EmailBackend.send_messages

    def note(backend: EmailBackend, letters: Any) -> int:
        thread = threading.current_thread()
        sent_by.append((thread is threading.main_thread(), thread.daemon))
        return send_messages(backend, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", note)
    Client().post("/konto/password/reset/", {"email": OMAR})

    assert (sent_by, len(mail.outbox)) == ([(False, False)], 1)


@pytest.mark.parametrize("email", ["ingen@exempel.se", "borta@exempel.se", "ingen@åmål.se"])
def test_one_who_is_nobody_costs_as_many_statements_and_mails_made(representative: Member, email: str) -> None:
    MemberFactory(email="borta@exempel.se", is_active=False)
    browser = at("198.51.100.1")

    def work(email: str) -> tuple[int, int]:
        made: list[str] = []

        def note(adapter: AccountAdapter, subject: str) -> str:
            made.append(subject)
            return subject

        with CaptureQueriesContext(connection) as told, pytest.MonkeyPatch.context() as patch:
            patch.setattr(AccountAdapter, "format_email_subject", note)
            browser.post("/konto/password/reset/", {"email": email})
        return len(told), len(made)

    work(OMAR), work(email)
    assert work(OMAR) == work(email)
    assert {letter.to[0] for letter in mail.outbox} == {OMAR}


def test_as_many_statements_before_the_answer_for_one_who_is_nobody(representative: Member) -> None:
    def statements(email: str) -> int:
        with CaptureQueriesContext(connection) as told:
            limits.count_link(posted_from("192.0.2.1"), email)
        return len(told)

    statements(OMAR), statements("ingen@exempel.se")
    assert statements(OMAR) == statements("ingen@exempel.se")


def test_three_hundred_broken_links_a_minute_and_a_valid_one_opens_all_the_same(
    representative: Member, caplog: pytest.LogCaptureFixture
) -> None:
    browser = at("198.51.100.1")
    ask(browser)
    for _ in range(299):
        limits.count_broken_link(posted_from("198.51.100.1"))
    met = [browser.post("/konto/password/reset/key/1-trasig/").status_code for _ in range(2)]

    assert met == [200, 429]
    told = [record.getMessage() for record in caplog.records if record.name.startswith("temagrupp")]
    assert told == ["limit_reached"]  # by the limit, and not once more by its answer
    assert "Välj ett lösenord" in browser.get(links()[0], follow=True).content.decode()


# Known devices


def test_the_cookie_lasts_a_year_and_no_script_reads_it(representative: Member) -> None:
    browser = at("192.0.2.1")
    try_(browser, PASSWORD)
    told = browser.cookies[devices.COOKIE]

    assert (told["max-age"], told["httponly"], told["samesite"], told["path"]) == (31_536_000, True, "Lax", "/")
    assert OMAR not in told.value


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "é", "x" * 4_000])
def test_a_cookie_that_is_forged_is_a_stranger(representative: Member, value: str) -> None:
    for number in range(11):
        browser = at("198.51.100.1")
        browser.cookies[devices.COOKIE] = f"{value}{number}"
        said = try_(browser).content.decode()

    assert WRONG_TOO_OFTEN in said


@pytest.mark.parametrize("told", [None, 1, {"1": "x"}, ["abc"], [1], [[1, "x"]], [[1, "x", "y", "z"]], [[1, 2, None]]])
def test_a_cookie_signed_in_another_shape_is_a_stranger(representative: Member, told: Any) -> None:
    browser = at("192.0.2.1")
    browser.cookies[devices.COOKIE] = signing.dumps(told, salt=devices.SALT)

    assert try_(browser, PASSWORD).status_code == 302
    assert is_in(browser)


def test_a_device_in_another_shape_hides_none_beside_it(representative: Member) -> None:
    browser, request = known("192.0.2.1"), RequestFactory().get("/")
    ours = signing.loads(browser.cookies[devices.COOKIE].value, salt=devices.SALT)
    request.COOKIES[devices.COOKIE] = signing.dumps([[1, "x"], *ours], salt=devices.SALT)

    assert devices.known_device(request, representative)


@pytest.mark.parametrize("login", [OMAR, " OMAR@exempel.se", "ingen@exempel.se"])
def test_whose_address_it_is_is_asked_once(representative: Member, login: str) -> None:
    with CaptureQueriesContext(connection) as told:
        try_(at("192.0.2.1"), login=login)

    assert sum('FROM "members_member"' in query["sql"] for query in told) == 1


def test_the_device_of_another_member_is_a_stranger(representative: Member) -> None:
    MemberFactory(email="granne@exempel.se")
    other = known("198.51.100.1", "granne@exempel.se")
    for _ in range(10):
        try_(other)

    assert f"{WRONG_TOO_OFTEN} {STILL_OPEN}" in try_(other).content.decode()


def test_a_shared_computer_knows_each_who_has_signed_in_there(representative: Member) -> None:
    MemberFactory(email="granne@exempel.se")
    shared = known("192.0.2.1")
    try_(shared, PASSWORD, "granne@exempel.se")
    shared.post("/konto/logout/")
    for _ in range(10):
        try_(at("192.0.2.1"))

    assert try_(shared, PASSWORD).status_code == 302


@pytest.mark.parametrize("changed", [{"password": "x"}, {"email": "omar.ny@exempel.se"}, {"is_active": False}])
def test_a_device_is_known_no_longer_when_her_sessions_have_ended(
    representative: Member, changed: dict[str, Any]
) -> None:
    device = known("192.0.2.1")
    request = RequestFactory().get("/")
    request.COOKIES[devices.COOKIE] = device.cookies[devices.COOKIE].value
    assert devices.known_device(request, representative)

    for name, value in changed.items():
        setattr(representative, name, value)

    assert devices.known_device(request, representative) == ""


def test_the_browser_where_she_changes_her_password_stays_known(representative: Member) -> None:
    browser = at("192.0.2.1")
    try_(browser, PASSWORD)
    browser.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    browser.post("/konto/logout/")
    for _ in range(10):
        try_(at("192.0.2.1"))

    assert try_(browser, NEW).status_code == 302


def test_the_old_password_is_not_guessed_in_a_browser_left_open(representative: Member) -> None:
    browser = at("192.0.2.1")
    try_(browser, PASSWORD)
    typed = {"oldpassword": "fel", "password1": NEW, "password2": NEW}
    said = [browser.post("/konto/password/change/", typed).content.decode() for _ in range(11)]

    assert [WRONG_TOO_OFTEN in page for page in said] == [False] * 10 + [True]
    assert (
        WRONG_TOO_OFTEN in browser.post("/konto/password/change/", typed | {"oldpassword": PASSWORD}).content.decode()
    )


def test_what_was_written_before_the_sign_in_is_kept_through_a_refusal(representative: Member) -> None:
    browser = at("198.51.100.1")
    page = browser.post("/rapportera/", {"text": "Lampan är släckt."}).content.decode()
    assert "Lampan är släckt." in page
    unsent = '{"path": "/rapportera/", "page": "/", "writer": "", "fields": [["text", "Lampan är släckt."]]}'
    for _ in range(11):
        page = browser.post("/konto/login/", {"login": OMAR, "password": "fel", "unsent": unsent}).content.decode()

    assert WRONG_TOO_OFTEN in page
    assert "Lampan är släckt." in page
    assert "det du skrev finns kvar" in page
