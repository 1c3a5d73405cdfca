"""Folds a text for reading by machine: every digit, dash and blank one sign, letters that look alike one letter.

What is found in the folded text is told by where it stands in the text as it was written.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from base.swedish.text import DASHES, UNSEEN

CYRILLIC = ("АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx")
GREEK = ("ΑΒΕΗΙΚΜΝΟΡΤΥΧΖο", "ABEHIKMNOPTYXZo")
LOOK_ALIKE = str.maketrans(CYRILLIC[0] + GREEK[0], CYRILLIC[1] + GREEK[1])
"""Letters of other alphabets that cannot be told from ours."""
JOINERS = "\u200c\u200d\ufe0e\ufe0f\u034f"
ALSO_DASHES = "\ufe58\ufe63\uff0d\u30fc"
PLUS = "\uff0b\u207a"


class Folded(NamedTuple):
    """The folded text, and for each sign of it where it stands in the text as written."""

    text: str
    at: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where what stands from start up to end in the folded text stands in the one that was written."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """The text folded, in one pass. Letters keep their case and their accents."""
    if text.isascii():
        return Folded(text, list(range(len(text))))
    signs, at = [], []
    for place, sign in enumerate(text):
        if sign.isascii() or sign in "åäöÅÄÖéÉ":
            signs.append(sign)
            at.append(place)
        elif alike := _alike(sign):
            signs.append(alike)
            at.append(place)
    return Folded("".join(signs), at)


@lru_cache(maxsize=4096)
def _alike(sign: str) -> str:
    """The sign that a reader sees, one or none: ４ is 4, О of the Cyrillic is O, what cannot be seen is left out."""
    if sign in JOINERS or UNSEEN.match(sign):
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
