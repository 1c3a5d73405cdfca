"""What the guard finds in a text, as a form asks about it: the words, why, and what becomes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.utils.crypto import salted_hmac

from base.records.personal_data import Finder
from base.swedish.guard import Kind
from base.swedish.guard.folding import fold
from base.swedish.text import without_genitive
from base.swedish.words import capital

MOST = 20
"""Findings in one text that are asked about each by itself; all further ones are asked about together."""
SIDE = 40
"""Signs of the text that are shown on either side of what was found."""

KEEP, REMOVE, ASKED = "keep", "remove", "asked"
"""The answers, as a form sends them; ASKED where it was shown and nothing was chosen: then it is kept."""


class SaidOfKind(NamedTuple):
    """Why words of a kind are asked about, and the neutral word that is put in their place."""

    why: str
    neutral: str


SAID = {
    Kind.EMAIL: SaidOfKind("ser ut som en e-postadress", "[e-postadress]"),
    Kind.PERSONNUMMER: SaidOfKind("ser ut som ett personnummer", "[personnummer]"),
    Kind.SAMORDNINGSNUMMER: SaidOfKind("ser ut som ett samordningsnummer", "[samordningsnummer]"),
    Kind.PHONE: SaidOfKind("ser ut som ett telefonnummer", "[telefonnummer]"),
    Kind.PLATE: SaidOfKind("ser ut som ett registreringsnummer", "[registreringsnummer]"),
    Kind.NAME: SaidOfKind("kan vara ett namn", "[namn]"),
}
HOME = SaidOfKind("kan vara någons adress", "[adress]")
"""Of what is found as a name for somebody lives there: bor på Storgatan 4."""


@dataclass(frozen=True)
class FoundWords:
    """Words that the guard has found in a text.

    field   the name of the text in the page
    number  which it is of those with the same words in the text, from nought
    rank    which it is of all in the text
    is_masked  whether it has been masked where the text stands, and can only be removed
    """

    kind: Kind
    start: int
    end: int
    text: str = field(repr=False)
    field: str
    number: int = 0
    rank: int = 0
    answer: str = ""
    is_masked: bool = False

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @cached_property
    def digest(self) -> str:
        """The digest of the kind and the words, with the register's key: the same however they are written."""
        plain = fold(self.words).text.casefold()
        # A number is the same however it is divided; of a name the words are, also in the genitive.
        is_name = self.kind.is_hint
        same = without_genitive(" ".join(plain.split())) if is_name else "".join(filter(str.isalnum, plain))
        return salted_hmac("guard", f"{self.kind} {same}", algorithm="sha256").hexdigest()

    @property
    def name(self) -> str:
        """The name in the page of the answer to it."""
        return f"{self.field}-{self.digest[:16]}-{self.number}" if self.rank < MOST else f"{self.field}-rest"

    @property
    def is_asked(self) -> bool:
        """Whether nobody has seen it yet."""
        return not self.answer

    @property
    def is_shown(self) -> bool:
        """Whether it is shown whatever she has kept before: it is answered, or cannot be kept."""
        return self.is_masked or not self.is_asked

    @property
    def is_kept(self) -> bool:
        """Whether it was chosen to keep it."""
        return self.answer == KEEP

    @property
    def said(self) -> SaidOfKind:
        is_home = self.kind is Kind.NAME and any(map(str.isdecimal, self.words))
        return HOME if is_home else SAID[self.kind]

    @property
    def why(self) -> str:
        """Why it is asked about, as a sentence."""
        return f"{capital(self.said.why)}.{' Det har maskerats här.' if self.is_masked else ''}"

    @property
    def before(self) -> str:
        """What stands before it, from the beginning of a word."""
        side = self.text[max(0, self.start - SIDE) : self.start]
        return side if self.start <= SIDE else f"… {side.split(maxsplit=1)[-1] if ' ' in side.strip() else side}"

    @property
    def after(self) -> str:
        """What stands after it, to the end of a word."""
        side = self.text[self.end : self.end + SIDE]
        return side if len(self.text) <= self.end + SIDE else f"{side.rsplit(maxsplit=1)[0] if ' ' in side else side} …"

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins and ends as a browser counts, which takes some signs as two."""
        return _units(self.text[: self.start]), _units(self.text[: self.end])


@dataclass(frozen=True)
class FoundInField:
    """All that is asked about in one text. `field`: the name of its control, `control`: its id."""

    field: str
    control: str
    label: str
    all: list[FoundWords]

    @property
    def each(self) -> list[FoundWords]:
        """Those that are asked about each by itself."""
        return self.all[:MOST]

    @property
    def rest(self) -> list[FoundWords]:
        """Those that are asked about together."""
        return self.all[MOST:]

    def without(self, kept: Collection[tuple[str, str]], *, of: str) -> FoundInField:
        """The same without what is kept, each with the kind of text: those that are asked about here by digest."""
        left = [one for one in self.all if one.is_shown or (of, one.digest) not in kept]
        return replace(self, all=left)


def found_in(text: str, name: str, *, before: str = "", finder: Finder | None = None) -> list[FoundWords]:
    """What is found in the text of that name in the page, less what is found in the one before.

    A form hands in one finder for all of its texts, so that the names that the register knows are read once.
    """
    finder = finder or Finder()
    met = [FoundWords(*found, text=text, field=name) for found in finder.find(text)]
    earlier = finder.find(before) if met and before else []
    known = {FoundWords(*found, text=before, field=name).digest for found in earlier}
    return numbered(found for found in met if found.digest not in known)


def numbered(all_found: Iterable[FoundWords]) -> list[FoundWords]:
    """The same, each with its number and rank."""
    met: Counter[str] = Counter()
    listed = []
    for rank, found in enumerate(all_found):
        listed.append(replace(found, number=met[found.digest], rank=rank))
        met[found.digest] += 1
    return listed


def without_removed(all_found: list[FoundWords], text: str) -> tuple[str, list[FoundWords]]:
    """The text with a neutral word for each that is to be removed, and the others where they then stand."""
    parts, left, end, moved = [], [], 0, 0
    for found in all_found:
        if found.answer == REMOVE:
            parts += [text[end : found.start], found.said.neutral]
            end, moved = found.end, moved + len(found.said.neutral) - len(found.words)
        else:
            left.append(replace(found, start=found.start + moved, end=found.end + moved))
    whole = "".join([*parts, text[end:]])
    return whole, numbered(replace(found, text=whole) for found in left)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
