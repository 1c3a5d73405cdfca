"""The pages shown when a page or a form could not be served: what to do now, with all that was typed."""

import logging
import sys

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from base.logs.requests import id_of
from base.postgresql.failing import passing
from base.ui.typed import fields_of, is_tried_again, may_be_sent_again, sent_again, texts_of, writer_of
from members.sign_in_forms import UNSENT
from members.signed_out import unsent_of
from temagrupp.home.context import last_shown

SECONDS_TO_WAIT = 5
"""Before one asks again: a browser, a program or a person."""

logger = logging.getLogger("temagrupp.request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"texts": texts_of(request)}, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"texts": texts_of(request)}, status=404)


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
    """The page of a server error (500), without any query, for the database may be what is broken."""
    if state := passing(sys.exc_info()[1]):
        return _unavailable(request, state)
    context = {"texts": texts_of(request), "group": last_shown(), "code": id_of(request)}
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
    page._has_been_logged = True  # type: ignore[attr-defined]  # by which Django knows that it need not
    logger.error("unavailable", extra={"told": {"event": "unavailable", "status": 503, "state": state}})
    return page


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a failed CSRF check (403); a form from one of our own pages may be sent again as it is.

    What may be another's waits unseen in her session, as after a sign-in, and the page asks about it.
    """
    may_send_again = may_be_sent_again(request)
    writer, reader = writer_of(request), str(request.user.pk or "")
    unsent = unsent_of(request) if may_send_again and reader and writer != reader else None
    if unsent:
        request.session[UNSENT] = unsent | {"hers": False, "of_old_page": True}
    context = {
        "asks": bool(unsent),
        "again": fields_of(request) if may_send_again and (writer == reader or not reader) else [],
        "texts": texts_of(request) if writer in {reader, ""} and not unsent else [],
    }
    return render(request, "403_csrf.html", context, status=403)
