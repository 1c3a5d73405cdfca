"""What a verb says no to where no form can show it: a button that came too late."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url

from base.ui.forms import RegisterForm


@contextmanager
def flash_refusals(request: HttpRequest) -> Iterator[None]:
    """Tell a refusal as a message on the next page."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def refused(request: HttpRequest, form: RegisterForm, back: Any) -> HttpResponseRedirect:
    """The same of a form that is one button, that no page can show: told where one goes back to."""
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return HttpResponseRedirect(resolve_url(back))
