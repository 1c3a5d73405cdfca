"""The sign-in pages' forms: allauth's work in the register's look and words."""

import json
from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from base.records.address import MailAddressFormField
from base.ui.forms import RegisterFormMixin, at_field
from base.ui.typed import Field
from members.accounts import account_of
from members.limits import LimitReached, count_broken_link, count_link
from members.models import Member
from members.models.password import as_kept
from members.passwords import WRITE_PASSWORD, PasswordValidator, ensure_usable
from members.sign_in import NOBODY, said_of

EMAIL = "E-postadress"
SAME_AS_BEFORE = "Det är samma lösenord som du har nu. Välj ett annat."
WRITE_EMAIL = "Skriv din e-postadress."
NEW_PASSWORD = {"password1": "Nytt lösenord", "password2": "Samma lösenord en gång till"}
CHOOSE_PASSWORD = {"password1": "Välj ett lösenord.", "password2": "Skriv lösenordet en gång till."}

UNSENT = "unsent"
LONGEST_UNSENT = 100_000


def read_unsent(packed: str) -> dict[str, Any] | None:
    """The valid stored form, or None: nobody can see the field, so it is never an error."""
    try:
        unsent = json.loads(packed)
        fields = [(str(name), str(value)) for name, value in unsent["fields"]]
        path, page, writer = str(unsent["path"]), str(unsent["page"]), str(unsent["writer"])
        json.dumps(
            [path, page, writer, fields], ensure_ascii=False
        ).encode()  # half a character can never be shown again
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    ours = all(url_has_allowed_host_and_scheme(address, allowed_hosts=None) for address in (path, page))
    return {"path": path, "page": page, "writer": writer, "fields": fields} if ours else None


def keep_unsent(request: HttpRequest, unsent: dict[str, Any] | None) -> None:
    """Let what was written while signed out wait in the session of the one who is signed in now."""
    if unsent:
        request.session[UNSENT] = told_of(unsent) | {"hers": unsent["writer"] == str(request.user.pk)}


TOLD = 100
"""Characters of a text that tell which one it is."""


def told_of(unsent: dict[str, Any]) -> dict[str, Any]:
    """The stored form with its first text; with none it is no more than a button, and is told in other words."""
    texts = [value for name, value in unsent["fields"] if Field(name, value).is_text]
    return unsent | {"only_pressed": not texts, "text": texts[0][:TOLD] if texts else ""}


class AddressField(MailAddressFormField):
    """The address one signs in by, which the browser may fill in."""

    widget = forms.EmailInput({"autocomplete": "email"})


class SignInFormMixin(RegisterFormMixin):
    """allauth's form with our words at its fields. It has no key: to send it twice does no harm.

    labels       field → its label
    help_texts   field → its hint; allauth's own go, for the way to a new password stands under the button
    """

    key = None
    labels: ClassVar[dict[str, str]] = {}
    help_texts: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")
            field.widget.attrs.pop("placeholder", None)  # a label that vanishes is no label
            if isinstance(field, PasswordField):
                field.validators = [ensure_usable]


class NewPasswordMixin(SignInFormMixin):
    """A new password, written twice. It is judged once the rest is right: that takes longer than anything else here."""

    user: Member | None

    password1 = PasswordField(autocomplete="new-password")  # allauth's own judges it first of all

    missing = CHOOSE_PASSWORD
    labels = NEW_PASSWORD
    help_texts = {"password1": PasswordValidator().get_help_text()}

    def clean(self) -> dict[str, Any]:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if "password1" in self.errors and second is None and self.data.get(self.add_prefix("password2")):
            self.errors.pop("password2", None)  # what is wrong with the first is said of it alone
        if first and second and as_kept(first) != as_kept(second):
            raise ValidationError({"password2": "De två lösenorden är olika. Skriv samma två gånger."})
        if first and not self.errors:
            with at_field("password1"):
                get_adapter().clean_password(first, self.user)
                self.ensure_new(first)
        return self.cleaned_data

    def ensure_new(self, password: str) -> None:
        """Check that it is another than the one she has: what is changed to itself is not changed."""
        if self.user and self.user.check_password(password):
            raise ValidationError(SAME_AS_BEFORE, code="same")


class LoginForm(SignInFormMixin, allauth.LoginForm):  # type: ignore[misc]
    """Signs in, and keeps in the session what was written while signed out, until it is sent."""

    unsent = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_UNSENT)

    missing = {"login": WRITE_EMAIL, "password": WRITE_PASSWORD}
    error_title = "Det gick inte att logga in"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField(label=EMAIL)

    def clean(self) -> dict[str, Any]:
        """The cleaned data of one who may sign in; one who has left is told so, where she typed."""
        cleaned: dict[str, Any] = super().clean()
        if self.user and not self.user.is_active:
            raise get_adapter().validation_error("account_inactive")
        return cleaned

    def clean_unsent(self) -> dict[str, Any] | None:
        return read_unsent(self.cleaned_data["unsent"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url)
        keep_unsent(request, self.cleaned_data["unsent"])
        return response


class ResetPasswordForm(SignInFormMixin, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Sends a link to a member's address of today, unless she has been sent enough of them."""

    email = AddressField(label=EMAIL)

    missing = {"email": WRITE_EMAIL}
    error_title = "Det gick inte att skicka länken"

    def clean_email(self) -> str:
        """The address, whoever's it is: what is counted and what is answered is the same."""
        email: str = self.cleaned_data["email"]
        try:
            self.is_sent = count_link(context.request, email)
        except LimitReached as reached:
            raise ValidationError(said_of(reached), code="limit_reached") from None
        return email

    def save(self, request: HttpRequest, **options: Any) -> str:
        """Send the link. For one who is nobody it is made as well, so that it takes as long, and thrown away."""
        email: str = self.cleaned_data["email"]
        hers = account_of(request, email)
        may_have_it = hers and hers.is_active and self.is_sent
        self.users = [hers if may_have_it else Member(pk=NOBODY, email=email)]
        super().save(request, **options)
        return email


class ResetPasswordKeyForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class InvitationForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """The first password of one who is invited. To have chosen it signs her in (`inviting.come_in`)."""

    labels = NEW_PASSWORD | {"password1": "Lösenord"}


class UserTokenForm(allauth.UserTokenForm):  # type: ignore[misc]
    """Takes a link for valid only while the one it was sent to may sign in."""

    def clean(self) -> dict[str, Any]:
        """The parts of the link. One that is not valid is counted, and answered by a 429 when there are too many."""
        try:
            parts: dict[str, Any] = super().clean()
        except ValidationError:
            try:
                count_broken_link(context.request)
            except LimitReached:
                raise ImmediateHttpResponse(respond_429(context.request)) from None
            raise
        return parts

    def _get_user(self, uidb36: str) -> Member | None:
        member: Member | None = super()._get_user(uidb36)
        return member if member and member.is_active else None


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):  # type: ignore[misc]
    missing = CHOOSE_PASSWORD | {"oldpassword": "Skriv det lösenord du har nu."}
    labels = NEW_PASSWORD | {"oldpassword": "Lösenordet du har nu"}

    def clean_oldpassword(self) -> str:
        """The password she has, counted as at the sign-in: a browser left open is no place to guess it."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password
