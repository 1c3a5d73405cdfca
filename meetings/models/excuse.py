from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import models, transaction
from django.utils import timezone

from base.records import EditConflict, Versioned
from base.records.guards import guarded_by
from base.swedish.words import swedish_day
from meetings.models import fixed
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member

TOO_LATE = "Förhinder anmäls före mötet. Nu noteras närvaron."
MOVED = "Mötet är flyttat till {}. Inget är sparat: säg till igen om det gäller den dagen."


@pghistory.track()
@guarded_by(fixed.OF_A_MEETING)
class Excuse(Versioned):
    """Ett anmält förhinder: somebody who sits for an organisation cannot come to a meeting.

    Her duties pass to the deputy; what she may read does not change.
    """

    deletable = True  # she can come after all, or the meeting has moved

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="excuses")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="member_excused_once_from_a_meeting")]

    def __str__(self) -> str:
        return f"{self.member} kan inte komma"

    @classmethod
    @transaction.atomic
    def note(
        cls, meeting: Meeting, member: Member, *, by: Actor, day: date | None = None, at: datetime | None = None
    ) -> None:
        """Note that she cannot come; noted twice it is one excuse.

        `day` is the one that is meant. Raises NotAllowed when the meeting has begun, EditConflict when it has moved.
        """
        cls._lock(meeting, day)
        facts = {"noted_by": by.member, "updated_by": by.member, "created_at": at or timezone.now()}
        cls.objects.get_or_create(meeting=meeting, member=member, defaults=facts)

    @classmethod
    @transaction.atomic
    def withdraw(cls, meeting: Meeting, member: Member, *, by: Actor, day: date | None = None) -> None:
        """Delete the excuse: she can come after all. Raises as `note` does."""
        cls._lock(meeting, day)
        for excuse in cls.objects.filter(meeting=meeting, member=member):
            excuse.discard(by=by)

    @staticmethod
    def _lock(meeting: Meeting, day: date | None) -> None:
        meeting.lock_if(Meeting.State.PLANNED, therefore=TOO_LATE)
        if day and day != meeting.planned_day:
            raise EditConflict(MOVED.format(swedish_day(meeting.planned_day, today=timezone.localdate())))
