from __future__ import annotations

from django.db import IntegrityError, models, transaction
from django.utils import timezone


class Timestamped(models.Model):
    """Abstract of every table of the register: when the row was made and when it was last saved.

    Both by the web's clock, as every time that a verb writes; the database's clock is never compared with it. A verb
    that is told afterwards says itself when the row was made.
    """

    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("ändrad", auto_now=True, editable=False)

    class Meta:
        abstract = True

    def lock(self) -> None:
        """Lock the row for the rest of the transaction and read it anew."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update(no_key=True))

    def save_checked(self) -> None:
        """Validate and save the row. Raises ValidationError in the group's words."""
        self.full_clean()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            # Somebody was quicker than the check. She is through by now, so this time the check sees her row.
            self.validate_constraints()
            raise
