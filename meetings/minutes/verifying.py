"""Whether a document is one that the register keeps, byte for byte, and whether what is kept is as it was frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from meetings.minutes.package_known import version_of_package
from meetings.models import AnnexPart, Minutes, MinutesFile, RegistryEntry
from meetings.models.minutes import digest_of
from members.models import MinutesWords

PACKAGE = "paket för e-arkivet"
AT_A_TIME = 20
"""Versions whose files are held in memory while they are looked through."""


@dataclass(frozen=True)
class Verified:
    """The version whose kept file, or package, a document is the same as; what that is, what the minutes are called
    there, and the latest version.
    """

    minutes: Minutes
    kind: str
    called: MinutesWords
    latest: int

    @property
    def is_latest(self) -> bool:
        return self.minutes.version == self.latest


def digest_of_file(file: BufferedIOBase) -> str:
    """The SHA-256 of a document that is read from its beginning: 64 hexadecimal digits."""
    return hashlib.file_digest(file, hashlib.sha256).hexdigest()


def verify(document: BufferedIOBase, known: Iterable[Minutes] | None = None) -> Verified | None:
    """What a document is the same as, among the minutes that are `known`, or of all: a kept file, a package that was
    handed in, or one as it is made of a version. None where there is none.
    """
    document.seek(0)
    digest = digest_of_file(document)
    file = _first(MinutesFile.objects.filter(digest=digest).defer("content"), known)
    found = file or _first(RegistryEntry.objects.filter(package_digest=digest), known)
    minutes = found.minutes if found else version_of_package(document, digest, known)
    if minutes is None:
        return None
    latest = Minutes.objects.of(minutes.meeting).order_by("-version").values_list("version", flat=True)[:1]
    kind = file.get_kind_display() if file else PACKAGE
    called = MinutesWords.of(found.called or "") if found else minutes.called
    return Verified(minutes, kind, called, latest[0])


def _first(rows: QuerySet[Any], known: Iterable[Minutes] | None) -> Any:
    """The first of the rows that are of a known version, with its meeting, and of its content what it is `called`."""
    of_known = rows if known is None else rows.filter(minutes__in=known)
    related = of_known.annotate(called=KeyTextTransform("called", "minutes__content")).select_related(
        "minutes__meeting", "minutes__masked"
    )
    return related.defer("minutes__content", "minutes__masked__content").order_by("pk").first()


def altered() -> Iterator[Minutes | MinutesFile | AnnexPart]:
    """Yield the versions, parts of annexes and files of the whole register that are no longer what their sum says."""
    versions = Minutes.objects.select_related("meeting"), AnnexPart.objects.select_related("minutes__meeting")
    for rows in versions:
        for frozen in rows.order_by("pk").iterator(AT_A_TIME):
            if digest_of(frozen.content) != frozen.digest:
                yield frozen
    files = MinutesFile.objects.select_related("minutes__meeting").defer("minutes__content").order_by("pk")
    for file in files.iterator(AT_A_TIME):
        if digest_of_file(BytesIO(file.content)) != file.digest:
            yield file
