"""How many statements a page sends, told in a header of the answer to whoever asks for it by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASKED, TOLD = "X-Count-Statements", "X-Statements"
NOT_THE_PAGES = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class CountMiddleware:
    """Costs nothing where nobody asks. BEGIN and COMMIT never come here; savepoints and the session are left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if ASKED not in request.headers:
            return self.get_response(request)
        counted = [0]

        def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            counted[0] += not sql.startswith(NOT_THE_PAGES) and "django_session" not in sql
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[TOLD] = str(counted[0])
        return response
