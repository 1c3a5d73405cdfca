"""What each table of files builds on: the file's name and what it is, apart from its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from base.files.gate import ClearedFile
from base.files.kinds import FileKind
from base.files.names import LONGEST_NAME, file_name
from base.records import FreeLine, StoredRow, Versioned
from base.records.guards import DatabaseCheck

PART = 1024 * 1024
"""Bytes in one row: a statement with a whole file in it would be as long as forty megabytes."""


class Attachment(Versioned):
    """Abstract of a file that hangs on something, as it passed the gate. Its bytes stand in parts, in a table beside.

    One that is removed stands no longer where it stood; one whose bytes are taken away too is `erased`. The row stays.
    An app says on what it hangs, who may see it, and has the table of parts.
    """

    name = FreeLine("namn", max_length=LONGEST_NAME)
    kind = models.CharField("slag", max_length=10, choices=FileKind, editable=False)
    size = models.PositiveIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    removed_at = models.DateTimeField("borttagen", null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False, db_index=False
    )
    why_removed = FreeLine("varför", max_length=300, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    parts: Any

    class Meta:
        abstract = True
        constraints = [
            DatabaseCheck(
                condition=Q(removed_at=None, removed_by=None, why_removed="", erased_at=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="%(class)s_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def file_kind(self) -> FileKind:
        return FileKind(self.kind)

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def is_erased(self) -> bool:
        """Whether there are no bytes to read any longer."""
        return self.erased_at is not None

    def content(self) -> Iterator[bytes]:
        """Yield the bytes, a part at a time; fewer than its size where it is erased meanwhile."""
        for key in list(self.parts.order_by("number").values_list("pk", flat=True)):
            for part in self.parts.filter(pk=key).values_list("content", flat=True):
                yield bytes(part)

    def take_in(self, cleared: ClearedFile) -> None:
        """Set what the file is; its bytes are written by `write_parts` once the row is saved."""
        self.name, self.kind = cleared.name, cleared.kind
        self.size, self.digest = len(cleared.content), digest_of_file(cleared)

    def write_parts(self, content: bytes) -> None:
        for number, begins in enumerate(range(0, len(content), PART), 1):
            self.parts.create(number=number, content=content[begins : begins + PART])

    def as_file_name(self, typed: str) -> str:
        """The name that somebody typed, as a file of its kind may be called."""
        return file_name(typed, self.file_kind)


class AttachmentPart(StoredRow):
    """Abstract of some of a file's bytes. An app says of which; `number` begins with 1."""

    append_only = True
    deletable = True  # when the file is erased

    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"del {self.number}"


def digest_of_file(cleared: ClearedFile) -> str:
    """The SHA-256 of the bytes as they are kept: the same file chosen twice has the same."""
    return hashlib.sha256(cleared.content).hexdigest()
