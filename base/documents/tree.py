"""The content of a document, block by block in order. How it looks is for the PDF and Word writers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from base.swedish.text import UNSEEN, composed

NO_TEXT = re.compile(
    "[\x00\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Half a pair, and what Unicode will never make a sign of: no file takes them. A sign that Python does not know yet is
a sign."""
TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f)|[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]")
"""Letters that nobody sees: what they spell after a black flag makes it that of Scotland, else they hide a text."""
MISSING = "\N{DOTTED SQUARE}"


@dataclass(frozen=True)
class Subheading:
    """A heading inside the document: `level` 2 is a section, 3 an item of it; the document's title is the only 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, as somebody wrote it, line breaks kept.

    `lead` stands in bold before it, and a bar marks the two: what one looks for in the document. `soft` is said in
    passing; what `leads_on` stays on the page of what comes after it, as a heading does. What is `struck` holds no
    longer: its bar is thin and its text struck through.
    """

    text: str
    lead: str = ""
    soft: bool = False
    leads_on: bool = False
    struck: bool = False


@dataclass(frozen=True)
class Facts:
    """A list of facts, as time and place: each a name and its value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table. `share` is its part of the width, relative to the other columns."""

    title: str
    share: int = 1


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Subheading | Paragraph | Facts | Table


@dataclass(frozen=True)
class Sender:
    """The sender of a document. `logotype` is a PNG; without one the name is set as a wordmark.

    `contact` is whom one turns to, and `caveat` what is to be known of the content: both stand after the name at the
    foot of every page.
    """

    name: str
    logotype: bytes | None = None
    caveat: str = ""
    contact: str = ""

    @property
    def foot(self) -> str:
        return ". ".join(filter(None, (self.name, self.contact, self.caveat)))


@dataclass(frozen=True)
class Mark:
    """What a document that is not the thing itself is marked with, a draft or a masked copy, and the sentence of why.

    The word stands on every page, the sentence on the first.
    """

    word: str
    why: str


@dataclass(frozen=True)
class Document:
    """A whole document. `about` names its subject, the meeting."""

    title: str
    about: str
    sender: Sender
    day: date
    made_at: datetime
    blocks: tuple[Block, ...]
    mark: Mark | None = None


def as_text(typed: str) -> str:
    """The text to set: normalized to NFC with `\\n` for line breaks, less what cannot be seen.

    What was typed never becomes nothing: a heading of only such signs is a dotted square.
    """
    lines = "\n".join(composed(typed).splitlines()).replace("\t", " ")
    seen = TAGS.sub(r"\1", NO_TEXT.sub("", UNSEEN.sub("", lines)))
    return seen if seen.strip() or not typed.strip() else MISSING
