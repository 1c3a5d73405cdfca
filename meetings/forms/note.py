from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records.freetext import FreeTextFormField
from base.records.guards import tell_refusals
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.templatetags.house import field_found
from meetings.models import AgendaItem, NoteConflict
from members.actor import Actor
from members.models import Member

EMPTIED = "Ingenting. Noteringen är tömd."


class ItemNoteForm(RegisterForm):
    """Saves the note of an item over the version it was written on, so that two writers never overwrite each other."""

    told_after = ("note",)  # a script saves it as it is typed

    note = FreeTextFormField(
        label="Notering", max_length=8000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    version = VersionField()

    def __init__(self, *args: Any, item: AgendaItem, by: Member, **kwargs: Any) -> None:
        self.item, self.by, self.theirs, self.told_of = item, by, "", str(item.pk)
        kwargs["initial"] = {"note": item.note, "version": str(item.note_version), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def save(self) -> AgendaItem:
        """Save the note. Raises NoteConflict, and NotAllowed when the meeting is not under way."""
        typed = self.cleaned_data["version"]
        version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
        self.item.write_note(text=self.cleaned_data["note"], version=version, by=Actor.of(self.by))
        return self.item

    def keep(self) -> bool:
        """Save the note and return whether it was saved; `reply` says why not."""
        try:
            with tell_refusals():
                is_valid = self.is_valid()
                self.leave_out_kept(self.by.pk)
                return is_valid and bool(self._save_kept())
        except ValidationError as error:
            self.refuse(error)
            return False

    @transaction.atomic
    def _save_kept(self) -> AgendaItem:
        item = self.save()
        self.remember_kept(self.by.pk)
        return item

    @property
    def reply(self) -> dict[str, str]:
        """The answer to the script: a message, the note's version now, after a conflict the other's text, and what the
        guard has found in hers, as markup."""
        wrong = " ".join(str(error) for errors in self.errors.values() for error in errors)
        version = str(self["version"].value()) if wrong else str(self.item.note_version)
        found = field_found(self["note"])
        told = {"message": wrong or self.receipt(self.item), "version": version, "theirs": self.theirs}
        return {**told, "found": found}

    def receipt(self, saved: AgendaItem) -> str:
        return f"Sparat {timezone.localtime():%H.%M}."

    def refuse(self, error: ValidationError) -> None:
        """Add the refusal to the form; after a conflict with both texts, so that the next saving is over it."""
        if isinstance(error, NoteConflict):
            self.initial["version"], self.theirs = str(error.version), error.theirs or EMPTIED
            self.add_error("note", error)
        else:
            super().refuse(error)
