from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from base.records import FreeLine, Timestamped
from meetings.models.meeting import Meeting, WhenAndWhere


class MeetingChange(Timestamped):
    """En ändring av ett möte: the time and place that it had before, as whoever had been called knew them.

    sequence  of the calendar file that came of it
    answered  the keys of those whose answers to the call were about the day that it had, and went with it
    """

    append_only = True

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="changes", db_index=False)
    sequence = models.PositiveIntegerField()
    starts_at = models.DateTimeField("började")
    ends_at = models.DateTimeField("slutade", null=True)
    place = FreeLine("plats", max_length=200, blank=True)
    answered = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sequence"], name="meeting_changed_once_at_a_time"),
            models.CheckConstraint(condition=Q(sequence__gt=0), name="meeting_change_has_a_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.sequence}"

    @property
    def when_and_where(self) -> WhenAndWhere:
        """What it was before, as the meeting's own."""
        return self.starts_at, self.ends_at, self.place
