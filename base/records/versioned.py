from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models

from base.records.conflicts import Acting, Attribution, EditConflict
from base.records.masked import MASKED_MEANWHILE, brings_back, is_masked_since
from base.records.timestamped import Timestamped

SEND_AGAIN = "Inget av ditt är sparat. Spara en gång till om det ska gälla i stället."
NO_TEXTS: Mapping[str, Any] = {}
TAKE_OUT = "Inget av ditt är sparat. Ta bort uppgifterna ur din text och spara igen."


class Versioned(Timestamped):
    """Abstract of rows changed by forms: a version to check a form against, and who saved the row last."""

    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False, db_index=False
    )

    class Meta:
        abstract = True

    @property
    def version(self) -> str:
        """The version of the row, for a form to carry."""
        return self.updated_at.isoformat() if self.updated_at else "unsaved"

    def lock(self, version: str = "", *, texts: Mapping[str, Any] = NO_TEXTS) -> None:
        """Lock the row for the rest of the transaction and read it anew. Raises EditConflict."""
        super().lock()
        self.check_version(version, texts=texts)

    def check_version(self, version: str, *, typed: bool = True, texts: Mapping[str, Any] = NO_TEXTS) -> None:
        """Check that the row is not saved since that version; an empty one is not checked. Raises EditConflict.

        `typed` says whether there is a form that can be sent again, or only a button was pressed; `texts` are what was
        typed, by its columns: whoever has words there that were masked meanwhile is told to take them out.
        """
        if version and version != self.version:
            first = self.last_saved()
            came = f"{first.who} ändrade det här {first.when}{', medan du skrev' if typed else ''}."
            what = first.what if not first.what or first.what[-1] in ".!?…" else f"{first.what}."
            if brings_back(self, texts) and is_masked_since(self, version):  # refused, however often it is sent
                raise EditConflict(f"{came} {MASKED_MEANWHILE} {TAKE_OUT}")
            raise EditConflict(" ".join(filter(None, [came, what, SEND_AGAIN if typed else "Inget är ändrat."])))

    def last_saved(self) -> Attribution:
        """The attribution of the latest saving: who and when."""
        return Attribution(str(self.updated_by or "Någon annan"), self.updated_at)

    def set(self, facts: Mapping[str, Any], *, by: Acting) -> list[str]:
        """Set the fields by their names, and who did; returns the names to save."""
        for name, value in facts.items():
            setattr(self, name, value)
        self.updated_by = by.member
        return [*facts, "updated_at", "updated_by"]

    def discard(self, *, by: Acting) -> None:
        """Delete the row. Who did stands in its history, as the last who saved it."""
        self.save(update_fields=self.set({}, by=by))
        self.delete()
