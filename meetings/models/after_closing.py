"""What may be done with a meeting that has closed, or was called off: undone within ten minutes, unless it is sent."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.records import Stateful
from base.records.guards import DatabaseCheck
from issues.models.closure import TIME_TO_UNDO as TIME_TO_UNDO  # calling off has the same


class AfterClosing(Stateful):
    """What a meeting has of the time after its closing."""

    closed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)  # its mails, before the undo was over

    class Meta:
        abstract = True

    @property
    def is_closed(self) -> bool:
        return self.state == "closed"

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off: it stood in the calendar, and was never held."""
        return self.state == "cancelled"

    @property
    def undo_until(self) -> datetime | None:
        """When the closing, or the calling off, becomes final, or became; None of a meeting that is neither."""
        done_at = self.state_since if self.is_cancelled else self.closed_at
        return self.sent_at or (done_at and done_at + TIME_TO_UNDO)

    @property
    def can_be_unclosed(self) -> bool:
        """Whether there is time left, by the server's clock."""
        return self.is_closed and self.can_be_undone_at(timezone.now())

    @property
    def can_be_reinstated(self) -> bool:
        """Whether calling it off can be taken back, by the server's clock."""
        return self.is_cancelled and self.can_be_undone_at(timezone.now())

    def can_be_undone_at(self, at: datetime) -> bool:
        return self.undo_until is not None and self.sent_at is None and at <= self.undo_until


AFTER_CLOSING = [
    DatabaseCheck(
        condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
        name="meeting_closed_has_a_time",
    ),
    DatabaseCheck(
        condition=Q(sent_at=None) | Q(state__in=["closed", "cancelled"]), name="meeting_sent_is_closed_or_off"
    ),
]
