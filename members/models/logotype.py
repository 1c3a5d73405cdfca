from __future__ import annotations

import hashlib
import struct

import pghistory
from django.db import models

from base.records import Timestamped


@pghistory.track(exclude=["png"])
class Logotype(Timestamped):
    """Gruppens logotyp: stands first in its documents. One row, or none, and then the name stands there instead.

    Apart from the settings, which every page reads. The history tells who changed it, not how it looked.
    """

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
    def put(cls, png: bytes) -> Logotype:
        """Set the logotype, replacing the old one."""
        facts = {"png": png, "digest": hashlib.sha256(png).hexdigest()}
        return cls.objects.update_or_create(pk=1, defaults=facts)[0]

    @classmethod
    def remove(cls) -> None:
        cls.objects.all().delete()

    @property
    def picture(self) -> bytes:
        return bytes(self.png)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, read from the PNG header, so that a page keeps the place free while it loads."""
        width, height = struct.unpack(">II", self.picture[16:24])
        return width, height
