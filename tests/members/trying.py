"""What is done at the sign-in, from one address or another."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory

from tests.factories import PASSWORD
from tests.pages import Response

OMAR = "omar@exempel.se"
NEW = "tolv blå kaniner"


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
