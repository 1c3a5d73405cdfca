from __future__ import annotations

from datetime import date

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.utils.formats import date_format

from base.records import Conflict, FreeText, Timestamped
from issues.models.assignment import Assignment
from issues.models.channel import Channel
from issues.models.event import Event
from issues.models.status import PROMISED
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
        cls,
        assignment: Assignment,
        *,
        seen: date,
        new: date,
        reason: str,
        by: Member,
        channel: str = Channel.SIGNED_IN,
    ) -> DateChange:
        """Promise another day instead of the one that was `seen`.

        Raises Conflict when somebody has moved it meanwhile, or when nothing is promised any longer.
        """
        assignment.action.lock_if(*PROMISED)
        assignment.refresh_from_db()
        cls._ensure_may_move(assignment, seen, new)
        change = cls.objects.create(assignment=assignment, old=seen, new=new, reason=reason, by=by, channel=channel)
        assignment.planned = new
        assignment.save(update_fields=["planned", "updated_at"])
        change._tell()
        return change

    @staticmethod
    def _ensure_may_move(assignment: Assignment, seen: date, new: date) -> None:
        if assignment.ended_at:
            raise Conflict("Frågan har lämnats till någon annan. Datumet är inte ändrat.")
        if assignment.planned != seen or assignment.planned == new:
            planned = date_format(assignment.planned, "j F Y") if assignment.planned else ""
            raise Conflict(f"Datumet är redan {planned}. Välj ett annat om det ska flyttas.")

    def _tell(self) -> None:
        """In the timeline of the issue, in the name of the organisation that promised."""
        action, whose = self.assignment.action, self.assignment.organisation
        days = f"{date_format(self.new, 'j F Y')} i stället för {date_format(self.old, 'j F Y')}"
        text = f"Nytt datum för ”{action}”: {days}. {self.reason}"
        links = {"action": action, "organisation": whose, "channel": self.channel}
        action.issue.record(Event.Kind.CHANGED, text, by=self.by, **links)
