"""Saving a sent form once, also on a bad line or a double tap.

What a verb says no to stands in the form, or is told on the next page where no form can show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url

from base.records import reading_restricted
from base.records.guards import tell_refusals
from base.ui.forms import RegisterForm
from base.ui.models import SentForm, form_key, sending
from base.ui.undo import flash

ALREADY_SENT = "Det var redan skickat, så inget sparades två gånger."


def posted(request: HttpRequest) -> QueryDict | None:
    """The data for a form: what was posted, even when empty; None for a GET."""
    return request.POST if request.method == "POST" else None


def proposed(request: HttpRequest, **words: str) -> dict[str, str]:
    """Initial values for a form from the address. `words`: field → its word there."""
    return {field: request.GET[word] for field, word in words.items() if request.GET.get(word)}


def save_once(
    request: HttpRequest,
    form: RegisterForm,
    *,
    first: Callable[[], None] | None = None,
    then: Callable[[Any], Any] | None = None,
) -> HttpResponseRedirect | None:
    """Save what was sent, once, say so, and go on to what `save` gave back: an address or a thing with one.

    `first` locks what is to be locked before what the form saves. `then` makes another address of what was saved.
    None when there is nothing to go on from: the form was not sent, is filled in wrongly, the guard has found what is
    to be asked about, or the verb said no; it then carries what was found, the error and everything that was typed.
    """
    is_valid = form.is_valid()
    form.leave_out_kept(request.user.pk)
    if not is_valid or form.guard_asks:
        return None
    try:
        with tell_refusals(), transaction.atomic():
            sent = SentForm.objects.claim(request.user.pk, form.cleaned_data["key"])
            if sent.url:
                return _already_sent(request, sent)
            if first:
                first()
            with reading_restricted():  # what a verb reads it changes, and it may be more than one may see
                saved = form.save()
            form.remember_kept(request.user.pk)
            sent.url = resolve_url(then(saved) if then else saved)
            sent.save(update_fields=["url"])
            _forget_undone(request)
    except ValidationError as error:
        form.refuse(error)
        return None
    if receipt := form.receipt(saved):
        undo = form.undo(saved)
        level = messages.WARNING if form.leaves_something(saved) else messages.SUCCESS
        flash(request, receipt, undo and undo.with_fields(undoes=sent.key), at=sent.url, level=level)
    return HttpResponseRedirect(sent.url)


@contextmanager
def flash_refusals(request: HttpRequest, at: str = "") -> Iterator[None]:
    """Turn a refusal in the block into a message on the next page, told where `at` leads to.

    Without one, what was taken back is forgotten.
    """
    try:
        with tell_refusals():
            yield
        _forget_undone(request)
    except ValidationError as error:
        flash(request, " ".join(error.messages), at=at, level=messages.ERROR)


def refused(request: HttpRequest, form: RegisterForm, back: Any) -> HttpResponseRedirect:
    """Redirect back with the form's errors as a message: for a form that is one button, that no page can show."""
    url = resolve_url(back)
    flash(request, " ".join(form.sentences), at=url, level=messages.ERROR)
    return HttpResponseRedirect(url)


class AlreadySentMiddleware:
    """Answers a form that has been saved before, instead of its view.

    The view would look at a world that the first sending has changed and answer that one may not close what is
    closed; the member is owed the page the first sending led to. Unless she has taken the first back: then the same
    form, from the page before, is sent for the first time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        key = sending(request.POST, request.FILES)
        sent = SentForm.objects.filter(member_id=request.user.pk, key=key).first() if key else None
        return _already_sent(request, sent) if sent else None


def _forget_undone(request: HttpRequest) -> None:
    if undone := form_key(request.POST.get("undoes")):
        SentForm.objects.forget(request.user.pk, undone)


def _already_sent(request: HttpRequest, sent: SentForm) -> HttpResponseRedirect:
    flash(request, ALREADY_SENT, at=sent.url, level=messages.INFO)
    return HttpResponseRedirect(sent.url)
