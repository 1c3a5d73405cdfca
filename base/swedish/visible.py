"""What nobody can see in a text: it comes along when one copies from a document or a page, and would stand in a heading
that cannot be read, turn a line around, or keep a word from being found."""

import re

UNSEEN = re.compile(
    "[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""Controls, soft hyphens, marks of direction and spaces of no width. NUL is not among them: it is told of."""

JOINERS = "\u200c\u200d\ufe0e\ufe0f\u034f" + "".join(map(chr, range(0xE0020, 0xE0080)))
"""These hold letters and pictures together, and are nothing by themselves."""

BLANKS = " \t\r\n\u00a0\u115f\u1160\u180e\u2028\u2029\u2800\u3164\uffa0\ufffc"
"""Spaces, and the letters of some scripts that are as empty."""


def visible(text: str) -> str:
    """The text without them; nothing at all where nothing is left to see."""
    seen = UNSEEN.sub("", text)
    return seen if seen.strip(JOINERS + BLANKS) else ""
