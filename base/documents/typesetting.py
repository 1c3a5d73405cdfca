"""The program that sets one document as a PDF and ends: its data comes on stdin, the PDF's bytes go to stdout.

`pdf.py` starts it, in a process of its own so that what typst takes, or breaks down over, is gone with it. It imports
nothing of ours: it has started before a reader notices.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import manimgx_fonts
import typst

HERE = Path(__file__).parent
TEMPLATE = (HERE / "document.typ").read_bytes()
ARCHIVE: dict[str, Any] = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]}

LATIN = "\u024f"
REGIONS = ("\U0001f1e6", "\U0001f1ff")
"""The letters that two and two are a flag."""
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
JOINER = "\N{ZERO WIDTH JOINER}"
MISSING = "\N{DOTTED SQUARE}"  # as in tree.py
WHAT_IS_MISSING = f"{MISSING} står för ett tecken som en PDF för arkivet inte kan visa. Det finns kvar i registret."

PROBE = b"""
#import "fonts.typ": speaks, with-keycaps, works
#set document(title: "Prov")
#set page(width: auto, height: auto)
#show: with-keycaps
#let known = json(bytes(sys.inputs.known))
#for family in known.families { page(text(font: family, fallback: false, known.unknown)) }
#for part in known.parts { page(for fonts in (works, speaks) { text(font: fonts, part) }) }
"""
"""A page for each family of fonts, with what it shows where it has no sign, and for each part as in document.typ."""
UNKNOWN = "\U0010fffd"
"""The last sign for private use: in no font."""
GLYPH = re.compile(rb'<use xlink:href="#([^"]+)"')


class CannotSetError(Exception):
    """Typst refused, or broke down over, what it was given."""


def pdf(data: str, made_at: int) -> bytes:
    """The document's JSON as PDF bytes; `made_at` in seconds since 1970. Raises CannotSetError."""
    # A sign of its own that no font has is refused; one with an accent may be drawn as nothing, without a word.
    if not any(map(_is_joining, set(data))):
        try:
            return _set(data, made_at)
        except CannotSetError:
            if max(data) <= LATIN:
                raise
    document = json.loads(data)
    unusual = sorted({part for text in _texts(document) for part in _parts(text) if max(part) > LATIN})
    lacking = _without_glyphs(unusual)
    lacking |= _breaking([part for part in unusual if part not in lacking])
    with suppress(CannotSetError):
        return _set(_squared(document, lacking), made_at, missing=WHAT_IS_MISSING if lacking else "")
    return _set(_squared(document, set(unusual)), made_at, missing=WHAT_IS_MISSING)


def _set(data: str, made_at: int, missing: str = "") -> bytes:
    return bytes(_compiled(TEMPLATE, {"document": data, "missing": missing}, timestamp=made_at, **ARCHIVE))


def _compiled(source: bytes, inputs: dict[str, str], **options: Any) -> Any:
    compiler = typst.Compiler(source, root=HERE, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    try:
        return compiler.compile(**options)
    except typst.TypstError as refused:
        raise CannotSetError from refused
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # what a fault in Rust becomes; no module has the name
            raise
        raise CannotSetError from fault


@cache
def _fonts() -> typst.Fonts:
    """Typst's own Libertinus, and Noto for all the rest; nothing of the machine's, so that all machines set alike."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(manimgx_fonts.__path__))


# What cannot be set


def _texts(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case list() | dict():
            for inner in data.values() if isinstance(data, dict) else data:
                yield from _texts(inner)


def _squared(data: Any, parts: set[str]) -> str:
    """The document's JSON with a dotted square for each sign of these parts; none is left behind in half."""

    def squared(data: Any) -> Any:
        match data:
            case str() if max(data, default="") > LATIN:
                return "".join(_squares(part) if part in parts else part for part in _parts(data))
            case list():
                return [squared(inner) for inner in data]
            case dict():
                return {name: squared(inner) for name, inner in data.items()}
        return data

    return json.dumps(squared(data), ensure_ascii=False)


def _squares(part: str) -> str:
    return MISSING * sum(not _is_unseen(sign) for sign in part)


def _parts(text: str) -> Iterator[str]:
    """Yield the signs of a text, together those that are one to a reader: a letter and its accents, a flag."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _is_joined(text, start, place):
            yield text[start:place]
            start = place


def _is_joined(text: str, start: int, place: int) -> bool:
    """Whether the sign at the place belongs to the part that begins at `start`."""
    sign, before = text[place], text[place - 1]
    if REGIONS[0] <= sign <= REGIONS[1]:
        return place == start + 1 and REGIONS[0] <= before <= REGIONS[1]
    return before == JOINER or _is_joining(sign)


def _is_joining(sign: str) -> bool:
    """Whether the sign belongs to the one before it: an accent, a colour of skin, what only formats."""
    return unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf"} or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _is_unseen(sign: str) -> bool:
    """Whether the sign only says how others are drawn."""
    return unicodedata.category(sign) == "Cf" or bool(SELECTORS.match(sign))


def _without_glyphs(parts: list[str]) -> set[str]:
    """The parts with a sign that no font has: all are drawn at once, and it looks as an unknown one does.

    Each sign of a part is drawn alone too: beneath an accent it may be drawn as nothing.
    """
    families = _fonts().families()
    tried = sorted({*parts, *(sign for part in parts for sign in part if not _is_unseen(sign))})
    try:
        pages = _compiled(PROBE, _probed(tried, families), format="svg")
    except CannotSetError:
        return set()
    drawn = [set(GLYPH.findall(page)) for page in pages]
    nothing = set().union(*drawn[: len(families)])
    lacking = {part for part, glyphs in zip(tried, drawn[len(families) :], strict=True) if glyphs & nothing}
    return {part for part in parts if part in lacking or lacking.intersection(part)}


def _breaking(parts: list[str]) -> set[str]:
    """The parts that typst breaks down over, found by setting half of them at a time."""
    if not parts or _can_set(parts):
        return set()
    half = len(parts) // 2
    return _breaking(parts[:half]) | _breaking(parts[half:]) if half else set(parts)


def _can_set(parts: list[str]) -> bool:
    try:
        return bool(_compiled(PROBE, _probed(parts), **ARCHIVE))
    except CannotSetError:
        return False


def _probed(parts: list[str], families: Sequence[str] = ()) -> dict[str, str]:
    known = {"families": families, "unknown": UNKNOWN, "parts": parts}
    return {"known": json.dumps(known, ensure_ascii=False)}


if __name__ == "__main__":
    made_at, seconds = sys.argv[1:]
    # The system ends us then, whatever typst is at, and whether or not anybody still waits for us.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # whoever started us may not have heeded it
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode(), int(made_at)))
