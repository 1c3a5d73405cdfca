"""Finds e-mail addresses in a folded text, also those that are spelled out so that no program is to read them.

It is looked for outwards from each at-sign and has a longest length, so the time grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from base.swedish.guard.found import Kind
from base.swedish.stop_words import STOP_WORDS

OPENS, CLOSES = "([{<", ")]}>"
AT_WORDS = ("at", "a", "snabel-a", "snabel a", "snabela")
"""What stands for the at-sign between brackets; all but the first two also without, between blanks."""
DOT_WORDS = ("punkt", "dot")
"""What stands for a full stop, between brackets, or between blanks where the at-sign is spelled out too."""


def _in_brackets(words: tuple[str, ...]) -> str:
    return rf" ?[{re.escape(OPENS)}] ?(?:{'|'.join(words)}) ?[{re.escape(CLOSES)}] ?"


AT = re.compile(
    rf" ?@ ?|(?<=\w)[(\[]a[)\]](?=\w)|{_in_brackets((AT_WORDS[0], *AT_WORDS[2:]))}| (?:{'|'.join(AT_WORDS[2:])}) ",
    re.IGNORECASE,
)
_SIGNS, _LABEL, _LAST = r"[\w.!#$%&'*+=?^`{|}~-]", r"[\w-]{1,63}", r"[^\W\d_]{2,24}(?![\w@])"
_BRACKETED = _in_brackets(DOT_WORDS)
_SPELLED = rf"(?:{_BRACKETED}| (?:{'|'.join(DOT_WORDS)}) )"
LOCAL = re.compile(rf"{_SIGNS}{{1,64}}\Z")
DOMAIN = re.compile(rf"(?:{_LABEL}(?:\.|{_BRACKETED})){{1,8}}{_LAST}", re.IGNORECASE)
LOCAL_SPELLED = re.compile(rf"(?<!{_SIGNS})(?:{_SIGNS}{{1,64}}{_SPELLED}){{0,3}}{_SIGNS}{{1,64}}\Z", re.IGNORECASE)
DOMAIN_SPELLED = re.compile(rf"(?:{_LABEL}(?:\.|{_SPELLED})){{1,8}}{_LAST}", re.IGNORECASE)
DOT = re.compile(_SPELLED, re.IGNORECASE)


class Address(NamedTuple):
    """Where an address stands, and how it is written with its signs."""

    start: int
    end: int
    written: str


def addresses(text: str) -> Iterator[Address]:
    """Yield the e-mail addresses, from each at-sign outwards."""
    for sign in AT.finditer(text):
        is_spelled = "@" not in sign[0]
        local, after = (LOCAL_SPELLED, DOMAIN_SPELLED) if is_spelled else (LOCAL, DOMAIN)
        name = local.search(text[max(0, sign.start() - (128 if is_spelled else 64)) : sign.start()])
        domain = after.match(text, sign.end())
        if is_spelled and domain and re.split(r"\W", domain[0])[0].lower() in STOP_WORDS:
            continue
        if name and domain and (begins := name[0].lstrip(".'*_{|`~-")):
            written = f"{begins}@{domain[0]}"
            yield Address(sign.start() - len(begins), domain.end(), DOT.sub(".", written))


def emails(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Yield where the e-mail addresses stand."""
    for address in addresses(text):
        yield Kind.EMAIL, address.start, address.end


def with_signs(text: str) -> str:
    """The text with each address written with its signs."""
    end, parts = 0, list[str]()
    for address in addresses(text):
        if address.start >= end:
            parts += text[end : address.start], address.written
            end = address.end
    return "".join(parts) + text[end:]


def address_in(text: str) -> str:
    """The address that the text is, written with its signs; empty where it is something else."""
    return next((one.written for one in addresses(text) if (one.start, one.end) == (0, len(text))), "")
