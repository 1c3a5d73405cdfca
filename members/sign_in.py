from typing import Any

from allauth.account import auth_backends
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from base.logs.security import SecurityEvent, happened
from members.models import Member


class AuthenticationBackend(auth_backends.AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail, and reads the member anew at each request with what every page asks of her."""

    def get_user(self, user_id: Any) -> Member | None:
        member = Member.objects.signed_in(user_id)
        return member if member and self.user_can_authenticate(member) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter without sign-up: only those the samordnare has entered sign in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontot är stängt. Hör av dig till gruppens samordnare om det är fel.",
        "email_password_mismatch": "E-postadressen och lösenordet hör inte ihop. Försök igen eller välj ett nytt.",
        "enter_current_password": "Det är inte ditt nuvarande lösenord.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "incorrect_code": "Koden stämmer inte.",
        "invalid_password_reset": "Länken gäller inte längre. Be om en ny.",
        "max_email_addresses": "En medlem har %d adress. Gruppens samordnare ändrar den.",
        "rate_limited": "Det har kommit för många försök. Vänta några minuter.",
        "too_many_login_attempts": "Det har blivit för många försök. Vänta fem minuter eller välj ett nytt lösenord.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("start")

    def send_password_reset_mail(self, user: Member, email: str, context: dict[str, Any]) -> None:
        super().send_password_reset_mail(user, email, context)
        happened(SecurityEvent.RESET_ASKED, about=user.pk)

    def set_password(self, user: Member, password: str) -> None:
        """Save the password alone: the rest of the row may have been changed by somebody meanwhile."""
        user.set_password(password)
        user.save(update_fields=["password"])
