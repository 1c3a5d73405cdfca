"""Names that need not be told of: those that the register has itself, of its places, organisations and members."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from base.swedish.guard.found import Found, Kind

WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


class KnownNames:
    """Names by their words: whatever their capitals, blanks and dashes, and with the s of a genitive."""

    def __init__(self, names: Iterable[str]) -> None:
        self._having: dict[str, set[Words]] = defaultdict(set)
        for name in names:
            words = tuple(WORD.findall(name.lower()))
            for word in words:
                self._having[word].add(words)

    def without(self, text: str, found: list[Found]) -> list[Found]:
        """What was found in the text, less the names that are one of these or a part of one that stands there."""
        words = [(one[0].lower(), one.start()) for one in WORD.finditer(text)]
        starts = [start for _, start in words]
        return [one for one in found if one.kind is not Kind.NAME or not self._is_known(words, starts, one)]

    def _is_known(self, words: list[tuple[str, int]], starts: list[int], found: Found) -> bool:
        first, end = bisect_left(starts, found.start), bisect_left(starts, found.end)
        for part in {words[first][0], words[first][0].removesuffix("s")} if first < end else ():
            for name in self._having.get(part, ()):
                for begins in (first - place for place, word in enumerate(name) if word == part):
                    written = tuple(word for word, _ in words[max(begins, 0) : begins + len(name)])
                    if end <= begins + len(name) and _is_written(name, written):
                        return True
        return False


def _is_written(name: Words, words: Words) -> bool:
    return len(words) == len(name) and words[:-1] == name[:-1] and words[-1] in {name[-1], name[-1] + "s"}
