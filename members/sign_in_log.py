"""What is kept of the sign-in: the lines of the security log, and since when each has come in.

From the signals of Django and allauth, who know each way there is. Of an address that is no member's nothing
is told: people write their password in its place.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from base.logs.security import SecurityEvent, happened, refused
from members.accounts import account_of
from members.models import Member


@receiver(user_logged_in)
def tell_signed_in(user: Member, **signal: Any) -> None:
    happened(SecurityEvent.SIGNED_IN, about=user.pk)


@receiver(user_logged_in)
def note_first_login(user: Member, **signal: Any) -> None:
    """Keep since when she has come in, however she did."""
    Member.objects.filter(pk=user.pk, first_login=None).update(first_login=timezone.now())


@receiver(user_logged_out)
def tell_signed_out(user: Member | None, **signal: Any) -> None:
    if user:
        happened(SecurityEvent.SIGNED_OUT, about=user.pk)


@receiver(user_login_failed)
def tell_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **signal: Any) -> None:
    """Tell of a failed sign-in, or that somebody who is signed in could not show that it is she."""
    signed_in = getattr(request, "user", None)
    if signed_in and signed_in.is_authenticated:
        refused(SecurityEvent.REAUTHENTICATION_FAILED, about=signed_in.pk)
    else:
        refused(SecurityEvent.SIGN_IN_FAILED, about=_account(request, credentials))


@receiver(password_changed)
def tell_password_changed(user: Member, **signal: Any) -> None:
    happened(SecurityEvent.PASSWORD_CHANGED, about=user.pk)


@receiver(password_reset)
def tell_reset(user: Member, **signal: Any) -> None:
    happened(SecurityEvent.RESET_DONE, about=user.pk)


def _account(request: HttpRequest | None, credentials: dict[str, Any]) -> int | None:
    """The key of the member whose address was typed, if it is one's."""
    address = str(credentials.get("email") or credentials.get("username") or "")
    if not address or "\0" in address:
        return None
    account = account_of(request, address)
    return account.pk if account else None
