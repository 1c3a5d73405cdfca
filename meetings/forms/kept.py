"""The base of what is saved as one types in the room, over the version that it was written on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records.guards import tell_refusals
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.templatetags.house import field_found
from members.models import Member


def as_version(typed: str) -> int:
    """The version that a form carries; nought of what is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class KeptForm(RegisterForm):
    """Saves texts while they are written, for a script that asks for it and is answered in JSON."""

    version = VersionField()
    by: Member
    theirs: str = ""  # what another has written meanwhile

    @property
    def text_field(self) -> str:
        """The name of the field that the reply is about; empty where all is chosen."""
        raise NotImplementedError

    @property
    def newest(self) -> int | str:
        """The version of what is saved."""
        raise NotImplementedError

    @property
    def written_on(self) -> int:
        """The version that the texts were written on."""
        return as_version(self.cleaned_data["version"])

    def keep(self) -> bool:
        """Save what was typed and return whether it was saved; `reply` says why not."""
        try:
            with tell_refusals():
                is_valid = self.is_valid()
                self.leave_out_kept(self.by.pk)
                return is_valid and bool(self._save_kept())
        except ValidationError as error:
            self.refuse(error)
            return False

    @transaction.atomic
    def _save_kept(self) -> Any:
        saved = self.save()
        self.remember_kept(self.by.pk)
        return saved

    @property
    def reply(self) -> dict[str, str]:
        """The answer to the script: a message, the version now, after a conflict the other's text, and what the guard
        has found in hers, as markup."""
        wrong = " ".join(str(error) for errors in self.errors.values() for error in errors)
        version = str(self["version"].value()) if wrong else str(self.newest)
        told = {"message": wrong or self.receipt(None), "version": version, "theirs": self.theirs}
        return {**told, "found": field_found(self[self.text_field]) if self.text_field else ""}

    def receipt(self, saved: Any) -> str:
        return f"Sparat {timezone.localtime():%H.%M}."
