"""Whether a document is one that the register keeps, byte for byte, and whether what is kept is as it was frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO

from meetings.models import Minutes, MinutesFile
from meetings.models.minutes import digest_of

AT_A_TIME = 20
"""Versions whose files are held in memory while they are looked through."""


@dataclass(frozen=True)
class Verified:
    """A kept file that a document is the same as, and the meeting's latest version."""

    file: MinutesFile
    latest: int

    @property
    def minutes(self) -> Minutes:
        return self.file.minutes

    @property
    def is_latest(self) -> bool:
        return self.minutes.version == self.latest


def digest_of_file(file: BufferedIOBase) -> str:
    """The SHA-256 of a document that is read from its beginning: 64 hexadecimal digits."""
    return hashlib.file_digest(file, hashlib.sha256).hexdigest()


def verify(digest: str, known: Iterable[Minutes] | None = None) -> Verified | None:
    """The kept file with that sum, among those of the minutes that are `known`, or of all; None where there is none."""
    files = MinutesFile.objects.filter(digest=digest)
    if known is not None:
        files = files.filter(minutes__in=known)
    found = files.select_related("minutes__meeting", "minutes__masked")
    file = found.defer("content", "minutes__content", "minutes__masked__content").first()
    if file is None:
        return None
    latest = Minutes.objects.of(file.minutes.meeting).order_by("-version").values_list("version", flat=True)[:1]
    return Verified(file, latest[0])


def altered() -> Iterator[Minutes | MinutesFile]:
    """Yield the versions and files of the whole register that are no longer what their sum says."""
    for minutes in Minutes.objects.select_related("meeting").order_by("pk").iterator(AT_A_TIME):
        if digest_of(minutes.content) != minutes.digest:
            yield minutes
    files = MinutesFile.objects.select_related("minutes__meeting").defer("minutes__content").order_by("pk")
    for file in files.iterator(AT_A_TIME):
        if digest_of_file(BytesIO(file.content)) != file.digest:
            yield file
