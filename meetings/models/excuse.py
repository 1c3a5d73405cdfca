from __future__ import annotations

from datetime import datetime

import pghistory
from django.db import models, transaction
from django.utils import timezone

from base.records import Versioned
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member


@pghistory.track()
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
    def note(cls, meeting: Meeting, member: Member, *, by: Actor, at: datetime | None = None) -> None:
        """Note that she cannot come; noted twice it is one excuse. Raises NotAllowed when the meeting has begun."""
        cls._lock(meeting)
        facts = {"noted_by": by.member, "updated_by": by.member, "created_at": at or timezone.now()}
        cls.objects.get_or_create(meeting=meeting, member=member, defaults=facts)

    @classmethod
    @transaction.atomic
    def withdraw(cls, meeting: Meeting, member: Member, *, by: Actor) -> None:
        """Delete the excuse: she can come after all. Raises NotAllowed when the meeting has begun."""
        cls._lock(meeting)
        for excuse in cls.objects.filter(meeting=meeting, member=member):
            excuse.discard(by=by)

    @staticmethod
    def _lock(meeting: Meeting) -> None:
        meeting.lock_if(Meeting.State.PLANNED, otherwise="Mötet har börjat. Nu noteras närvaron på mötet.")
