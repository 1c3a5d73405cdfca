"""Which sign is read as which: one rule, for what the guard asks about and for what masking finds.

４ is 4, О of the Cyrillic is O, every dash is a hyphen; what cannot be seen is nothing.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from base.swedish.text import DASHES, EMPTY_LETTERS, JOINERS, LINE_BREAK, UNSEEN

CYRILLIC = ("АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx")
GREEK = ("ΑΒΕΗΙΚΜΝΟΡΤΥΧΖο", "ABEHIKMNOPTYXZo")
OTHER_ALPHABETS = str.maketrans(CYRILLIC[0] + GREEK[0], CYRILLIC[1] + GREEK[1])
"""Letters of other alphabets that cannot be told from ours."""
ALSO_DASHES = "\u30fc"
AS_DIGITS = str.maketrans("OoIl", "0011")
"""Letters that are typed for a digit."""


def _alike(sign: str) -> str:
    """The sign that a reader sees, one or none. Signs of ASCII are themselves."""
    if LINE_BREAK.fullmatch(sign):
        return "\n"
    if sign in JOINERS or sign in EMPTY_LETTERS or UNSEEN.match(sign):
        return ""
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    seen = unicodedata.normalize("NFKC", sign).translate(OTHER_ALPHABETS)
    if len(seen) > 1:
        return sign
    if seen in DASHES or seen in ALSO_DASHES or unicodedata.category(seen) == "Pd":
        return "-"
    return " " if seen.isspace() else seen


PLANES = (range(0x80, 0x20000), range(0xE0000, 0xE0200))
"""Where the signs are that are read as another; between them are signs that nobody takes for one of ours."""
ALIKE = {code: alike for code in chain(*PLANES) if (alike := _alike(chr(code))) != chr(code)}
"""Every sign that is read as another, by its number, for `str.translate`."""


def _written() -> dict[str, str]:
    written: defaultdict[str, str] = defaultdict(str)
    for code, alike in ALIKE.items():
        written[alike] += chr(code)
    return dict(written)


WRITTEN = _written()
"""How else a sign may be written, and what is none."""
MARKS = "".join(chr(code) for code in chain(*PLANES) if unicodedata.category(chr(code))[0] == "M")
"""What may stand on a sign: an accent, the frame of a key."""


def among(signs: Iterable[str]) -> str:
    """The signs, as they stand between the brackets of a regular expression: in Python and in PostgreSQL."""
    spans: list[list[int]] = []
    for code in sorted(set(map(ord, signs))):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join("-".join(_escaped(chr(code)) for code in dict.fromkeys(span)) for span in spans)


def _escaped(sign: str) -> str:
    return f"\\{sign}" if sign in "\\^-[]" else sign
