"""What may be done with a meeting that has closed, or was called off: undone within ten minutes, unless it is sent.

Later the minutes of one that has closed are corrected: it stays closed, and is open to be written in meanwhile.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.records import Attribution, Conflict, Stateful
from base.records.guards import DatabaseCheck
from issues.models.closure import TIME_TO_UNDO as TIME_TO_UNDO  # calling off has the same


class AfterClosing(Stateful):
    """What a meeting has of the time after its closing."""

    closed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)  # its mails, before the undo was over
    correcting_since = models.DateTimeField(null=True, editable=False)  # its minutes, until that is saved
    correcting_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False, db_index=False
    )

    is_on_paper: Any
    has_met_since = False
    """Whether another meeting has begun since it closed, of one that was read with `met_since`."""

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
    def is_being_corrected(self) -> bool:
        """Whether somebody corrects its minutes: it has closed, and stays so."""
        return self.correcting_since is not None

    @property
    def is_open(self) -> bool:
        """Whether what is said and decided at it may be written: it is under way, or its minutes are corrected."""
        return self.state == "under_way" or self.is_being_corrected

    @property
    def is_over(self) -> bool:
        """Whether it has closed, and nothing is written at it."""
        return self.is_closed and not self.is_being_corrected

    @property
    def correction_opened(self) -> Attribution | None:
        """Who opened its minutes to correct them, and when."""
        return Attribution(str(self.correcting_by), self.correcting_since) if self.correcting_since else None

    @property
    def undo_until(self) -> datetime | None:
        """When the closing, or the calling off, becomes final, or became; None of a meeting that is neither."""
        if self.is_cancelled and self.is_on_paper:  # taken out of the register, and entered anew if that was wrong
            return None
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

    def lock_while_open(self, therefore: str) -> None:
        """Lock the row of a meeting that is_open. Raises Conflict when it is not, with what follows."""
        self.lock()
        if not self.is_open:
            raise Conflict(self.refusal(therefore))

    def lock_attendance(self, therefore: str) -> None:
        """The same for who is there, which is noted before a meeting too."""
        self.lock()
        if self.is_cancelled or self.is_over:
            raise Conflict(self.refusal(therefore))


AFTER_CLOSING = [
    DatabaseCheck(
        condition=Q(correcting_since=None, correcting_by=None)
        | Q(correcting_since__isnull=False, correcting_by__isnull=False, state="closed"),
        name="meeting_corrected_is_closed",
    ),
    DatabaseCheck(
        condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
        name="meeting_closed_has_a_time",
    ),
    DatabaseCheck(
        condition=Q(sent_at=None) | Q(state__in=["closed", "cancelled"]), name="meeting_sent_is_closed_or_off"
    ),
]
