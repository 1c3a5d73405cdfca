"""The addresses of the sign-in: those of allauth's views that the register uses, and the names of the others.

allauth reverses names of its own in pages we do show; they resolve, to an address that is not there.
"""

from typing import NoReturn

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.urls import path, re_path

from members.views.sign_in import LoginView, PasswordChangeView


@login_not_required
def shut(request: HttpRequest, **parts: str) -> NoReturn:
    """Answer 404, whoever asks and by whatever method: the samordnare enters members and changes addresses."""
    raise Http404


urlpatterns = [
    path("login/", LoginView.as_view(), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/change/", PasswordChangeView.as_view(), name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    # Shut
    path("signup/", shut, name="account_signup"),
    path("inactive/", shut, name="account_inactive"),
    path("reauthenticate/", shut, name="account_reauthenticate"),
    path("email/", shut, name="account_email"),
    path("confirm-email/", shut, name="account_email_verification_sent"),
    path("confirm-email/<key>/", shut, name="account_confirm_email"),
    path("password/set/", shut, name="account_set_password"),
    path("password/reset/key/done/", shut, name="account_reset_password_from_key_done"),
    path("login/code/confirm/", shut, name="account_confirm_login_code"),
]
