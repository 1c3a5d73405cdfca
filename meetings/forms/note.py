from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from base.records.freetext import FreeTextFormField
from meetings.forms.kept import KeptForm
from meetings.models import AgendaItem, NoteConflict
from members.actor import Actor
from members.models import Member

EMPTIED = "Ingenting. Noteringen är tömd."


class ItemNoteForm(KeptForm):
    """Saves the note of an item over the version it was written on, so that two writers never overwrite each other."""

    told_after: tuple[str, ...] = ("note",)  # a script saves it as it is typed
    text_field = "note"

    note = FreeTextFormField(
        label="Notering", max_length=8000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, item: AgendaItem, by: Member, **kwargs: Any) -> None:
        self.item, self.by, self.theirs, self.told_of = item, by, "", str(item.pk)
        kwargs["initial"] = {"note": item.note, "version": str(item.note_version), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def newest(self) -> int:
        return self.item.note_version

    def save(self) -> AgendaItem:
        """Save the note. Raises NoteConflict, and NotAllowed when the meeting is not under way."""
        note, actor = self.cleaned_data["note"], Actor.of(self.by)
        self.item.write_note(text=note, version=self.written_on, by=actor)
        return self.item

    def refuse(self, error: ValidationError) -> None:
        """Add the refusal to the form; after a conflict with both texts, so that the next saving is over it."""
        if isinstance(error, NoteConflict):
            self.initial["version"], self.theirs = str(error.version), error.theirs or EMPTIED
            self.add_error("note", error)
        else:
            super().refuse(error)
