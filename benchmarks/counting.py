"""How many statements a page sends, told in a header of the answer to whoever asks for it by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASKED, TOLD = "X-Count-Statements", "X-Statements"
NOT_THE_PAGES = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent in the block, but savepoints and the session; BEGIN and COMMIT never come here."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(NOT_THE_PAGES) and "django_session" not in sql:
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


class CountMiddleware:
    """Costs nothing where nobody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if ASKED not in request.headers:
            return self.get_response(request)
        with counted() as sent:
            response = self.get_response(request)
        response[TOLD] = str(len(sent))
        return response
