"""What a verb says no to where no form can show it: a button that came too late."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from temagrupp.ui.forms import HouseFormMixin


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """Tell a refusal as a message on the next page."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def tell_refusal(request: HttpRequest, form: HouseFormMixin) -> None:
    """The same of a form that is one button: no page can show it with what stopped it."""
    messages.error(request, " ".join(map(str, form.non_field_errors())))
