"""Reads a form that could not be received, so that a page can give its texts back; never a password."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from base.ui.headers import is_secret_address

SECRET = re.compile("password|csrf|code", re.IGNORECASE)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # the name of the field
WRITER = "writer"
"""Whom the form was shown to, told by a script; a form sent without scripts does not say."""
TRIED = "tried"
"""Sent along with a form that is sent once more from the page that told that it could not be received."""
TRIED_COOKIE = f"{settings.COOKIE_PREFIX}tried"
SECONDS_REMEMBERED = 120
WORDS = re.compile(r"[\s@]|[^\W\d_a-z]")
"""A space, a capital, a letter beyond a to z or the sign of an address: no name of a choice has one, hardly a text is
without."""


@dataclass(frozen=True)
class Field:
    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether it was written, not chosen among answers."""
        return bool(WORDS.search(self.value.strip()))


def fields_of(request: HttpRequest) -> list[Field]:
    """All that a form sent, in its order, but what is secret."""
    if request.method != "POST":
        return []
    sent = [Field(name, str(value)) for name, values in _received(request).lists() for value in values]
    return [field for field in sent if field.name not in {WRITER, TRIED} and not SECRET.search(field.name)]


def writer_of(request: HttpRequest) -> str:
    """The number of the member the form was shown to, or nothing when it does not say."""
    return _received(request).get(WRITER, "") if request.method == "POST" else ""


def _received(request: HttpRequest) -> QueryDict:
    """The posted data as far as it can be read, for the form may be what is broken."""
    try:
        return request.POST
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return QueryDict()


def texts_of(request: HttpRequest) -> list[str]:
    """The texts among the fields, for her to copy."""
    return [field.value for field in fields_of(request) if field.is_text]


def came_from_us(request: HttpRequest) -> bool:
    """Whether the browser vouches that one of our own pages sent the form, which no other site can feign."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def may_be_sent_again(request: HttpRequest) -> bool:
    """Whether a page of ours sent it and `fields_of` has all that it was: neither a secret nor a file is kept.

    What a script asks beside the page, such as the guard, nobody has pressed, and it must not take a form's place.
    From a secret address a browser does not tell where it comes from. No other page can have sent it there, for none
    knows the address, and whoever does needs nobody's browser.
    """
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    sent = _received(request)
    is_whole = not any(SECRET.search(name) for name in sent if name != TOKEN)
    return bool(sent) and is_whole and not request.FILES and (came_from_us(request) or is_secret_address(request))


def sent_again(request: HttpRequest) -> dict[str, Any]:
    """The form as it was sent, for a page that knows nothing of who is signed in: with its own token and its writer.

    It is then looked at as if it came for the first time.
    """
    if request.method != "POST" or not may_be_sent_again(request):
        return {}
    sent = _received(request)
    writer = [Field(WRITER, str(sent[WRITER]))] if WRITER in sent else []
    again = [*fields_of(request), *writer, Field(TRIED, "1")]
    return {"again": again, "wrote": bool(texts_of(request)), "csrf_token": sent.get(TOKEN, "")}


def is_tried_again(request: HttpRequest) -> bool:
    """Whether what is asked for failed just before: a form as `sent_again` has it, a page by its cookie.

    Where the browser comes from tells nothing: a form, and a link to the page one is on, come from their own address.
    """
    if request.method == "POST":
        return TRIED in _received(request)
    return request.COOKIES.get(TRIED_COOKIE) == _digest(request)


def remember_tried(request: HttpRequest, page: HttpResponse) -> None:
    """Let the browser tell, should it soon ask for the same page again, that it failed."""
    if request.method != "POST":
        page.set_cookie(
            *(TRIED_COOKIE, _digest(request), SECONDS_REMEMBERED),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _digest(request: HttpRequest) -> str:
    """The address in a form that fits a cookie, and has no searched words."""
    return sha256(request.get_full_path().encode()).hexdigest()[:16]
