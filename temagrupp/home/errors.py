"""The pages shown when a page or a form could not be served: what to do now, with all that was typed."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from base.logs.requests import id_of
from base.ui.typed import came_from_us, fields_of, texts_of, writer_of
from members.sign_in_forms import UNSENT
from members.signed_out import unsent_of
from temagrupp.home.context import last_shown


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"texts": texts_of(request)}, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"texts": texts_of(request)}, status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of what could not be read (400), or was too much to be (413)."""
    return too_large() if isinstance(exception, RequestDataTooBig) else _bare("400.html", 400)


def too_large() -> HttpResponse:
    return _bare("413.html", 413)


def _bare(template: str, status: int) -> HttpResponse:
    """A page without anybody's menu: nothing of what was sent has been looked at."""
    return HttpResponse(render_to_string(template, {"group": last_shown()}), status=status)


def fault(request: HttpRequest) -> HttpResponse:
    """The page of a server error (500), without any query, for the database may be what is broken."""
    context = {"texts": texts_of(request), "group": last_shown(), "code": id_of(request)}
    return HttpResponse(render_to_string("500.html", context), status=500)


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a failed CSRF check (403); a form from one of our own pages may be sent again as it is.

    What may be another's waits unseen in her session, as after a sign-in, and the page asks about it.
    """
    may_send_again = came_from_us(request) and not any("password" in name.lower() for name in request.POST)
    writer, reader = writer_of(request), str(request.user.pk or "")
    unsent = unsent_of(request) if may_send_again and reader and writer != reader else None
    if unsent:
        request.session[UNSENT] = unsent | {"hers": False}
    context = {
        "asks": bool(unsent),
        "again": fields_of(request) if may_send_again and (writer == reader or not reader) else [],
        "texts": texts_of(request) if writer in {reader, ""} and not unsent else [],
    }
    return render(request, "403_csrf.html", context, status=403)
