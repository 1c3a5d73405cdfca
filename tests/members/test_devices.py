"""Known devices: whose a browser is, for how long, and that none is forged."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from members import devices
from members.models import Member
from members.sign_in import STILL_OPEN, WRONG_TOO_OFTEN
from tests.factories import PASSWORD, MemberFactory
from tests.members.trying import NEW, OMAR, at, is_in, known, try_

pytestmark = pytest.mark.usefixtures("nothing_counted")


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
    assert STILL_OPEN not in said[-1]  # it is here that she has signed in before
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
