"""Records to pack, and E-ARK's own validator, which did not write the package."""

from __future__ import annotations

import importlib
import io
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from uuid import UUID
from zipfile import ZipFile

from base.documents.archive.package import ArchiveRecord, PackedFile

HELD = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MADE = datetime(2026, 11, 25, 14, 3, 7, 123456, tzinfo=UTC)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def a_record(**facts: Any) -> ArchiveRecord:
    paper = PackedFile.of("data/minnesanteckningar.pdf", "Minnesanteckningar", "application/pdf", b"%PDF-1.7 ...")
    beside = PackedFile.of("data/bilaga-1.docx", "Bilaga 1: Lägesbild.docx", WORD, b"PK ...")
    usual: dict[str, Any] = {
        "key": UUID("0b0b4f9e-5c4e-5d7a-9f1e-2f3a4b5c6d7e"),
        "kind": "Minnesanteckningar",
        "title": "Minnesanteckningar, Möte 25 november 2026, version 1",
        "number": "KS 2026/123",
        "creator": "Trygghet i Exempelstad",
        "happened_at": HELD,
        "made_at": MADE,
        "version": 1,
        "access": "Ingen sekretess är angiven.",
        "notes": (),
        "is_redacted": False,
        "files": (paper, beside),
    }
    return ArchiveRecord(**usual | facts)


def unpacked(package: IO[bytes], into: Path) -> Path:
    """The folder that the package is when it is unpacked: one, named as it says itself."""
    with ZipFile(package) as archive:
        archive.extractall(into)
    [folder] = into.iterdir()
    return folder


@cache
def validator() -> Any:
    """The modules of eark-validator. It fetches its vocabularies when it is imported: here it gets its own copies."""
    [place] = find_spec("eark_validator").submodule_search_locations  # type: ignore[union-attr, misc]
    with _vocabularies_at(Path(place) / "ipxml/resources/vocabs"):
        importlib.import_module("eark_validator.packages")
    return sys.modules["eark_validator"]


def report_of(folder: Path) -> Any:
    """What it says of the package: its structure, its XML and the rules of CSIP and SIP."""
    return validator().packages.PackageValidator(folder).validation_report


@contextmanager
def _vocabularies_at(place: Path) -> Iterator[None]:
    fetch = urllib.request.urlopen
    urllib.request.urlopen = lambda url: io.BytesIO((place / url.rpartition("/")[2]).read_bytes())  # type: ignore[assignment]
    try:
        yield
    finally:
        urllib.request.urlopen = fetch
