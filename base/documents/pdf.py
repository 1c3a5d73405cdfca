"""Sets a document as a tagged PDF, PDF/A-2a and PDF/UA-1: for the archive, and for everybody's eyes and ears."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from base.documents.tree import Document, as_text

TEMPLATE = Path(__file__).with_name("document.typ").read_bytes()
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]

PROBE = b'#set document(title: "Prov")\n#sys.inputs.signs'
LATIN = "\u024f"
MANY = 100
"""So many different signs that no font has are another script: all that is not Latin is given up."""
MISSING = "\N{DOTTED SQUARE}"
WHAT_IS_MISSING = f"{MISSING} står för ett tecken som en PDF för arkivet inte kan visa. Det finns kvar i registret."


def pdf(document: Document) -> bytes:
    """The document as PDF bytes, the same for the same document.

    A sign that none of the fonts has is set as a dotted square, and the last line says so.

    Chinese is such: PDF/A forbids a text without its glyphs, and the fonts for it would be fifty megabytes.
    """
    data = json.dumps(_data(document), ensure_ascii=False)
    try:
        return _compiled(TEMPLATE, document.made_at, document=data, missing="")
    except typst.TypstError:
        unusual = "".join(sorted({sign for sign in data if sign > LATIN}))
        lacking = _lacking(unusual)
        shown = data.translate(dict.fromkeys(map(ord, lacking), MISSING))
        return _compiled(TEMPLATE, document.made_at, document=shown, missing=WHAT_IS_MISSING if lacking else "")


def _data(value: Any) -> Any:
    """The value as typst data: a block as its kind and fields, a day as its parts, a picture as its bytes."""
    match value:
        case str():
            return as_text(value)
        case bytes():
            return list(value)
        case tuple():
            return [_data(part) for part in value]
        case datetime():
            return value.isoformat()
        case date():
            return {"year": value.year, "month": value.month, "day": value.day}
        case int() | None:
            return value
    return {"kind": type(value).__name__.lower(), **{f.name: _data(getattr(value, f.name)) for f in fields(value)}}


def _compiled(source: bytes, made_at: datetime | None = None, **inputs: str) -> bytes:
    # A compiler of its own for each document: one that two threads share is a fault in the second.
    compiler = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    moment = int(made_at.timestamp()) if made_at else None
    try:
        return bytes(compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=moment))  # type: ignore[arg-type]
    except BaseException as fault:
        # What typst panics with is no Exception, and would pass every `except` on its way.
        if type(fault).__name__ == "PanicException":
            raise RuntimeError(f"The setting of the document broke down: {fault}") from fault
        raise


@cache
def _fonts() -> typst.Fonts:
    """Typst's own Libertinus, and Noto for all the rest; nothing of the machine's, so that all machines set alike."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files("manimgx_fonts"))])


def _lacking(signs: str) -> str:
    """The signs that no font has, found by asking typst for half of them at a time."""
    if not signs or _can_set(signs):
        return ""
    if len(signs) == 1 or len(signs) > MANY:
        return signs
    half = len(signs) // 2
    return _lacking(signs[:half]) + _lacking(signs[half:])


def _can_set(signs: str) -> bool:
    try:
        return bool(_compiled(PROBE, signs=" ".join(signs)))
    except typst.TypstError:
        return False
