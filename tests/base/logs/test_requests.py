"""What is logged of a request: one line for a refusal, one trace for a fault, and never the address as it was typed."""

import io
import logging
import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.log import AdminEmailHandler
from django.views.decorators.http import require_POST
from pytest_django import Settings

from base.logs.requests import RequestIdMiddleware, asked, id_of
from base.logs.security import SecurityEvent, refused
from members.models import Member
from temagrupp import urls
from tests.base.logs.conftest import Lines

pytestmark = pytest.mark.django_db

TYPED = "anna-andersson-19121212"


def breaks(request: HttpRequest, key: str) -> HttpResponse:
    raise RuntimeError(f"{key} {request.POST.get('text')}")


def raising(error: Exception) -> Callable[..., HttpResponse]:
    def view(*args: object, **parts: object) -> HttpResponse:
        raise error

    return view


def answering(response: HttpResponse) -> Callable[..., HttpResponse]:
    return lambda request, **parts: response


ANSWERS = {
    "forbidden": raising(PermissionDenied(TYPED)),
    "answered": answering(HttpResponseForbidden()),
    "bad": raising(BadRequest(TYPED)),
    "suspicious": raising(SuspiciousOperation(TYPED)),
    "too-many": raising(TooManyFieldsSent(TYPED)),
    "button": require_POST(answering(HttpResponse())),
    "limited": answering(HttpResponse(status=429)),
    "large": answering(HttpResponse(status=413)),
}
urlpatterns = [
    path("fel/<key>/", breaks),
    *(path(f"{name}/<key>/<int:pk>/", view) for name, view in ANSWERS.items()),
    *urls.urlpatterns,
]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def routes(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("forbidden", 403, {"logger": "temagrupp.security", "event": "forbidden"}),
        ("answered", 403, {"logger": "temagrupp.security", "event": "forbidden"}),
        ("bad", 400, {"logger": "temagrupp.request", "event": "refused"}),
        ("suspicious", 400, {"logger": "temagrupp.security", "event": "suspicious"}),
        ("too-many", 400, {"logger": "temagrupp.security", "event": "suspicious"}),
        ("button", 405, {"logger": "temagrupp.request", "event": "refused"}),
        ("limited", 429, {"logger": "temagrupp.security", "event": "limit_reached", "address": "127.0.0.1"}),
        ("large", 413, {"logger": "temagrupp.request", "event": "refused"}),
    ],
)
def test_a_refusal_is_one_line_with_who_and_by_which_route(
    as_reader: Client, reader: Member, stream: io.StringIO, lines: Lines, name: str, status: int, told: dict[str, str]
) -> None:
    response = as_reader.get(f"/{name}/{TYPED}/7/", {"q": TYPED})

    (line,) = lines()
    del line["time"]
    where = {"member": reader.pk, "method": "GET", "route": f"{name}/<key>/<int:pk>/", "pk": 7}
    assert line == {"level": "WARNING", "status": status, "request": response["X-Request-ID"], **where, **told}
    assert response.status_code == status
    assert TYPED not in stream.getvalue()


def test_a_session_that_another_key_has_signed_is_suspicious_and_no_fault(
    as_reader: Client, settings: Settings, lines: Lines
) -> None:
    settings.SECRET_KEY = "another key, as after a change of it, of fifty signs or more"

    response = as_reader.get("/arenden/")

    (line,) = lines()
    told = {name: line[name] for name in ("level", "logger", "event", "request", "route")}
    refusal = {"level": "WARNING", "logger": "temagrupp.security", "event": "suspicious"}
    assert told == refusal | {"request": response["X-Request-ID"], "route": "arenden/"}
    assert response.status_code == 302


def test_what_django_says_with_an_error_and_without_a_status_is_a_fault(lines: Lines) -> None:
    logging.getLogger("django.request").error("broken")

    assert [(line["event"], line["status"]) for line in lines()] == [("fault", 500)]


