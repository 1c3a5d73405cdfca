"""Normalizes what people write, so that the same text is stored, measured and compared in one way.

A line break is one sign, å is one sign, and what nobody can see is left out: it comes along when one copies from a
document or a page, and would stand in a heading that cannot be read, turn a line around, or keep a word from being
found. Pure functions; what has been through one of them comes out of it unchanged.
"""

import re
from unicodedata import combining, normalize

LINE_BREAK = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
"""Those of browsers, of Word (its soft one is VT) and of Unicode."""

UNSEEN = re.compile(
    "[\u0001-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
"""Controls, soft hyphens, marks of direction and spaces of no width, and what is no sign: U+FFFE comes along where a
PDF has divided a word. NUL is not among them: it is told of."""

JOINERS = "\u200c\u200d\ufe0e\ufe0f\u034f" + "".join(map(chr, range(0xE0020, 0xE0080)))
"""These hold letters and pictures together, and are nothing by themselves."""

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""What a phone or a document makes of the hyphen in a number, a day or a word to leave out."""

EMPTY_LETTERS = "\u115f\u1160\u180e\u2800\u3164\uffa0\ufffc"
"""Letters and signs of some scripts that are as empty as a space."""

MOST_ACCENTS = 30
LONG_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_ACCENTS + 1},}}")
"""Where more accents than that may stand in a row: pictures do too, and no letters."""


JOINT = re.compile("((?:ing|ion|het|skap)s)(?=[a-zåäö]{4})")
"""Where a long compound has its s: Ordnings|störning, Trafiksäkerhets|arbete."""


def breakable(words: str) -> str:
    """The words with soft hyphens at the joints of long compounds, for where there is little room. Never stored."""
    return JOINT.sub("\\1\u00ad", words)


def normalize_text(typed: str) -> str:
    """A text of several lines: every line break `\\n`, Unicode NFC, nothing unseen, no blanks around it."""
    lines = LINE_BREAK.sub("\n", typed)
    seen = UNSEEN.sub("", lines).strip()
    return composed(seen) if seen.strip(JOINERS + EMPTY_LETTERS + " \t\n") else ""


def normalize_line(typed: str) -> str:
    """One line of text: normalized as a text, where a line break is a blank, and any run of blanks one space."""
    return " ".join(normalize_text(typed).split())


def normalize_heading(typed: str) -> str:
    """One line that begins with a large letter, unless its first word is written otherwise: iPad, e-tjänst."""
    line = normalize_line(typed)
    first = line.partition(" ")[0]
    has_a_way_of_its_own = first != first.lower() or first[1:2] == "-"
    return line if has_a_way_of_its_own else line[:1].upper() + line[1:]


def without_genitive(words: str) -> str:
    """The words without the s of a genitive: Anna and Annas are one, and so are Hans and Han."""
    return words.removesuffix("s")


def composed(text: str) -> str:
    """The text in NFC, in time that grows with its length alone.

    Python sorts the accents of a letter one by one: with a hundred thousand on one it takes minutes. More than thirty
    are no letter (UAX 15, stream-safe text), and the rest of them is left out.
    """
    return LONG_RUN.sub(_thinned, normalize("NFC", LONG_RUN.sub(_thinned, text)))


def _thinned(run: re.Match[str]) -> str:
    kept, accents = [], 0
    for sign in run[0]:
        accents = accents + 1 if combining(sign) else 0
        if accents <= MOST_ACCENTS:
            kept.append(sign)
    return "".join(kept)
