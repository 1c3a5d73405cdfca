from __future__ import annotations

from datetime import date, datetime

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import (
    EditConflict,
    FreeText,
    Timestamped,
    precision_column,
    said_columns,
    said_day,
    said_day_is_whole,
    words_column,
)
from base.swedish.said_days import Precision, SaidDay
from issues.models.assignment import Assignment
from issues.models.event import Event
from issues.models.status import PROMISED
from members.actor import Channel, Voice, said_by_somebody
from members.models import Member


@pghistory.track()
class DateChange(Timestamped):
    """A promised day that was moved, and why: a promise may change, never without a word. Of what runs on, a review.

    The handover's `planned` is always the latest day; these rows are how it came there.
    """

    append_only = True

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="date_changes")
    old = models.DateField("från")
    old_precision = precision_column()
    old_words = words_column("från")
    new = models.DateField("till")
    new_precision = precision_column()
    new_words = words_column("till")
    reason = FreeText("skäl", max_length=1000, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    channel = models.CharField("hur beskedet kom", max_length=20, choices=Channel, default=Channel.SIGNED_IN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(old_precision=Precision.RUNNING, new_precision=Precision.RUNNING),
                name="date_change_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~(Q(old=models.F("new")) & Q(old_words=models.F("new_words"))),
                name="date_change_moves_the_day",
            ),
            said_day_is_whole("date_change", "old"),
            said_day_is_whole("date_change", "new"),
            said_by_somebody("date_change"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def is_review(self) -> bool:
        """Whether it reviews what runs on and goes on doing so: no promise is broken, and no reason is owed."""
        return self.old_precision == self.new_precision == Precision.RUNNING

    @property
    def old_day(self) -> SaidDay | None:
        """The day that was promised before, as it was said."""
        return said_day(self, "old")

    @property
    def new_day(self) -> SaidDay | None:
        """The day that was promised instead, as it was said."""
        return said_day(self, "new")

    @classmethod
    @transaction.atomic
    def make(
        cls,
        assignment: Assignment,
        *,
        old: date,
        new: date | SaidDay,
        reason: str,
        by: Voice,
        at: datetime | None = None,
    ) -> DateChange:
        """Promise another day instead of the one that ended with `old`.

        Raises EditConflict when somebody has moved it meanwhile, Conflict when nothing is promised any longer.
        """
        assignment.lock_with_action(*PROMISED, otherwise="Datumet är inte ändrat.")
        return cls._move(assignment, old=old, new=SaidDay.of(new), reason=reason, by=by, at=at or timezone.now())

    @classmethod
    @transaction.atomic
    def review(
        cls,
        assignment: Assignment,
        *,
        old: date,
        next_review: date,
        by: Voice,
        note: str = "",
        at: datetime | None = None,
    ) -> DateChange:
        """Review what runs on: it goes on in the same words until the next review.

        Raises EditConflict when it no longer runs on or somebody has reviewed it meanwhile, Conflict when nothing is
        promised any longer.
        """
        assignment.lock_with_action(*PROMISED, otherwise="Datumet är inte ändrat.")
        running = assignment.planned_day
        if running is None or not running.is_running:
            promised = f", utan är {running.promised(today=date.min)}" if running else ""
            raise EditConflict(f"Det löper inte längre{promised}. Inget är avstämt.")
        new = SaidDay(next_review, Precision.RUNNING, running.words)
        return cls._move(assignment, old=old, new=new, reason=note, by=by, at=at or timezone.now())

    # Private

    @classmethod
    def _move(
        cls, assignment: Assignment, *, old: date, new: SaidDay, reason: str, by: Voice, at: datetime
    ) -> DateChange:
        cls._ensure_may_move(assignment, old, new)
        who = {"by": by.member, "channel": by.channel}
        days = said_columns("old", assignment.planned_day) | said_columns("new", new)
        change = cls.objects.create(assignment=assignment, reason=reason, created_at=at, **days, **who)
        assignment.plan(new)
        points = {"action": assignment.action, "assignment": assignment, "date_change": change}
        speaker = by.speaking_for(assignment.organisation, by.channel)
        assignment.action.issue.record(Event.Kind.DATE_CHANGED, by=speaker, at=at, **points)
        return change

    @staticmethod
    def _ensure_may_move(assignment: Assignment, old: date, new: SaidDay) -> None:
        promised = assignment.planned_day
        if assignment.planned != old or promised == new:
            if promised and promised.is_running:
                raise EditConflict(
                    f"Det är redan {promised.promised(today=date.min)}. Välj en annan dag om det ska ändras."
                )
            planned = promised.shown(today=date.min) if promised else ""
            raise EditConflict(f"Datumet är redan {planned}. Välj ett annat om det ska flyttas.")
