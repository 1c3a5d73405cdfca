"""The form that asks whether a document is one that the register keeps. It is read through and kept nowhere."""

from __future__ import annotations

from functools import cached_property
from io import BufferedIOBase
from typing import Any

from django import forms

from base.ui.forms import RegisterFormMixin
from meetings.minutes.verifying import digest_of_file


class VerifyForm(RegisterFormMixin):
    """Reads the file that somebody has, and gives its sum."""

    key = None
    missing = {"file": "Välj filen som ska kontrolleras."}
    submit_label = "Kontrollera"

    file = forms.FileField(
        label="Fil",
        help_text="Den PDF, Word-fil eller ZIP-fil (paket för e-arkivet) som du har fått. Den sparas inte.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.zip"}),
        allow_empty_file=True,
    )

    @property
    def document(self) -> BufferedIOBase:
        file: Any = self.cleaned_data["file"]
        document: BufferedIOBase = file.file
        return document

    @cached_property
    def digest(self) -> str:
        self.document.seek(0)
        return digest_of_file(self.document)
