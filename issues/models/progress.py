from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Conflict, FreeLine, NotAllowed, Timestamped
from base.records.guards import guarded_by
from base.swedish.words import day_and_month
from issues.models import fixed
from issues.models.answer import TIME_TO_WITHDRAW
from issues.models.assignment import Assignment
from issues.models.event import Event, EventKind
from issues.models.status import PROMISED
from members.actor import Actor, Channel, Voice, said_by_somebody
from members.models import Member


@pghistory.track()
@guarded_by(*fixed.PROGRESS)
class Progress(Timestamped):
    """Ett läge: how far an organisation has come with what it has promised. "4 av 6 lampor"

    The assignment's `progress` is the latest that stands; it never changes, a new one is written or it is withdrawn.
    `TOLD_IN` are questions of the apps above: where it is told for good, and so stands.
    """

    TOLD_IN: ClassVar[list[Callable[[Progress], str]]] = []

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="progress_notes")
    text = FreeLine("hur långt", max_length=160)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    channel = models.CharField("hur beskedet kom", max_length=20, choices=Channel, default=Channel.SIGNED_IN)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="progress_says_something"),
            said_by_somebody("progress"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def when(self) -> str:
        """The day it was told, without its year where that is this one: 12 november."""
        return day_and_month(timezone.localdate(self.created_at), today=timezone.localdate())

    @classmethod
    @transaction.atomic
    def tell(cls, assignment: Assignment, *, text: str, by: Voice, at: datetime | None = None) -> Progress:
        """Tell how far it has come. Raises Conflict when nothing is promised any longer."""
        assignment.lock_with_action(*PROMISED)
        at = at or timezone.now()
        note = cls(assignment=assignment, text=text, by=by.member, channel=by.channel, created_at=at)
        note.save_checked()
        note._is_told(Event.Kind.PROGRESS, by=by.speaking_for(assignment.organisation, by.channel), at=at, latest=note)
        return note

    @transaction.atomic
    def withdraw(self, *, by: Actor, at: datetime | None = None) -> None:
        """Take it back: the one before it stands again. Raises Conflict; NotAllowed after ten minutes, or when minutes
        tell it.
        """
        assignment = self.assignment
        assignment.lock_with_action(*PROMISED, otherwise="Inget är ändrat.")
        at = at or timezone.now()
        self.refresh_from_db(fields=["withdrawn_at"])
        if self.withdrawn_at:
            raise Conflict("Läget är redan taget tillbaka.")
        if at > self.created_at + TIME_TO_WITHDRAW:
            raise NotAllowed("Läget är äldre än tio minuter och står kvar. Skriv hur det är nu i stället.")
        if told := next(filter(None, (where(self) for where in self.TOLD_IN)), ""):
            raise NotAllowed(f"Läget står i {told} och står kvar. Skriv hur det är nu i stället.")
        self.withdrawn_at = at
        self.save(update_fields=["withdrawn_at", "updated_at"])
        standing = assignment.progress_notes.filter(withdrawn_at=None).order_by("-pk").first()
        self._is_told(Event.Kind.WITHDRAWN, by=by.taking_back(self, assignment.organisation), at=at, latest=standing)

    def _is_told(self, kind: EventKind, *, by: Voice, at: datetime, latest: Progress | None) -> None:
        """Record the event, and set the latest that stands."""
        assignment = self.assignment
        assignment.progress = latest
        assignment.save(update_fields=["progress", "updated_at"])
        points = {"action": assignment.action, "assignment": assignment, "progress": self}
        assignment.action.issue.record(kind, by=by, at=at, **points)
