"""A form field for files: each goes through the gate by itself, and one that is refused takes no other with it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from base.files.gate import SECONDS_IN_ALL, ClearedFile, clear_sent
from base.files.kinds import ACCEPT
from base.swedish.text import normalize_line
from base.swedish.words import listed

MOST_AT_ONCE = 20
SECONDS = 10
"""For all files of a form; what has not been looked into then is asked for again."""
NOT_REACHED = "Den hann inte granskas tillsammans med de andra. Välj den igen."
CHOOSE_AGAIN = "Webbläsaren behåller inte filer, så välj dem igen."


@dataclass(frozen=True)
class RefusedFile:
    """A file that did not pass the gate: what it was called, and why in a sentence."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


@dataclass(frozen=True)
class ChosenFiles:
    """What became of the files that were chosen."""

    cleared: Sequence[ClearedFile] = ()
    refused: Sequence[RefusedFile] = ()

    @property
    def told(self) -> list[str]:
        """What is to be told of them: of each why it was refused, or what did not come along."""
        notes = [f"{cleared.name}: {' '.join(cleared.notes)}" for cleared in self.cleared if cleared.notes]
        return [*map(str, self.refused), *notes]


class FilesInput(forms.FileInput):
    """The browser's own field, by which a telephone offers its camera too."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPT, "multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files of the name, also where a program has made them a plain dict."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files. Its value are ChosenFiles; where all were refused the field is wrong, and says why of each."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        most = filesizeformat(settings.MOST_BYTES_OF_A_FILE)
        told = f"PDF, bilder och dokument från Word, Excel, PowerPoint eller LibreOffice, högst {most} var."
        super().__init__(**{"allow_empty_file": True, "help_text": told, **options})

    def clean(self, data: Any, initial: Any = None) -> ChosenFiles:
        sent: list[UploadedFile[Any]] = [one for one in data or () if one]
        if not sent and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(sent) > MOST_AT_ONCE:
            raise ValidationError(f"Välj högst {MOST_AT_ONCE} filer åt gången.")
        chosen = _looked_into(sent)
        if chosen.refused and not chosen.cleared:
            raise ValidationError([*chosen.told, *([CHOOSE_AGAIN] if len(sent) > 1 else [])])
        return chosen


def _looked_into(sent: Sequence[UploadedFile[Any]]) -> ChosenFiles:
    began, cleared, refused = time.monotonic(), [], []
    for file in sent:
        try:
            if time.monotonic() > began + SECONDS:
                raise ValidationError(NOT_REACHED)
            cleared.append(clear_sent(file, ends=began + SECONDS_IN_ALL))
        except ValidationError as error:
            refused.append(RefusedFile(normalize_line((file.name or "")[:200]) or "Fil", " ".join(error.messages)))
    return ChosenFiles(cleared, refused)


def named(files: Sequence[Any]) -> str:
    """The names of files in a sentence: ”a.pdf” och ”b.pdf”."""
    return listed([f"”{file.name}”" for file in files])
