"""The package itself: what it holds, where each file lies in it, and how it is written as a ZIP.

The same content gives the same bytes: nothing in it is of the moment when it is made, and nothing is compressed, for
that is done differently by one version of a library and the next.
"""

from __future__ import annotations

import hashlib
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

XML = "text/xml"
REPRESENTATION = "representations/rep1"
IN_MEMORY = 2 * 1024 * 1024
"""Bytes of a package that is not written to disk."""


class FileChanged(Exception):
    """A file has other bytes than its sum says: somebody took it away, or it is broken."""


@dataclass(frozen=True)
class PackedFile:
    """A file of a package.

    path    where it lies, from the folder of the METS that names it
    title   what people call it
    chunks  gives its bytes, some at a time, when it is written
    """

    path: str
    title: str
    media_type: str
    size: int
    digest: str
    chunks: Callable[[], Iterable[bytes]]

    @classmethod
    def of(cls, path: str, title: str, media_type: str, content: bytes) -> PackedFile:
        """A file whose bytes are at hand."""
        digest = hashlib.sha256(content).hexdigest()
        return cls(path, title, media_type, len(content), digest, lambda: [content])

    def within(self, folder: str) -> PackedFile:
        """The same as it is named from above the folder."""
        return PackedFile(f"{folder}/{self.path}", self.title, self.media_type, self.size, self.digest, self.chunks)


@dataclass(frozen=True)
class ArchiveRecord:
    """What is known of the document that is packed: in the words of CITS ERMS, a record of a case file.

    key      the identifier of this package
    number   its registry number; empty where it has none
    creator  the group that made it
    happened_at  the moment that it is about
    made_at  when it was fixed: all that the package says of time is this
    access   what is known of secrecy
    notes    what else is to be known
    is_redacted  whether something in it is masked
    kind     what kind of document it is, as the group says it
    files    the document first, then what belongs to it
    """

    key: UUID
    kind: str
    title: str
    number: str
    creator: str
    happened_at: datetime
    made_at: datetime
    version: int
    access: str
    notes: tuple[str, ...]
    is_redacted: bool
    files: tuple[PackedFile, ...]

    @property
    def name(self) -> str:
        """What the package is called: its folder in the ZIP, and its METS."""
        return f"uuid-{self.key}"

    @property
    def size(self) -> int:
        """How many bytes its files have together; what tells of them adds a few thousand."""
        return sum(file.size for file in self.files)


def written(record: ArchiveRecord, files: Iterable[PackedFile]) -> IO[bytes]:
    """A temporary file with the ZIP, to be read from its beginning; on disk when it is large. Raises FileChanged."""
    made = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  whoever asked for it closes it
    try:
        with ZipFile(made, "w", ZIP_STORED) as archive:
            for file in files:
                _put(archive, file.within(record.name), record.made_at)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def digest_of(file: IO[bytes]) -> str:
    """The SHA-256 of the file, which is left at its beginning."""
    digest = hashlib.sha256()
    for chunk in iter(lambda: file.read(1024 * 1024), b""):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _put(archive: ZipFile, file: PackedFile, at: datetime) -> None:
    entry = ZipInfo(file.path, at.astimezone(UTC).timetuple()[:6])
    entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
    entry.file_size = file.size
    with archive.open(entry, "w") as place:
        for chunk in _checked(file):
            place.write(chunk)


def _checked(file: PackedFile) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != file.digest:
        raise FileChanged(file.path)
