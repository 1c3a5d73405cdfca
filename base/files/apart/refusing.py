"""How the program that looks into a file says what it found: what it made of it, or one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

TAKEN = "PDF, bilder (JPEG, PNG, WebP, HEIC) och dokument från Word, Excel, PowerPoint och LibreOffice"
BROKEN = "Filen går inte att läsa, den är trasig eller avbruten. Öppna den, spara den på nytt och välj den igen."
TOO_MUCH = "Filen är för stor när den packas upp. Minska den, eller spara den som PDF."


class RefusedError(Exception):
    """Why the file is not taken, as a sentence with what to do instead."""


@dataclass(frozen=True)
class Made:
    """What is kept of a file.

    kind      a value of `base.files.kinds.FileKind`
    content   the bytes, made anew
    notes     sentences on what did not come along
    position  latitude and longitude that a picture said of itself; its metadata are not in the bytes
    """

    kind: str
    content: bytes
    notes: list[str] = field(default_factory=list)
    position: tuple[float, float] | None = None


def not_taken(what: str) -> RefusedError:
    """The refusal of another kind of file: ”Filen är en webbsida.”"""
    return RefusedError(f"{what} Det går att lägga till {TAKEN}.")
