"""What somebody meets at an address, so told that the same in two registers is equal: but for keys made at random."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import urlencode

from django.db import connection, transaction
from django.template import Template
from django.test import TestCase

from tests.base.documents.reading import words_of
from tests.pages import Response
from tests.restricted.mailing import mails_of
from tests.restricted.telling import Register

RANDOM = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+'
    r'|(?<="när": ")[^"]+'  # by the clock of the database, which goes on while the tests' stands still
    r'|(?<=name="shown" value=")\d{4}-\d\d-\d\dT[^"]+'  # when the page was shown
    r'|(?<=name="lank-link" value=")[0-9a-f]{12}'  # of a link, which is drawn by lot
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
)
ANEW_EACH_TIME = {"Set-Cookie", "X-Request-ID", "Expires"}
FORM = "application/x-www-form-urlencoded"
MAIL = "MAIL"


class Asked(NamedTuple):
    """Who asks what: a page, a form that is sent with the fields, or by MAIL for what comes to an address of hers."""

    role: str
    address: str
    method: str = "GET"
    fields: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        sent = f" {urlencode(self.fields)}" if self.fields else ""
        return f"{self.role} {self.method} {self.address}{sent}"


@dataclass(frozen=True)
class Answer:
    """`words` are those of the page or the document, and of the one that it leads on to."""

    status: int
    headers: dict[str, str]
    words: str
    statements: int = field(compare=False)


@dataclass
class Visitor:
    """Asks one register, as any of its people, and keeps what was answered. Whatever that changed is taken back."""

    register: Register
    had: dict[Asked, Answer] = field(default_factory=dict)

    def ask(self, asked: Asked) -> Answer:
        if asked not in self.had:
            self.had[asked] = self._mailed(asked.address) if asked.method == MAIL else self._visit(asked)
        return self.had[asked]

    @cached_property
    def mails(self) -> dict[str, list[str]]:
        return mails_of(self.register)

    def _mailed(self, address: str) -> Answer:
        return Answer(200, {}, "\n\n".join(self.mails.get(address, [])), statements=0)

    def _visit(self, asked: Asked) -> Answer:
        client, count = self.register.client(asked.role), Count()
        with transaction.atomic():
            with TestCase.captureOnCommitCallbacks(execute=True), connection.execute_wrapper(count):
                response: Response = client.generic(asked.method, asked.address, urlencode(asked.fields), FORM)
            words = _told(response)
            if asked.method == "POST" and response.status_code == 302:
                words += _told(client.get(response["Location"]))
            transaction.set_rollback(True)
        headers = {name: RANDOM.sub("*", value) for name, value in response.headers.items()}
        told = {name: value for name, value in headers.items() if name not in ANEW_EACH_TIME}
        return Answer(response.status_code, told, words, count.number)


def _told(response: Response) -> str:
    return RANDOM.sub("*", words_of(response))


@contextmanager
def unwatched() -> Iterator[None]:
    """Templates do not tell the tests' client what they are made with: nobody asks, and each part of a page would."""
    with patch.object(Template, "_render", lambda template, context: template.nodelist.render(context)):
        yield


@dataclass
class Count:
    """Counts the statements."""

    number: int = 0

    def __call__(self, execute: Any, *statement: Any) -> Any:
        self.number += 1
        return execute(*statement)
