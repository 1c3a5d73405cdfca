"""The name of a file as it is shown and saved: one line that every system can save, with the ending of what it is."""

from __future__ import annotations

import re

from base.files.kinds import FileKind
from base.swedish.text import normalize_line

LONGEST_NAME = 120
MOST_BYTES = 240
"""In UTF-8: a name of Linux has at most 255, and a copy of it gets some more."""
UNNAMED = "fil"
NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\0]+')
"""What Windows does not take in a name; what stands before a slash is a place on somebody's disk."""
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[\d¹²³])")
ENDINGS = (*(kind.suffix for kind in FileKind), ".jpeg", ".heic", ".heif", ".webp", ".exe")
"""What says which kind of file it is, or was before it was made anew; of several the last is a trick: avtal.pdf.exe."""


def file_name(typed: str, kind: FileKind) -> str:
    """The name without what is no part of one, and with the ending of its kind: foto.HEIC becomes foto.jpg."""
    line = normalize_line(re.split(r"[/\\]", typed.replace("\0", " "))[-1])
    stem = name_stem(NOT_IN_A_NAME.sub(" ", line))
    stem = stem[: LONGEST_NAME - len(kind.suffix)]
    while len(stem.encode()) > MOST_BYTES:
        stem = stem[:-1]
    return f"{stem.strip(' .')}{kind.suffix}"


def name_stem(line: str) -> str:
    """The name without its endings, where they say what kind of file it is; never empty."""
    stem = normalize_line(line).strip(" .")
    while f".{stem}".lower().endswith(ENDINGS):
        stem = stem[: max(stem.rfind("."), 0)].strip(" .")
    return f"{UNNAMED} {stem}".strip() if not stem or RESERVED.fullmatch(stem.partition(".")[0].strip()) else stem
