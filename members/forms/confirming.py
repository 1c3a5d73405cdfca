"""The base of the forms that ask for one's own password again, before what would let somebody else in."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django import forms
from django.core.exceptions import ValidationError

from base.ui.forms import RegisterFormMixin
from members.access import MemberRequest
from members.passwords import WRITE_PASSWORD, ensure_usable

OWN_PASSWORD = "own_password"  # noqa: S105  the field's name
LATELY = 5 * 60
ASKS = "Skriv ditt lösenord för att {}"
WHY = "Det behövs så att ingen annan kan göra det från din dator."


class ConfirmedFormMixin(RegisterFormMixin):
    """Asks in the form itself, where all that was typed stays; not one who has given her password in five minutes."""

    request: MemberRequest
    asked = ""  # for what the password is asked, the first time it is
    only_asks = False
    """Whether nothing is wrong: all that is missing is the password, for which she has not been asked before."""

    def __init__(self, *args: Any, request: MemberRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        if OWN_PASSWORD in self.data:
            self._show_password()

    def to_be_confirmed(self) -> str:
        """What was typed that changes who gets in or who leads, in words: ändra adressen; nothing if nothing does."""
        raise NotImplementedError

    @property
    def error_heading(self) -> str:
        return self.asked if self.only_asks else super().error_heading

    def full_clean(self) -> None:
        """Clean it all, and ask where nothing is wrong; beside what is, the question stands at its field alone."""
        super().full_clean()
        if self.asked and not self.errors:
            self.only_asks = True
            self.fields[OWN_PASSWORD].widget.attrs["autofocus"] = True
            self.add_error(None, self.asked)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if (step := self.to_be_confirmed()) and not given_lately(self.request):
            self._confirm(step)
        else:
            self._hide_password()
        return facts

    def _confirm(self, step: str) -> None:
        """Check the password that was typed; ask for it, if none was."""
        if OWN_PASSWORD not in self.fields:
            self._show_password()
            self.asked = ASKS.format(step)
            self.fields[OWN_PASSWORD].help_text = f"{self.asked}. {WHY}"  # on a phone the heading is out of sight
        elif password := self.cleaned_data.get(OWN_PASSWORD):
            try:
                is_hers = get_adapter().reauthenticate(self.request.user, password)
            except ValidationError as error:
                self.add_error(OWN_PASSWORD, error)
                return
            if is_hers:
                reauthenticate_by_password(self.request)
                self._hide_password()
            else:
                self.add_error(OWN_PASSWORD, get_adapter().validation_error("incorrect_password"))

    def _show_password(self) -> None:
        field = forms.CharField(label="Ditt lösenord", strip=False, help_text=WHY)
        field.error_messages["required"] = WRITE_PASSWORD
        field.widget = forms.PasswordInput({"autocomplete": "current-password"})
        field.validators = [ensure_usable]
        self.fields[OWN_PASSWORD] = field

    def _hide_password(self) -> None:
        self.fields.pop(OWN_PASSWORD, None)
        self.errors.pop(OWN_PASSWORD, None)


def given_lately(request: MemberRequest) -> bool:
    """Whether she has given her password in this session within five minutes, also by signing in."""
    records = get_authentication_records(request, request.user)
    given = [record["at"] for record in records if record["method"] == "password"]
    return bool(given) and time.time() - given[-1] < LATELY