def test_a_refusal_that_the_register_has_told_itself_is_not_told_again(
    as_reader: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limited(request: HttpRequest, **parts: object) -> HttpResponse:
        refused(SecurityEvent.LIMIT_REACHED, about=7)
        return HttpResponse(status=429)

    monkeypatch.setattr(urlpatterns[0], "callback", limited)

    as_reader.get("/fel/x/")

    assert [(line["event"], line["about"]) for line in lines()] == [("limit_reached", 7)]


def test_a_form_too_old_is_one_line(reader: Member, lines: Lines) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)

    client.post("/rapportera/", {"text": TYPED, "csrfmiddlewaretoken": "x"})

    (line,) = lines()
    told = {name: line[name] for name in ("logger", "event", "status", "member", "route")}
    refusal = {"logger": "temagrupp.security", "event": "csrf_failed", "status": 403}
    assert told == refusal | {"member": reader.pk, "route": "rapportera/"}


@pytest.mark.parametrize(
    "address", ["/finns/inte/", f"/{TYPED}/", "/%0d%0aX/", "/\u2028/", "/konto/password/reset/key/"]
)
def test_an_address_that_leads_nowhere_is_one_line_without_it(
    as_reader: Client, stream: io.StringIO, lines: Lines, address: str
) -> None:
    assert as_reader.get(address).status_code == 404

    (line,) = lines()
    assert (line["event"], line["status"], line["route"]) == ("refused", 404, None)
    assert address.strip("/") not in stream.getvalue()


def test_a_one_time_key_in_an_address_is_not_logged(
    as_reader: Client, stream: io.StringIO, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_reader.raise_request_exception = False
    monkeypatch.setattr(SessionBase, "get", raising(RuntimeError("broken")))

    as_reader.get("/konto/password/reset/key/1a-hemlig-nyckel/")

    assert "hemlig-nyckel" not in stream.getvalue()


def test_a_fault_is_told_once_with_its_trace_and_without_what_was_sent(
    as_reader: Client, stream: io.StringIO, lines: Lines
) -> None:
    as_reader.raise_request_exception = False

    as_reader.cookies["x"] = "hemligt"
    response = as_reader.post(f"/fel/{TYPED}/", {"text": "Om Anna"})

    (line,) = lines()
    assert (line["event"], line["status"], line["route"]) == ("fault", 500, "fel/<key>/")
    assert line["trace"].count("in breaks") == 1
    assert line["trace"].endswith("\nRuntimeError")
    assert not re.search(f"Anna|hemligt|{TYPED}", stream.getvalue())
    assert f"Felkod <strong>{line['request']}</strong>" in response.content.decode()
    assert response["X-Request-ID"] == line["request"]


def test_to_log_asks_nobody_who_it_is(
    client: Client, lines: Lines, django_assert_num_queries: Callable[..., object]
) -> None:
    client.get("/finns-inte/")

    assert lines()[0]["member"] is None


@pytest.mark.parametrize("method", ["BREW", "GET\r\nX", "a" * 500])
def test_a_method_that_is_none_is_not_repeated(method: str) -> None:
    request = RequestFactory().generic("GET", "/finns-inte/")
    request.method = method

    assert RequestIdMiddleware(lambda request: HttpResponse(asked()["method"]))(request).content == b"other"


@pytest.mark.parametrize("given", ["", "6f1e2d3c-4b5a", "x" * 65, "12345678\r\nSet-Cookie: a=b", "räksmörgås"])
@pytest.mark.parametrize("behind_proxy", [True, False])
def test_nobody_else_numbers_a_request(settings: Settings, given: str, behind_proxy: bool) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get("/", headers={"X-Request-ID": given})

    number = RequestIdMiddleware(lambda request: HttpResponse(id_of(request)))(request).content.decode()
    assert re.fullmatch(r"[2-9a-hjkmnp-z]{10}", number)
    assert number != given


def test_nothing_is_mailed_to_anybody() -> None:
    names = ["", "django", "django.request", "django.security", "django.security.csrf", "temagrupp.security"]

    handlers = {type(handler) for name in names for handler in logging.getLogger(name).handlers}
    assert AdminEmailHandler not in handlers
    assert logging.getLogger("django").handlers == []
