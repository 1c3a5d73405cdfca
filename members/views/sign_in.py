"""allauth's views of the sign-in, where the answer has to do more than allauth's."""

from typing import Any

from allauth.account import views
from django.http import HttpResponse

from members import devices


class PasswordChangeView(views.PasswordChangeView):  # type: ignore[misc]
    """Leaves the browser known: the new password has made it and all others void."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        devices.remember(self.request, response, form.user)
        return response
