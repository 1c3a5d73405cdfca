from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction

from base.records.conflicts import Attribution, EditConflict


class Timestamped(models.Model):
    """What every table of the register has: when the row came and when it last changed."""

    history: Any  # what the triggers kept of each saving, where the table is tracked

    created_at = models.DateTimeField("skapad", auto_now_add=True, editable=False)
    updated_at = models.DateTimeField("ändrad", auto_now=True, editable=False)

    class Meta:
        abstract = True

    @property
    def version(self) -> str:
        """Names this state of the row, so that a form can say which one it was filled in from."""
        return self.updated_at.isoformat() if self.updated_at else "unsaved"

    def check_version(self, seen: str) -> None:
        """Raises EditConflict when the row has been saved since that version; no version, no question."""
        if seen and seen != self.version:
            first = self.last_saved()
            came_between = f"{first.who} ändrade det här {first.when}, medan du skrev. {first.what}".rstrip()
            raise EditConflict(
                f"{came_between} Inget av ditt är sparat. Spara en gång till om det ska gälla i stället."
            )

    def lock(self, seen: str = "") -> None:
        """Hold the row for the rest of the transaction and read it anew. Raises EditConflict."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update(no_key=True))
        self.check_version(seen)

    def last_saved(self) -> Attribution:
        return Attribution.in_history(self.history.order_by("pgh_id").last())

    def set(self, facts: Mapping[str, Any]) -> None:
        """Set the fields by their names; saving is another thing."""
        for name, value in facts.items():
            setattr(self, name, value)

    def save_checked(self) -> None:
        """Save what holds. What does not is said in the group's words, as a ValidationError."""
        self.full_clean()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            # Somebody was quicker than the check. She is through by now, so this time the check sees her row.
            self.validate_constraints()
            raise
