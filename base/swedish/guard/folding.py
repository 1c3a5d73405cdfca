"""Folds a text for reading by machine: every digit, dash and blank one sign, letters that look alike one letter.

What is found in the folded text is told by where it stands in the text as it was written.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from base.swedish.text import DASHES, EMPTY_LETTERS, JOINERS, UNSEEN

CYRILLIC = ("АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx")
GREEK = ("ΑΒΕΗΙΚΜΝΟΡΤΥΧΖο", "ABEHIKMNOPTYXZo")
LOOK_ALIKE = str.maketrans(CYRILLIC[0] + GREEK[0], CYRILLIC[1] + GREEK[1])
"""Letters of other alphabets that cannot be told from ours."""
ALSO_DASHES = "\ufe58\ufe63\uff0d\u30fc"
PLUS = "\uff0b\u207a"


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
            signs[-1] = _with_accent(signs[-1], sign)
            folded.ends[-1] = place + 1
        elif alike := _alike(sign):
            signs.append(alike)
            folded.begins.append(place)
            folded.ends.append(place + 1)
    return folded._replace(text="".join(signs))


def _with_accent(letter: str, accent: str) -> str:
    """The letter that the two are; a digit, and a letter that there is none of with that accent, lose it."""
    both = unicodedata.normalize("NFC", letter + accent)
    return both if len(both) == 1 and not letter.isdigit() else letter


@lru_cache(maxsize=4096)
def _alike(sign: str) -> str:
    """The sign that a reader sees, one or none: ４ is 4, О of the Cyrillic is O, what cannot be seen is left out."""
    if sign.isascii():
        return "" if sign == "\r" else sign
    if sign in JOINERS or sign in EMPTY_LETTERS or UNSEEN.match(sign):
        return ""
    if sign in DASHES or sign in ALSO_DASHES:
        return "-"
    if sign in PLUS:
        return "+"
    if sign.isspace():
        return "\n" if sign in "\u2028\u2029\u0085" else " "
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    seen = unicodedata.normalize("NFKC", sign).translate(LOOK_ALIKE)
    return seen if len(seen) == 1 else sign
