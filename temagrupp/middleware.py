from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from pghistory.middleware import HistoryMiddleware as PlainHistoryMiddleware

from base.logs.requests import route_of
from base.records import reading_restricted
from temagrupp.home.errors import too_large


class HistoryMiddleware(PlainHistoryMiddleware):  # type: ignore[misc]
    """Tells the trigger history who acted and on which kind of address.

    The address is kept as its pattern and number, never as typed: an address may carry a one-time key.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        route, numbers = route_of(request)
        return {"user": request.user.pk, "route": route, **numbers}


class ShownAfreshMiddleware:
    """Forbids browsers to show a stored page, so that nothing is left after sign-out: computers are shared.

    Until then the browser may keep what stands in an open form, for the back button is how a text is saved when a
    form could not be received. The static files are sent before this and are kept for long.

    Where a restricted row was read on the way to the answer, nothing of it is stored at all, by nobody, be it a page,
    a list or a document: the back button asks anew, and what was typed waits in the tab (ADR 7).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        may_sign_out = request.method == "POST" and request.user.is_authenticated
        with reading_restricted() as reading:
            response = self.get_response(request)
        patch_cache_control(response, private=True, no_cache=True)
        if reading.found:
            patch_cache_control(response, no_store=True)
        if may_sign_out and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
        return response


class NoBlankPageMiddleware:
    """Answers a GET of an address that only takes forms with a page; Django's own answer is empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        response.content = render_to_string("405.html", request=request)  # the same answer: it is logged once
        return response


class HostMiddleware:
    """Turns away what is not meant for us, by the name or by the port: the links that we mail are made of them.

    Django looks at the name alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        domain, port = split_domain_port(request.get_host())
        usual = {"", "443" if request.is_secure() else "80"}
        allowed = (host for host, other in settings.ALLOWED_PORTS if other in {port, "*"})
        if port not in usual and not validate_host(domain, allowed):
            raise DisallowedHost("A port that is not ours")
        return self.get_response(request)


class NotTooLargeMiddleware:
    """Turns away what is longer than anything that is sent here, before it is looked at.

    By then the server has read it to its end, and kept nothing of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        is_too_large = length.isdecimal() and (len(length) > 12 or int(length) > settings.MOST_BYTES_SENT)
        return too_large() if is_too_large else self.get_response(request)
