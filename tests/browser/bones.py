"""What a page is made of, without its words: two that are made of the same have the same faults."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
"""Elements that hold nothing and have no end tag."""


def bones(page: str) -> set[int]:
    """Each element of the markup in its place: with all that it lies in, and with what it comes after.

    A page whose every bone has been examined, on one page or on several, has nothing more to find.
    """
    skeleton = Skeleton()
    skeleton.feed(page)
    return skeleton.bones


class Skeleton(HTMLParser):
    """Tells elements apart by name, class, role, type and what attributes they have, and a heading by the last one."""

    def __init__(self) -> None:
        super().__init__()
        self.bones: set[int] = set()
        self._around: list[str] = []
        self._before = [""]
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)
        if tag not in VOID:
            self._around.append(self._before[-1])
            self._before.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        while self._around:
            self._before.pop()
            if self._around.pop().split()[0] == tag:
                break

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        element = " ".join([tag, *(said.get(name) or "" for name in ("class", "role", "type")), *sorted(said)])
        if re.fullmatch("h[1-6]", tag):
            self.bones.add(stable_hash("below", self._heading, tag))
            self._heading = tag
        self.bones |= {
            stable_hash("in", *self._around, element),
            stable_hash("after", *self._around[-1:], self._before[-1], element),
        }
        self._before[-1] = element


def stable_hash(*words: str) -> int:
    """The same number for the same words in every process."""
    return int.from_bytes(hashlib.blake2b("|".join(words).encode(), digest_size=8).digest())
