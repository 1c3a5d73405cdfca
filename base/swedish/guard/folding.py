"""Folds a text for reading by machine: every digit, dash and blank one sign, letters that look alike one letter.

What is found in the folded text is told by where it stands in the text as it was written.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from base.swedish.alike import ALIKE


class Folded(NamedTuple):
    """The folded text, and for each sign of it where it begins and ends in the text as written."""

    text: str
    begins: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where what stands from start up to end in the folded text stands in the one that was written."""
        return self.begins[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """The text folded, in one pass. Letters keep their case and their accents, also loose ones; digits lose theirs."""
    if text.isascii() and "\r" not in text:
        return Folded(text, list(range(len(text))), list(range(1, len(text) + 1)))
    folded = Folded("", [], [])
    signs: list[str] = []
    for place, sign in enumerate(text):
        if signs and signs[-1].isalnum() and unicodedata.category(sign).startswith("M"):
            signs[-1] = unicodedata.normalize("NFC", signs[-1] + sign)[0]  # without it, where the two make no letter
            folded.ends[-1] = place + 1
        elif alike := _alike(sign, text[place + 1 : place + 2]):
            signs.append(alike)
            folded.begins.append(place)
            folded.ends.append(place + 1)
    return folded._replace(text="".join(signs))


def _alike(sign: str, after: str) -> str:
    if sign == "\r":
        return "" if after == "\n" else "\n"
    return ALIKE.get(ord(sign), sign)
