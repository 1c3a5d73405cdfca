"""The pages shown when a page or a form could not be served: what to do now, with all that was typed."""

import logging
import sys

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from base.documents.pdf import PrintingError
from base.logs.requests import id_of
from base.postgresql.failing import passing
from base.ui.gone import Gone
from base.ui.typed import (
    came_from_us,
    fields_of,
    is_tried_again,
    may_be_sent_again,
    remember_tried,
    sent_again,
    texts_of,
    writer_of,
)
from members.sign_in_forms import UNSENT, told_of
from members.signed_out import unsent_of
from members.views.sign_in import answer_from_old_page
from temagrupp.home.context import last_shown

SECONDS_TO_WAIT = 5
"""Before one asks again: a browser, a program or a person."""

ORIGIN_REFUSED, REFERER_REFUSED = "Origin checking failed", "Referer checking failed"
"""How Django's reasons begin, where one of our own pages was not what sent the form."""

logger = logging.getLogger("temagrupp.request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"texts": texts_of(request)}, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of what is not there (404), or of what became of it (410)."""
    gone = exception if isinstance(exception, Gone) else None
    return render(request, "404.html", {"texts": texts_of(request), "gone": gone}, status=410 if gone else 404)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", {"texts": texts_of(request)}, status=429)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of what could not be read (400), was too much to be (413), or was meant for another host (400)."""
    if isinstance(exception, RequestDataTooBig):
        return too_large()
    return _bare("400_host.html" if isinstance(exception, DisallowedHost) else "400.html", 400)


def too_large() -> HttpResponse:
    return _bare("413.html", 413)


def _bare(template: str, status: int) -> HttpResponse:
    """A page without anybody's menu: nothing of what was sent has been looked at."""
    return HttpResponse(render_to_string(template, {"group": last_shown()}), status=status)


def fault(request: HttpRequest) -> HttpResponse:
    """The page of a server error (500), without any query, for the database may be what is broken.

    A file that could not be made is told as that (503): what is in it can be had otherwise.
    """
    error = sys.exc_info()[1]
    if state := passing(error):
        return _unavailable(request, state)
    context = {"texts": texts_of(request), "group": last_shown(), "code": id_of(request)}
    if isinstance(error, PrintingError):
        return HttpResponse(render_to_string("503_file.html", {**context, "address": request.path}), status=503)
    return HttpResponse(render_to_string("500.html", context), status=500)


def _unavailable(request: HttpRequest, state: str) -> HttpResponse:
    """The page of a database that is away or too slow, now (503). It is told as that, not as a fault of ours."""
    typed = {"texts": texts_of(request), **sent_again(request)}
    context = {
        **typed,
        "group": last_shown(),
        "tried_at": timezone.localtime(),
        "is_tried_again": is_tried_again(request),
        "address": "" if request.method == "POST" else request.get_full_path(),  # that may be asked for once more
    }
    page = HttpResponse(render_to_string("503.html", context), status=503)
    page["Retry-After"] = str(SECONDS_TO_WAIT)
    remember_tried(request, page)
    page._has_been_logged = True  # type: ignore[attr-defined]  # by which Django knows that it need not
    logger.error("unavailable", extra={"told": {"event": "unavailable", "status": 503, "state": state}})
    return page


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a failed CSRF check (403); a form from one of our own pages may be sent again as it is.

    What may be another's waits unseen in her session, as after a sign-in, and the page asks about it.
    """
    route = request.resolver_match.url_name if request.resolver_match else None
    if came_from_us(request) and (answer := answer_from_old_page(request, route)):
        answer._has_been_logged = answer.status_code < 400  # type: ignore[attr-defined]  # it was done, not refused
        return answer
    may_send_again, typed = may_be_sent_again(request), fields_of(request)
    writer, reader = writer_of(request), str(request.user.pk or "")
    of_another = bool(reader) and writer != reader
    unsent = unsent_of(request) if may_send_again and of_another else None
    if unsent:
        request.session[UNSENT] = told_of(unsent) | {"hers": False, "of_old_page": True}
    context = {
        "why": _why_refused(reason),
        "asks": bool(unsent),
        "again": typed if may_send_again and not (of_another and typed) else None,
        "wrote": bool(texts_of(request)),
        "of_another": of_another,
        "texts": texts_of(request) if writer in {reader, ""} and not unsent else [],
    }
    return render(request, "403_csrf.html", context, status=403)


def _why_refused(reason: str) -> str:
    """Which of the reasons that Django's check gives it is, as far as another thing helps against it."""
    if reason in {csrf.REASON_NO_REFERER, csrf.REASON_MALFORMED_REFERER} or reason == csrf.REASON_BAD_ORIGIN % "null":
        return "hidden"
    if reason.startswith((ORIGIN_REFUSED, REFERER_REFUSED)):
        return "elsewhere"
    return "no_cookie" if reason == csrf.REASON_NO_CSRF_COOKIE else "old"
