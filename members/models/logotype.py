from __future__ import annotations

import hashlib
import struct

import pghistory
from django.db import models, transaction

from base.records import Versioned
from base.records.conflicts import Acting


@pghistory.track(exclude=["png"])
class Logotype(Versioned):
    """Gruppens logotyp: stands first in its documents. One row, or none, and then the name stands there instead.

    Apart from the settings, which every page reads. The history tells who changed it, not how it looked.
    """

    deletable = True  # the name stands there instead

    png = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="group_has_one_logotype")]

    def __str__(self) -> str:
        return f"Logotyp {self.digest[:8]}"

    @classmethod
    def current(cls) -> Logotype | None:
        return cls.objects.first()

    @classmethod
    def put(cls, png: bytes, *, by: Acting) -> Logotype:
        """Set the logotype, replacing the old one."""
        facts = {"png": png, "digest": hashlib.sha256(png).hexdigest(), "updated_by": by.member}
        return cls.objects.update_or_create(pk=1, defaults=facts)[0]

    @classmethod
    @transaction.atomic
    def remove(cls, *, by: Acting, version: str = "") -> None:
        """Remove the logotype, if there is one. Raises EditConflict when it is another than in that version."""
        for logotype in cls.objects.select_for_update(no_key=True):
            logotype.check_version(version, typed=False)
            logotype.discard(by=by)

    @property
    def picture(self) -> bytes:
        return bytes(self.png)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, read from the PNG header, so that a page keeps the place free while it loads."""
        width, height = struct.unpack(">II", self.picture[16:24])
        return width, height
