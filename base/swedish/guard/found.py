"""What the guard finds: a kind and where it stands."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What was found. The values are told by `check_guard`; the order is the order of which wins where two overlap."""

    EMAIL = "email"
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    PHONE = "phone"
    PLATE = "plate"
    NAME = "name"

    @property
    def is_hint(self) -> bool:
        """Whether it is guessed from how words are written, and said more softly."""
        return self is Kind.NAME


class Found(NamedTuple):
    """Something found in a text: its kind, and where it begins and ends, in code points, the end not included."""

    kind: Kind
    start: int
    end: int
