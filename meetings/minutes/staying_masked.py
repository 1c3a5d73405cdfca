"""What is masked in minutes stays so in their next version, also where the text that had it is written anew.

Nowhere is it kept what was masked: it is what a version says and its masked copy does not. A version that corrects
another is masked from the beginning, so all of them are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from base.swedish.passages import MASK, NoPassage, masked, pattern
from meetings.models import AnnexPart, Minutes
from meetings.models.fixed import NO_WORDS

Of = int | None
"""The issue that a part is about: a masking reaches all of what is about it, or nothing."""


@dataclass(frozen=True)
class StayingMasked:
    """What of minutes is masked in any of their versions.

    standing  the texts that are read in the latest version, which stand as they are
    whole     texts that something is masked in, each as it is read
    passages  what is masked in them, as patterns
    """

    standing: Set[tuple[Of, str]]
    whole: Mapping[tuple[Of, str], str]
    passages: Mapping[Of, Set[str]]

    @classmethod
    def of(cls, versions: Iterable[Minutes | AnnexPart], base: dict[str, Any]) -> StayingMasked:
        """As the versions say; `base` is what is read of the latest."""
        whole: dict[tuple[Of, str], str] = {}
        passages: dict[Of, set[str]] = {}
        for minutes in versions:
            if minutes.masked_copy:
                for of, was, read in _masks(minutes.content, minutes.masked_copy.content):
                    whole[of, was] = read
                    passages[of] = {*passages.get(of, ()), *_passages(was, read)}
        return cls(set(_texts(base)) if whole else set(), whole, passages)

    def masked(self, told: Any, of: Of = None) -> Any:
        """The same content, with what is masked so."""
        if not self.whole:
            return told
        match told:
            case dict():
                of = told.get("of") or of
                return {name: part if name in NO_WORDS else self.masked(part, of) for name, part in told.items()}
            case list():
                return [self.masked(part, of) for part in told]
            case str() if (of, told) not in self.standing:
                return self._text(told, of)
        return told

    def _text(self, text: str, of: Of) -> str:
        """What is about no issue is masked in all of the minutes."""
        for about in (of, None):
            if (about, text) in self.whole:
                return self.whole[about, text]
        for passage in self.passages.get(of, set()) | self.passages.get(None, set()):
            text = masked(passage, text)
        return text


def _masks(was: Any, read: Any, of: Of = None) -> Iterator[tuple[Of, str, str]]:
    """Each text in which something is masked, with how it is read; both are built alike."""
    match was:
        case dict():
            of = was.get("of") or of
            for name, part in was.items():
                yield from _masks(part, read[name], of)
        case list():
            for one, other in zip(was, read, strict=True):
                yield from _masks(one, other, of)
        case str() if was != read:
            yield of, was, read


def _texts(told: Any, of: Of = None) -> Iterator[tuple[Of, str]]:
    match told:
        case dict():
            of = told.get("of") or of
            for part in told.values():
                yield from _texts(part, of)
        case list():
            for part in told:
                yield from _texts(part, of)
        case str():
            yield of, told


def _passages(was: str, read: str) -> Iterator[str]:
    """The patterns of what stands where the masks do."""
    found = re.fullmatch("(.+?)".join(map(re.escape, read.split(MASK))), was, re.DOTALL)
    for passage in found.groups() if found else ():
        if MASK not in passage:
            try:
                yield pattern(passage, longest=len(passage))
            except NoPassage:  # a sign or two, that say nothing by themselves
                continue
