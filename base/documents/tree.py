"""The content of a document, block by block in order. How it looks is for the PDF and Word writers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

NO_TEXT = {"Cc", "Cf", "Cs"}
"""Control and half a pair: no file takes them. What only formats (Cf) comes along with what is pasted: it hides a word
from the search, or turns it round so that it reads as another. A sign that Python does not know yet is a sign."""
MISSING = "\N{DOTTED SQUARE}"
JOINERS = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}
"""Unseen too, but a family of emojis and many scripts are spelt with them."""


@dataclass(frozen=True)
class Subheading:
    """A heading inside the document: `level` 2 is a section, 3 an item of it; the document's title is the only 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, as somebody wrote it, line breaks kept.

    `lead` stands in bold before it, and a bar marks the two: what one looks for in the document. `soft` is said in
    passing; what `leads_on` stays on the page of what comes after it, as a heading does.
    """

    text: str
    lead: str = ""
    soft: bool = False
    leads_on: bool = False


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

    `caveat` stands after the name at the foot of every page.
    """

    name: str
    logotype: bytes | None = None
    caveat: str = ""

    @property
    def foot(self) -> str:
        return f"{self.name}. {self.caveat}" if self.caveat else self.name


@dataclass(frozen=True)
class Document:
    """A whole document. `about` names its subject, the meeting; `draft` says why it is one, else it is empty."""

    title: str
    about: str
    sender: Sender
    day: date
    made_at: datetime
    blocks: tuple[Block, ...]
    draft: str = ""


def as_text(typed: str) -> str:
    """The text to set: normalized to NFC with `\\n` for line breaks, less what cannot be seen.

    What was typed never becomes nothing: a heading of only such signs is a dotted square.
    """
    lines = "\n".join(unicodedata.normalize("NFC", typed).splitlines()).replace("\t", " ")
    seen = "".join(sign for sign in lines if sign == "\n" or _is_visible(sign))
    return seen if seen.strip() or not typed.strip() else MISSING


def _is_visible(sign: str) -> bool:
    return sign in JOINERS or not (unicodedata.category(sign) in NO_TEXT or _is_no_sign(ord(sign)))


def _is_no_sign(code: int) -> bool:
    """Whether Unicode will never make a sign of it: the last two of each plane, and thirty-two more."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
