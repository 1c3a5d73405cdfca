"""The forms that write a note in an issue, correct it and take it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.ui.fields import VersionField, field_of
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from issues.models import Issue, Note
from members.actor import Actor
from members.models import Member

WHO_READS = (
    "Läses av gruppens medlemmar, inte av handläggare eller läsare och inte i något dokument. "
    "Skriv om platsen och läget, aldrig om personer."
)


class NoteForm(RegisterForm):
    """Writes a note in an issue."""

    text = field_of(Note, "text", label="Anteckning", widget=forms.Textarea(attrs={"rows": 4}), help_text=WHO_READS)

    missing = {"text": "Skriv en anteckning."}
    submit_label = "Spara anteckningen"

    def __init__(self, *args: Any, issue: Issue, by: Member, **kwargs: Any) -> None:
        self.issue, self.by = issue, by
        super().__init__(*args, **kwargs)

    def save(self) -> Note:
        return Note.write(self.issue, text=self.cleaned_data["text"], by=Actor.of(self.by))

    def receipt(self, saved: Note) -> str:
        return "Anteckningen är sparad."

    def undo(self, saved: Note) -> Undo:
        return Undo(reverse("issues:note_withdraw", args=[saved.pk]), {"version": saved.version})


class NoteCorrectForm(NoteForm):
    """Corrects one's own note."""

    version = VersionField()

    def __init__(self, *args: Any, note: Note, by: Member, **kwargs: Any) -> None:
        self.note = note
        initial = {"text": note.text, "version": note.version}
        super().__init__(*args, issue=note.issue, by=by, initial=initial, **kwargs)

    @property
    def written_row(self) -> Note:
        return self.note

    def save(self) -> Note:
        words, version = self.cleaned_data["text"], self.cleaned_data["version"]
        self.note.correct(text=words, by=Actor.of(self.by), version=version)
        return self.note

    def receipt(self, saved: Note) -> str:
        return "Anteckningen är rättad."

    def undo(self, saved: Note) -> None:  # type: ignore[override]  # what stood before she has not at hand
        return None


class NoteWithdrawForm(RegisterForm):
    """Takes one's own note back, with one tap."""

    version = VersionField()

    def __init__(self, *args: Any, note: Note, by: Member, **kwargs: Any) -> None:
        self.note, self.by = note, by
        super().__init__(*args, **kwargs)

    def save(self) -> Note:
        self.note.withdraw(by=Actor.of(self.by), version=self.cleaned_data["version"])
        return self.note

    def receipt(self, saved: Note) -> str:
        return "Anteckningen är tillbakatagen."
