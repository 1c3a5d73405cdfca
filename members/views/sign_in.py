"""allauth's views of the sign-in, where the answer has to do more than allauth's."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account import views
from allauth.core import context
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from base.logs.requests import answering
from members import devices


class AnsweredFirst(HttpResponseRedirect):
    """A redirect that does something when it is sent, so that how long it took to answer tells nothing of it."""

    def __init__(self, address: str, then: Callable[[], object]) -> None:
        super().__init__(address)
        self.then: Callable[[], object] | None = then

    def close(self) -> None:
        then, self.then = self.then, None
        try:
            if then:
                then()
        finally:
            super().close()


class PasswordResetView(views.PasswordResetView):  # type: ignore[misc]
    """Answers the same to every address, and as quickly; the mail is made and sent after that.

    What still differs is what the machine does meanwhile for others: one who measures many answers that others wait
    for may learn that a mail was sent, and none whom to.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        return AnsweredFirst(self.get_success_url(), partial(_save, form, self.request))


def _save(form: Any, request: HttpRequest) -> None:
    with context.request_context(request), answering(request):
        form.save(request)


class PasswordChangeView(views.PasswordChangeView):  # type: ignore[misc]
    """Leaves the browser known: the new password has made it and all others void."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        devices.remember(self.request, response, form.user)
        return response
