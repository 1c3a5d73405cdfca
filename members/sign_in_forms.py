"""The sign-in pages' forms: allauth's work in the register's look and words."""

from typing import Any

from allauth.account import forms as allauth
from django.core.exceptions import ValidationError

from members.models import Member
from temagrupp.ui.forms import FurnishedFormMixin

EMAIL = "E-postadress"
WRITE_EMAIL = "Skriv din e-postadress."
WRITE_PASSWORD = "Skriv ditt lösenord."  # noqa: S105  what is said, not what is secret
CHOOSE_PASSWORD = {"password1": "Välj ett lösenord.", "password2": "Skriv lösenordet en gång till."}


class NewPasswordMixin(FurnishedFormMixin):
    """A new password, written twice."""

    missing = CHOOSE_PASSWORD

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Nytt lösenord"
        self.fields[
            "password1"
        ].help_text = "Minst 12 tecken. Några ord på rad är lätta att minnas och svåra att gissa."
        self.fields["password2"].label = "Samma lösenord en gång till"

    def clean(self) -> dict[str, Any]:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            raise ValidationError({"password2": "De två lösenorden är olika. Skriv samma två gånger."})
        return self.cleaned_data


class LoginForm(FurnishedFormMixin, allauth.LoginForm):  # type: ignore[misc]
    missing = {"login": WRITE_EMAIL, "password": WRITE_PASSWORD}
    error_title = "Det gick inte att logga in"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = EMAIL
        self.fields["password"].help_text = ""  # the way to a new password stands under the button


class ResetPasswordForm(FurnishedFormMixin, allauth.ResetPasswordForm):  # type: ignore[misc]
    missing = {"email": WRITE_EMAIL}
    error_title = "Det gick inte att skicka länken"
    users: list[Member]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL

    def clean_email(self) -> str:
        """Only the address the member has today: allauth also remembers those she has had."""
        email: str = super().clean_email()
        self.users = [member for member in self.users if member.email.lower() == email.lower()]
        return email


class ResetPasswordKeyForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class SetPasswordForm(NewPasswordMixin, allauth.SetPasswordForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):  # type: ignore[misc]
    missing = CHOOSE_PASSWORD | {"oldpassword": "Skriv det lösenord du har nu."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Lösenordet du har nu"
        self.fields["oldpassword"].help_text = ""


class ReauthenticateForm(FurnishedFormMixin, allauth.ReauthenticateForm):  # type: ignore[misc]
    missing = {"password": WRITE_PASSWORD}
    error_title = "Det gick inte att bekräfta"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
