"""Sets a document as a tagged PDF, PDF/A-2a and PDF/UA-1: for the archive, and for everybody's eyes and ears."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from base.documents.tree import Document, as_text

PROGRAM = Path(__file__).with_name("typesetting.py")
SECONDS = 30.0
"""A meeting's takes a tenth of one, one of 6 000 points six; what has not been set by then never will be."""
SECONDS_TO_END = 10.0
"""For a program that should have ended itself by then, but was stopped."""


class PrintingError(RuntimeError):
    """A document could not be set as a PDF, or not in time. Whoever asked for it is told so by the page of failures."""


def pdf(document: Document) -> bytes:
    """The document as PDF bytes, the same for the same document. Raises PrintingError.

    A sign that none of the fonts has is set as a dotted square, and the last line says so.

    Chinese is such: PDF/A forbids a text without its glyphs, and the fonts for it would be fifty megabytes.
    """
    data = json.dumps(_data(document), ensure_ascii=False).encode()
    command = [sys.executable, "-I", str(PROGRAM), str(int(document.made_at.timestamp())), str(SECONDS)]
    # In a session of its own: what tells a whole group of processes to stop lets the one that is begun be finished.
    longest = SECONDS + SECONDS_TO_END
    try:
        setting = subprocess.run(command, input=data, capture_output=True, start_new_session=True, timeout=longest)
    except subprocess.TimeoutExpired as held:
        raise PrintingError("The setting of the document did not end when its time was out") from held
    if setting.returncode:
        told = setting.stderr.decode(errors="replace") or f"it was ended by signal {-setting.returncode}"
        raise PrintingError(f"The setting of the document broke down: {told}")
    return setting.stdout


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
