"""Keeps a form that was sent while signed out through the sign-in, to be sent afterwards."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from base.ui.typed import fields_of, writer_of
from members.sign_in_forms import LONGEST_UNSENT, UNSENT, LoginForm

SEND = "skicka-det-osanda"
THROW_AWAY = "slang-det-osanda"


class SignInMiddleware(LoginRequiredMiddleware):
    """Requires sign-in for everything, and keeps what was written before that."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        unsent = request.session.get(UNSENT)
        if unsent and request.method == "POST" and request.path == unsent["path"] and request.user.is_authenticated:
            del request.session[UNSENT]
            if THROW_AWAY in request.POST:
                return HttpResponseRedirect(unsent["page"])
            if SEND in request.POST:
                request.POST = _as_sent(unsent)  # type: ignore[assignment]
        elif SEND in request.POST and request.user.is_authenticated:
            messages.info(request, "Det du skrev är redan skickat.")
            return redirect("start")
        return super().process_view(request, view, args, kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        unsent = unsent_of(request) if request.method == "POST" else None
        if not unsent:
            return super().handle_no_permission(request, view_func)
        query = urlencode({REDIRECT_FIELD_NAME: unsent["page"]})
        form = LoginForm(initial={UNSENT: _packed(unsent)}, request=request)
        return render(request, "account/login.html", {"form": form, "action": f"{reverse('account_login')}?{query}"})


def unsent_of(request: HttpRequest) -> dict[str, Any] | None:
    """The fields as they were sent, and where to; never a password, for somebody else may sign in with it.

    None when there is nothing to keep, or more than anybody types.
    """
    typed = [[field.name, field.value] for field in fields_of(request)]
    unsent = {"path": request.path, "page": _page(request), "writer": writer_of(request), "fields": typed}
    return unsent if typed and len(_packed(unsent)) <= LONGEST_UNSENT else None


def _packed(unsent: dict[str, Any]) -> str:
    return json.dumps(unsent, ensure_ascii=False)


def _as_sent(unsent: dict[str, Any]) -> QueryDict:
    """The stored form as it was first sent, for the page that asks about it does not carry its text."""
    sent = QueryDict(mutable=True)
    for name, value in unsent["fields"]:
        sent.appendlist(name, value)
    return sent


def _page(request: HttpRequest) -> str:
    """The address of the page with the form: not every address that takes a form has a page of its own."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return reverse("start")
    return page.path if page.netloc == request.get_host() else reverse("start")
