"""Sending once: the same form on a bad line, or a double tap, does its work one time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from temagrupp.ui.forms import HouseFormMixin
from temagrupp.ui.models import SentForm
from temagrupp.ui.sending import sending

ALREADY_SENT = "Det var redan skickat, så inget sparades två gånger."


def sent_once(
    request: HttpRequest,
    form: HouseFormMixin,
    act: Callable[[], Any],
    *,
    message: str | Callable[[Any], str] = "",
) -> HttpResponseRedirect | None:
    """Do what a valid form asks for, once, and go on to what `act` returned (an address or a thing with one).

    None when the verb said no: the form then carries the error and everything that was typed.
    """
    try:
        with transaction.atomic():
            sent = SentForm.objects.claim(request.user.pk, form.cleaned_data["key"])
            if sent.url:
                return _already_sent(request, sent)
            result = act()
            sent.url = resolve_url(result)
            sent.save(update_fields=["url"])
    except ValidationError as error:
        form.refuse(error)
        return None
    if message:
        messages.success(request, message(result) if callable(message) else message)
    return HttpResponseRedirect(sent.url)


class AlreadySentMiddleware:
    """Meets a form that has been saved before its view does.

    The view would look at a world that the first sending has changed and answer that one may not close what is
    closed; the member is owed the page the first sending led to.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        key = sending(request.POST)
        if key is None:
            return None
        sent = SentForm.objects.filter(member_id=request.user.pk, key=key).first()
        return _already_sent(request, sent) if sent else None


def _already_sent(request: HttpRequest, sent: SentForm) -> HttpResponseRedirect:
    messages.info(request, ALREADY_SENT)
    return HttpResponseRedirect(sent.url)
