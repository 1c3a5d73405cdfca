from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone


class ChangedMeanwhile(ValidationError):
    """Somebody else saved the same thing while this was being written; the sentence says who and when."""


class Dated(models.Model):
    """What every table of the register has: when the row came and when it last changed."""

    created_at = models.DateTimeField("skapad", auto_now_add=True, editable=False)
    updated_at = models.DateTimeField("ändrad", auto_now=True, editable=False)

    class Meta:
        abstract = True

    @property
    def version(self) -> str:
        """Names this state of the row, so that a form can say which one it was filled in from."""
        return self.updated_at.isoformat() if self.updated_at else "unsaved"

    def ensure_unchanged(self, seen: str) -> None:
        """Raises ChangedMeanwhile when the row has been saved since that version; no version, no question."""
        if seen and seen != self.version:
            raise ChangedMeanwhile(
                f"{self._last_saved_by()} ändrade det här klockan {timezone.localtime(self.updated_at):%H.%M}, "
                "medan du skrev. Inget av ditt är sparat. Spara en gång till om det ska gälla i stället."
            )

    def lock_as_seen(self, seen: str = "") -> None:
        """Hold the row for the rest of the transaction and read it anew. Raises ChangedMeanwhile."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update(no_key=True))
        self.ensure_unchanged(seen)

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

    def _last_saved_by(self) -> str:
        history: Any = getattr(self, "history", None)
        latest = history and history.order_by("pgh_id").last()
        member_id = latest and (latest.pgh_context or {}).get("user")
        return str(get_user_model()._default_manager.filter(pk=member_id).first() or "Någon annan")
