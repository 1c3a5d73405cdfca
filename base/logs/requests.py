"""The request that is being answered, as the log tells of it: its number, who asks, how, and by which route."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import LazyObject, empty
from django.utils.module_loading import import_string

REQUEST_ID = "temagrupp.request_id"
"""Where the number stands in `request.META`; no header of the visitor's can be called so."""
TOLD = "temagrupp.told"
"""And the words of the security log that its refusals have been told by."""
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Read aloud on the phone, none of them is taken for another."""
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}

_asked: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)


class RequestIdMiddleware:
    """Gives each request a number, which stands on its lines of the log, in the answer and on the page of a fault.

    It is always ours, however one comes in, for somebody is to read it aloud. It stands first of all, so that whatever
    is refused has one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META[REQUEST_ID] = _new_id()
        with answering(request):
            response = self.get_response(request)
        response["X-Request-ID"] = request.META[REQUEST_ID]
        return response


@contextmanager
def answering(request: HttpRequest | None) -> Iterator[None]:
    """While it lasts, what is logged in this thread belongs to the request."""
    token = _asked.set(request)
    try:
        yield
    finally:
        _asked.reset(token)


def note_told(word: str) -> None:
    """Keep that the refusal of the request that is being answered has been told."""
    if request := _asked.get():
        request.META.setdefault(TOLD, set()).add(word)


def was_told(request: HttpRequest | None, word: str) -> bool:
    """Whether the register itself has told of the refusal, and knows more of it than who sees the answer."""
    return request is not None and word in request.META.get(TOLD, set())


def id_of(request: HttpRequest) -> str:
    """The number of the request, or nothing before it has one."""
    return str(request.META.get(REQUEST_ID, ""))


def asked() -> dict[str, Any]:
    """What the log tells of the request that is being answered; empty outside of one."""
    request = _asked.get()
    if not request:
        return {}
    route, numbers = route_of(request)
    method = request.method if request.method in METHODS else "other"
    return {"request": id_of(request), "member": _member(request), "method": method, "route": route, **numbers}


def route_of(request: HttpRequest) -> tuple[str | None, dict[str, int]]:
    """The route as its pattern, with the numbers in it; None where there is none.

    Never the address as typed: an address may carry a one-time key.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None, {}
    return match.route, {name: value for name, value in match.kwargs.items() if isinstance(value, int)}


def address_asked_from() -> str | None:
    """The address of who asks, as the limits count it. allauth is not imported: logging is set up before it may be."""
    request = _asked.get()
    try:
        return str(import_string(settings.ACCOUNT_ADAPTER)().get_client_ip(request)) if request else None
    except (PermissionDenied, ImproperlyConfigured):  # a proxy that does not say, or says less than it is trusted with
        return None


def _new_id() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(10))


def _member(request: HttpRequest) -> int | None:
    """The key of who is signed in, where that has been read: to log asks the database nothing."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject) and vars(user).get("_wrapped") is empty:
        return None
    return getattr(user, "pk", None)
