"""Which version a package for the e-archive is of, where no sum of it is kept: one that somebody has downloaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BufferedIOBase
from os import SEEK_END
from typing import Any

from django.db import transaction

from base.documents.archive.package import ArchiveRecord, FileChanged, digest_of
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.package import package_file, records_of
from meetings.models import Minutes

TAIL = 256 * 1024
"""Bytes at the end of a ZIP, where it lists what it holds: more than a package needs."""
NAME = re.compile(
    rb"uuid-(?P<key>[0-9a-f-]{36})/representations/rep1/data/[a-z]{1,40}-\d{4}-\d\d-\d\d"
    rb"-mote-(?P<year>\d{4})-(?P<serial>\d{1,6})(?:-version-(?P<version>\d{1,4}))?(?:-maskerad-kopia)?\.pdf"
)


def version_of_package(file: BufferedIOBase, digest: str, known: Iterable[Minutes] | None) -> Minutes | None:
    """The version, among those that are `known` or of all, whose package it is to the byte.

    The names in it say which package it claims to be, and that one is made anew to be compared: as the version is read
    now or was frozen, with each state that its approval has had. None where it is none of these, for an appendix is
    erased or a name is another since.
    """
    if (named := _named_in(file)) is None:
        return None
    of_meeting = Minutes.objects.filter(meeting__year=int(named["year"]), meeting__serial=int(named["serial"]))
    found = of_meeting.filter(version=int(named["version"] or 1)).select_related("meeting", "masked")
    among: Any = known  # rows, or a query for them
    minutes = (found if known is None else found.filter(pk__in=among)).first()
    if minutes is None:
        return None
    key = named["key"].decode()
    return minutes if any(_sum_of(record) == digest for record in _records(minutes) if str(record.key) == key) else None


def _named_in(file: BufferedIOBase) -> re.Match[bytes] | None:
    size = file.seek(0, SEEK_END)
    file.seek(max(0, size - TAIL))
    return NAME.search(file.read(TAIL))


def _records(minutes: Minutes) -> Iterator[ArchiveRecord]:
    hidden = Hidden.by_restriction()
    yield from records_of(Edition.of(minutes, hidden))
    if minutes.masked_copy:
        yield from records_of(Edition(minutes, hidden.left_of(minutes.content)))


def _sum_of(record: ArchiveRecord) -> str:
    try:
        with transaction.atomic(), package_file(record) as file:
            return digest_of(file)
    except FileChanged:
        return ""
