"""The forms that follow a version to the diarium: each is one button."""

from __future__ import annotations

from typing import Any

from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.models import Minutes, RegistryEntry
from meetings.registry import mail_registrar, mark_registered, take_back_registered
from meetings.texts.registry import receipt
from members.actor import Actor
from members.models import Member


class RegistryStepForm(RegisterForm):
    """The base of them."""

    def __init__(self, *args: Any, minutes: Minutes, by: Member, **kwargs: Any) -> None:
        self.minutes, self.by = minutes, by
        super().__init__(*args, **kwargs)

    def receipt(self, saved: RegistryEntry) -> str:
        return receipt(saved)


class RegisteredForm(RegistryStepForm):
    """Notes that the version is registered, by the number that the page showed."""

    version = VersionField()

    def save(self) -> RegistryEntry:
        """Raises Conflict, EditConflict, NotAllowed."""
        return mark_registered(self.minutes, by=Actor.of(self.by), version=self.cleaned_data["version"])


class TakeBackRegisteredForm(RegistryStepForm):
    """Takes that back."""

    def save(self) -> RegistryEntry:
        """Raises Conflict, NotAllowed."""
        return take_back_registered(self.minutes, by=Actor.of(self.by))


class MailRegistrarForm(RegistryStepForm):
    """Mails the version to the registrar."""

    def save(self) -> RegistryEntry:
        """Raises Conflict, NotAllowed."""
        return mail_registrar(self.minutes, by=Actor.of(self.by))
