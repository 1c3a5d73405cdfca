"""The program that sets one document as a PDF and ends: its data comes on stdin, the PDF's bytes go to stdout.

`pdf.py` starts it, in a process of its own so that what typst takes, or breaks down over, is gone with it. It imports
nothing of ours: it has started before a reader notices.
"""

from __future__ import annotations

import signal
import sys
import unicodedata
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

import manimgx_fonts
import typst

TEMPLATE = Path(__file__).with_name("document.typ").read_bytes()
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]

PROBE = b'#set document(title: "Prov")\n#sys.inputs.signs'
LATIN = "\u024f"
MANY = 100
"""So many different signs of one script that no font has: the whole script is given up."""
MISSING = "\N{DOTTED SQUARE}"  # as in tree.py
WHAT_IS_MISSING = f"{MISSING} står för ett tecken som en PDF för arkivet inte kan visa. Det finns kvar i registret."


class CannotSetError(Exception):
    """Typst refused, or broke down over, what it was given."""


def pdf(data: str, made_at: int) -> bytes:
    """The document's JSON as PDF bytes; `made_at` in seconds since 1970. Raises CannotSetError."""
    unusual = "".join(sorted({sign for sign in data if sign > LATIN}, key=lambda sign: (_script(sign), sign)))
    try:
        return _without("", data, made_at)
    except CannotSetError:
        if not unusual:
            raise
    if lacking := _lacking(unusual):
        with suppress(CannotSetError):
            return _without(lacking, data, made_at)
    return _without(unusual, data, made_at)


def _without(signs: str, data: str, made_at: int) -> bytes:
    shown = data.translate(dict.fromkeys(map(ord, signs), MISSING))
    return _compiled(TEMPLATE, made_at, document=shown, missing=WHAT_IS_MISSING if signs else "")


def _compiled(source: bytes, made_at: int | None = None, **inputs: str) -> bytes:
    compiler = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    try:
        return bytes(compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=made_at))  # type: ignore[arg-type]
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


def _lacking(signs: str) -> str:
    """The signs that no font has, found by asking typst for half of them at a time; they are sorted by script."""
    if not signs or _can_set(signs):
        return ""
    is_one_script = _script(signs[0]) == _script(signs[-1])
    if len(signs) == 1 or (is_one_script and len(signs) > MANY):
        return signs
    half = len(signs) // 2
    return _lacking(signs[:half]) + _lacking(signs[half:])


def _script(sign: str) -> str:
    """The first word of the sign's name: CYRILLIC, CJK; of a sign that is no letter a word of its own."""
    return unicodedata.name(sign, "").partition(" ")[0]


def _can_set(signs: str) -> bool:
    try:
        return bool(_compiled(PROBE, signs=" ".join(signs)))
    except CannotSetError:
        return False


if __name__ == "__main__":
    made_at, seconds = sys.argv[1:]
    # The system ends us then, whatever typst is at, and whether or not anybody still waits for us.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # whoever started us may not have heeded it
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode(), int(made_at)))
