"""What every row of the register is made of when it is read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class StoredRow(models.Model):
    """Abstract of a row that is read as it is: an agenda reads a thousand, each of some twenty columns.

    Django sets each column as if somebody had changed it, and looks for what hung on the one that it had before. A row
    that has just been read had none. Nothing listens to how rows are made (`pre_init`, `post_init`).
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:  # type: ignore[override]
        row = cls.__new__(cls)
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True))
        return row
