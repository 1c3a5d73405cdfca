"""How a member signs in: who she is, what is counted, and what is told her."""

from __future__ import annotations

from functools import partial
from ipaddress import IPv6Address, ip_address
from typing import Any

from allauth.account import auth_backends
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from base.logs.security import SecurityEvent, happened
from members import devices
from members.accounts import account_of
from members.limits import OF_A_NETWORK, OF_ONES_OWN, LimitReached, count_password
from members.link_mail import owe_link
from members.mail_form import in_plain_words
from members.mails import links, owe_account_mail, send_apart
from members.models import Member
from members.models.password import is_too_long

WRONG_TOO_OFTEN = "Det har blivit för många försök. Vänta fem minuter eller välj ett nytt lösenord."
STILL_OPEN = "Från en dator eller telefon där du har loggat in förut kan du försöka redan nu."
CROWDED = "Det kommer för många försök från det nät du sitter i. Vänta en minut och försök igen."

NOBODY = 0
"""The key of one who is no member, for whom a mail is made that is not sent."""


class AuthenticationBackend(auth_backends.AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail, and reads the member anew at each request with what every page asks of her."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Member | None:
        """The member with that address and password. For an address that is nobody's a password is hashed as well."""
        if is_too_long(credentials.get("password") or ""):
            return None
        member: Member | None = super().authenticate(request, **credentials)
        return member

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Member | None:
        """By the address she has today, and none of those that allauth has seen."""
        hers = account_of(request, credentials.get("email") or "")
        member: Member | None = self._check_password(hers, credentials["password"])
        return member

    def get_user(self, user_id: Any) -> Member | None:
        member = Member.objects.signed_in(user_id)
        return member if member and self.user_can_authenticate(member) else None


def said_of(reached: LimitReached) -> str:
    """What one does about a limit that is reached."""
    if reached.limit in OF_A_NETWORK:
        return f"{CROWDED} {STILL_OPEN}"
    return WRONG_TOO_OFTEN if reached.limit in OF_ONES_OWN else f"{WRONG_TOO_OFTEN} {STILL_OPEN}"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's adapter without sign-up: only those the samordnare has entered sign in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontot är stängt. Är det fel, kontakta gruppens samordnare.",
        "email_password_mismatch": "E-postadressen och lösenordet hör inte ihop. Försök igen eller välj ett nytt.",
        "enter_current_password": "Det är inte ditt nuvarande lösenord.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "invalid_password_reset": "Länken gäller inte längre. Begär en ny.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """No: nothing of ours asks by script, and what would be answered then goes round the pages."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as allauth determines it; an IPv4 address that a socket for both kinds tells as IPv6 is IPv4."""
        address = ip_address(super().get_client_ip(request))
        return str((isinstance(address, IPv6Address) and address.ipv4_mapped) or address)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """The member whose address and password it is, unless there have been too many. Raises ValidationError."""
        try:
            tries = count_password(request, credentials["email"])
        except LimitReached as reached:
            raise ValidationError(said_of(reached), code="limit_reached") from None
        member: Member | None = super().authenticate(request, **credentials)
        if member:
            tries.give_back()
        return member

    def reauthenticate(self, user: Member, password: str) -> bool:
        """Whether it is the password of the one who is signed in; counted as at the sign-in. Raises ValidationError."""
        member = self.authenticate(context.request, email=user.email, password=password)
        return member == user

    def post_login(self, request: HttpRequest, user: Member, **told: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **told)
        devices.remember(request, response, user)
        return response

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """In allauth's words, and in the form of every mail of ours."""
        message = super().render_mail(template_prefix, email, context, headers)
        return in_plain_words(str(message.subject), str(message.body), email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Make the mail here and send it apart: what it tells of is done and stays so.

        What tells a member of her account (`whose`) the outbox has if the mail server does not take it.
        """
        message, whose = self.render_mail(template_prefix, email, context | {"email": email}), context.get("whose")
        unsent = partial(owe_account_mail, template_prefix, to=whose, about=whose, by=whose) if whose else None
        send_apart(message, template_prefix, unsent=unsent)

    def send_notification_mail(
        self, template_prefix: str, user: Member, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """To the address she has today, unless another is given, with whom to turn to if it was not she."""
        told = (context or {}) | {"whose": user, "ask": Member.objects.whom_to_ask(user), **links()}
        super().send_notification_mail(template_prefix, user, told, email or user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("start")

    def send_password_reset_mail(self, user: Member, email: str, context: dict[str, Any]) -> None:
        """Make the mail here, and send it apart: how long it takes is not to tell that there was one to send.

        If the mail server does not take it, the outbox has it from then on.
        """
        template = "account/email/password_reset_key"
        message = self.render_mail(template, email, context | {"email": email})
        if user.pk != NOBODY:
            send_apart(message, template, unsent=partial(owe_link, user))
            happened(SecurityEvent.RESET_ASKED, about=user.pk)

    def set_password(self, user: Member, password: str) -> None:
        """Save the password alone: the rest of the row may have been changed by somebody meanwhile."""
        user.set_password(password)
        user.save(update_fields=["password"])
