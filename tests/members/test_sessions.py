"""Where a session begins and ends."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from members.models import Member
from tests.factories import PASSWORD
from tests.members.changing import ANOTHER, SAYS, change
from tests.pages import Response
from tests.people import signed_in

pytestmark = pytest.mark.usefixtures("told_after_commit")


def test_her_sessions_end_with_her_address_wherever_they_are(as_coordinator: Client, representative: Member) -> None:
    browsers = [signed_in(representative) for _ in range(2)]
    change(as_coordinator, representative, email=ANOTHER, **SAYS)

    assert [browser.get("/").status_code for browser in browsers] == [302, 302]


def test_who_changes_her_own_address_stays_where_she_is(coordinator: Member) -> None:
    here, elsewhere = signed_in(coordinator), signed_in(coordinator)
    key = here.session.session_key
    response = change(here, coordinator, email="maja.ny@exempel.se", **SAYS)

    assert here.get(response["Location"]).status_code == 200
    assert here.session.session_key != key
    assert "device" in here.cookies
    assert elsewhere.get("/").status_code == 302


def test_sessions_end_elsewhere_with_a_changed_password(coordinator: Member) -> None:
    here, elsewhere = signed_in(coordinator), signed_in(coordinator)
    new = "tolv blå kaniner"
    here.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


def test_signing_in_makes_a_new_session_and_a_new_token(client: Client, representative: Member) -> None:
    page = Client(enforce_csrf_checks=True)
    token = _token(page.get("/konto/login/"))
    session = page.session
    session["kept"] = True
    session.save()
    page.cookies["sessionid"] = str(session.session_key)
    secret = page.cookies["csrftoken"].value
    typed = {"login": representative.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    page.post("/konto/login/", typed)

    assert page.session["_auth_user_id"] == str(representative.pk)
    assert page.session.session_key != session.session_key
    assert page.cookies["csrftoken"].value != secret


def _token(response: Response) -> str:
    return str(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[0])


@pytest.mark.parametrize(
    "to",
    ["https://elak.example/", "//elak.example/", "/\\elak.example/", "https:///elak.example", "javascript:alert(1)"],
)
def test_nobody_is_led_away_after_the_sign_in(client: Client, representative: Member, to: str) -> None:
    typed = {"login": representative.email, "password": PASSWORD}

    assert client.post("/konto/login/", typed, query_params={"next": to})["Location"] == "/"
    assert client.post("/konto/logout/", {"next": to})["Location"] == "/"
