"""Names that need not be told of: those that the register has itself, of its places, organisations and members."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from base.swedish.guard.found import Found, Kind
from base.swedish.text import without_genitive

WORD = re.compile(r"[^\W_]+")


class KnownNames:
    """Names by their words: whatever their capitals, blanks and dashes, and with the s of a genitive."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {tuple(WORD.findall(name.lower())) for name in names} - {()}
        self._lengths = sorted({len(name) for name in self._names})

    def without(self, text: str, found: list[Found]) -> list[Found]:
        """What was found in the text, less the names that are one of these or a part of one that stands there."""
        words = [(one[0].lower(), one.start()) for one in WORD.finditer(text)]
        starts = [start for _, start in words]
        return [one for one in found if one.kind is not Kind.NAME or not self._is_known(words, starts, one)]

    def _is_known(self, words: list[tuple[str, int]], starts: list[int], found: Found) -> bool:
        first, end = bisect_left(starts, found.start), bisect_left(starts, found.end)
        for length in self._lengths if first < end else ():
            for begins in range(max(end - length, 0), first + 1):
                written = tuple(word for word, _ in words[begins : begins + length])
                if written in self._names or (*written[:-1], without_genitive(written[-1])) in self._names:
                    return True
        return False
