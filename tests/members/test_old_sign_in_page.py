"""The sign-in's own forms, sent from a tab that lay open while somebody signed in or out in another."""

import json
import re
from html import unescape

import pytest
from django.core import mail
from django.test import Client

from base.logs.security import SecurityEvent
from members.models import Member
from tests.factories import PASSWORD
from tests.pages import Response
from tests.the import the

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver"}
LOGIN = "/konto/login/"
TO_MEETINGS = f"{LOGIN}?next=/moten/"


def token(page: Response) -> str:
    return the(re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode()))[1]


def sent(client: Client, address: str, old: str, **typed: str) -> Response:
    return client.post(address, typed | {"csrfmiddlewaretoken": old}, headers=OURS)


def signs_in_elsewhere(browser: Client, member: Member) -> None:
    """In another tab: the browser gets a new session, and a new secret for its forms."""
    browser.force_login(member)
    browser.cookies["csrftoken"] = "b" * 32


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def old(browser: Client) -> str:
    """The token of a tab with the sign-in page, which lies open from before whatever is done in the browser."""
    return token(browser.get(LOGIN))


def test_signing_out_in_an_old_tab_signs_out(browser: Client, old: str, representative: Member) -> None:
    signs_in_elsewhere(browser, representative)

    response = sent(browser, "/konto/logout/", old)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert "_auth_user_id" not in browser.session


def test_another_site_signs_nobody_out(browser: Client, old: str, representative: Member) -> None:
    signs_in_elsewhere(browser, representative)

    for headers in ({"origin": "https://elak.example"}, {"origin": "null"}, {}):
        response = browser.post("/konto/logout/", {"csrfmiddlewaretoken": old}, headers=headers)
        assert (response.status_code, "_auth_user_id" in browser.session) == (403, True)


@pytest.mark.parametrize("typed", ["omar@exempel.se", " OMAR@exempel.se.", ""])
def test_one_who_is_signed_in_already_is_led_on(browser: Client, old: str, representative: Member, typed: str) -> None:
    signs_in_elsewhere(browser, representative)

    response = sent(browser, TO_MEETINGS, old, login=typed, password=PASSWORD)

    assert response["Location"] == "/moten/"
    assert "Du är redan inloggad, som Omar Prov." in browser.get("/moten/").content.decode()


@pytest.mark.parametrize("to", ["https://elak.example/", "//elak.example/", "javascript:alert(1)"])
def test_one_who_is_signed_in_already_is_not_led_away(
    browser: Client, old: str, representative: Member, to: str
) -> None:
    signs_in_elsewhere(browser, representative)

    for login in ("omar@exempel.se", "annan@exempel.se"):
        response = sent(browser, LOGIN, old, login=login, password=PASSWORD, next=to)
        assert response.headers.get("Location", "/") == "/"
        assert f'href="{to}"' not in response.content.decode()


def test_another_who_signs_in_where_one_is_signed_in_is_told_who_it_is(
    browser: Client, old: str, representative: Member, deputy: Member
) -> None:
    signs_in_elsewhere(browser, representative)

    response = sent(browser, TO_MEETINGS, old, login=deputy.email, password=PASSWORD)

    page = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "<h1>Omar Prov är redan inloggad</h1>" in page
    assert f"Du skrev {deputy.email}" in page
    assert '<a class="button" href="/moten/">Fortsätt som Omar Prov</a>' in page
    assert PASSWORD not in page
    assert browser.session["_auth_user_id"] == str(representative.pk)
    again = sent(browser, "/konto/logout/", token(response), next=TO_MEETINGS)
    assert again["Location"] == TO_MEETINGS


def test_a_page_that_is_not_old_tells_another_who_is_signed_in_too(as_representative: Client, deputy: Member) -> None:
    page = as_representative.post(LOGIN, {"login": deputy.email, "password": PASSWORD}).content.decode()

    assert "Omar Prov är redan inloggad" in page


def test_a_link_to_a_new_password_asked_for_in_an_old_tab_is_answered_with_who_is_signed_in(
    browser: Client, old: str, representative: Member
) -> None:
    signs_in_elsewhere(browser, representative)

    page = sent(browser, "/konto/password/reset/", old, email="omar@exempel.se").content.decode()

    assert "Omar Prov är redan inloggad" in page
    assert "Använd texten" not in page
    assert 'href="/konto/password/change/"' in page
    assert mail.outbox == []


@pytest.mark.parametrize(("who", "asked"), [("omar@exempel.se", "inte skickat än"), ("annan@exempel.se", "Skrev du")])
def test_what_was_written_before_the_sign_in_is_kept_from_an_old_tab(
    browser: Client, old: str, representative: Member, who: str, asked: str
) -> None:
    writer = str(representative.pk) if who == representative.email else ""
    fields = [["text", "Lampan är släckt."]]
    unsent = json.dumps({"path": "/rapportera/", "page": "/rapportera/", "writer": writer, "fields": fields})
    signs_in_elsewhere(browser, representative)

    sent(browser, LOGIN, old, login=who, password=PASSWORD, unsent=unsent)

    assert asked in browser.get("/").content.decode()


def test_what_was_written_before_the_sign_in_is_told_with_its_words_and_its_page(
    browser: Client, old: str, representative: Member
) -> None:
    fields = [["text", "Lampan är släckt."]]
    unsent = {"path": "/rapportera/", "page": "/rapportera/", "writer": str(representative.pk), "fields": fields}
    signs_in_elsewhere(browser, representative)

    sent(browser, LOGIN, old, login="omar@exempel.se", password=PASSWORD, unsent=json.dumps(unsent))

    told = "innan du loggade in är inte skickat än: ”Lampan är släckt.”"
    assert (
        f'<p>Det du skrev på <a href="/rapportera/">sidan du kom från</a> {told}' in browser.get("/").content.decode()
    )
    assert f"<p>Det du skrev på den här sidan {told}" in browser.get("/rapportera/").content.decode()


def test_a_sign_in_from_an_old_tab_where_nobody_is_signed_in_is_done_by_the_password_alone(
    browser: Client, old: str, representative: Member
) -> None:
    unsent = json.dumps({"path": "/rapportera/", "page": "/", "writer": "", "fields": [["text", "Lampan är släckt."]]})
    signs_in_elsewhere(browser, representative)
    browser.logout()
    browser.cookies["csrftoken"] = "b" * 32

    response = sent(browser, TO_MEETINGS, old, login="omar@exempel.se", password=PASSWORD, unsent=unsent)

    page = response.content.decode()
    assert response.status_code == 403
    assert "Skriv lösenordet en gång till" in page
    assert 'value="omar@exempel.se"' in page
    assert PASSWORD not in page
    kept = unescape(the(re.search(r'name="unsent" value="([^"]*)"', page))[1])
    action = unescape(the(re.search(r'method="post" action="([^"]*)"', page))[1])
    again = sent(browser, action, token(response), login="omar@exempel.se", password=PASSWORD, unsent=kept)
    assert again["Location"] == "/moten/"
    assert "Skrev du den?" in browser.get("/").content.decode()


def test_the_log_tells_of_a_sign_out_and_no_refusal(
    browser: Client, old: str, representative: Member, caplog: pytest.LogCaptureFixture
) -> None:
    signs_in_elsewhere(browser, representative)

    sent(browser, "/konto/logout/", old)

    assert SecurityEvent.CSRF_FAILED not in caplog.text
