"""allauth's views of the sign-in, where the answer has to do more than allauth's."""

from typing import Any

from allauth.account import views
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from base.records.address import normalize_address
from members import devices
from members.sign_in_forms import LONGEST_UNSENT, UNSENT, LoginForm, keep_unsent, read_unsent


class LoginView(views.LoginView):  # type: ignore[misc]
    """Signs in. Where somebody is signed in already, a form from another tab takes nobody for her."""

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.user.is_authenticated:
            return signed_in_already(request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class PasswordChangeView(views.PasswordChangeView):  # type: ignore[misc]
    """Leaves the browser known: the new password has made it and all others void."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        devices.remember(self.request, response, form.user)
        return response


def answer_from_old_page(request: HttpRequest, route: str | None) -> HttpResponse | None:
    """The answer to a form of the sign-in's that one of our own pages sent, but with a token that is no longer good.

    None where it is another form. As the browser vouches for the page, what is asked for is safe to do.
    """
    if route == "account_logout":
        response: HttpResponse = views.logout(request)
        return response
    if route in {"account_login", "account_reset_password"} and request.user.is_authenticated:
        return signed_in_already(request)
    return _sign_in_anew(request) if route == "account_login" else None


def signed_in_already(request: HttpRequest) -> HttpResponse:
    """Lead her on who wants in once more; anybody else is told who is signed in, and chooses."""
    typed = request.POST.get("login", "")
    further = get_next_redirect_url(request) or reverse("start")
    unsent = request.POST.get(UNSENT, "")
    keep_unsent(request, read_unsent(unsent) if len(unsent) <= LONGEST_UNSENT else None)
    if "email" not in request.POST and normalize_address(typed) in {"", request.user.get_username()}:
        messages.info(request, f"Du är redan inloggad, som {request.user}.")
        return redirect(further)
    context = {"typed": typed or request.POST.get("email", ""), "further": further, "entrance": _entrance(further)}
    return render(request, "account/signed_in_already.html", context, status=409)


def _sign_in_anew(request: HttpRequest) -> HttpResponse:
    """The sign-in page as it was sent, but for the password."""
    kept = {"login": request.POST.get("login", ""), UNSENT: request.POST.get(UNSENT, "")}
    context = {
        "form": LoginForm(initial=kept, request=request),
        "action": _entrance(get_next_redirect_url(request) or reverse("start")),
        "of_old_page": True,
    }
    return render(request, "account/login.html", context, status=403)


def _entrance(further: str) -> str:
    return f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: further})}"
