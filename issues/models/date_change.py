from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Conflict, EditConflict, FreeText, Timestamped
from base.swedish.words import day_and_month
from issues.models.assignment import Assignment
from issues.models.event import Event
from issues.models.status import PROMISED
from members.actor import Actor, Channel
from members.models import Member


@pghistory.track()
class DateChange(Timestamped):
    """A promised day that was moved, and why: a promise may change, but never without a word.

    The handover's `planned` is always the latest day; these rows are how it came there.
    """

    append_only = True

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="date_changes")
    old = models.DateField("från")
    new = models.DateField("till")
    reason = FreeText("skäl", max_length=1000)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    channel = models.CharField("hur beskedet kom", max_length=20, choices=Channel, default=Channel.SIGNED_IN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="date_change_has_a_reason"),
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="date_change_moves_the_day"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @classmethod
    @transaction.atomic
    def make(
        cls, assignment: Assignment, *, old: date, new: date, reason: str, by: Actor, at: datetime | None = None
    ) -> DateChange:
        """Promise another day instead of the `old` one.

        Raises EditConflict when somebody has moved it meanwhile, Conflict when nothing is promised any longer.
        """
        assignment.action.lock_if(*PROMISED)
        at = at or timezone.now()
        assignment.refresh_from_db()
        cls._ensure_may_move(assignment, old, new)
        who = {"by": by.member, "channel": by.channel}
        change = cls.objects.create(assignment=assignment, old=old, new=new, reason=reason, created_at=at, **who)
        assignment.planned = new
        assignment.save(update_fields=["planned", "updated_at"])
        points = {"action": assignment.action, "assignment": assignment, "date_change": change}
        speaker = by.speaking_for(assignment.organisation, by.channel)
        assignment.action.issue.record(Event.Kind.DATE_CHANGED, by=speaker, at=at, **points)
        return change

    @staticmethod
    def _ensure_may_move(assignment: Assignment, old: date, new: date) -> None:
        if assignment.ended_at:
            raise Conflict("Frågan har lämnats till någon annan. Datumet är inte ändrat.")
        if assignment.planned != old or assignment.planned == new:
            planned = day_and_month(assignment.planned, today=date.min) if assignment.planned else ""
            raise EditConflict(f"Datumet är redan {planned}. Välj ett annat om det ska flyttas.")
