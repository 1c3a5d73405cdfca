from __future__ import annotations

from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.records import FreeText, Timestamped
from members.models import Member

TIME_TO_UNDO = timedelta(minutes=10)
"""How long the closing of a meeting, or calling it off, can be taken back; what it causes is told of after that."""


@pghistory.track()
class Closure(Timestamped):
    """Ett avslut: how an issue ended, in one sentence to everyone who reported on it.

    One row for each time: an issue that is opened again and closed anew keeps what was said the first time.
    """

    append_only = True

    class Outcome(models.TextChoices):
        SOLVED = "solved", "Åtgärdat"
        PARTLY = "partly", "Delvis åtgärdat"
        UNSOLVED = "unsolved", "Avslutat utan åtgärd"
        NOT_OURS = "not_ours", "Inte vårt ansvar"
        DUPLICATE = "duplicate", "Dubblett"

    issue = models.ForeignKey("issues.Issue", models.PROTECT, related_name="closures")
    outcome = models.CharField("utfall", max_length=20, choices=Outcome)
    feedback = FreeText("återkoppling", max_length=500)
    despite = FreeText("varför trots pågående åtgärder", max_length=500, blank=True)
    at = models.DateTimeField("avslutat", default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(outcome="") & ~Q(feedback=""), name="closure_with_outcome_and_feedback")
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}. {self.feedback}"

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing more is done here, whatever remains: it is another issue's, or not the group's."""
        return self.outcome in (self.Outcome.DUPLICATE, self.Outcome.NOT_OURS)


CLOSURE_IS_ITS_OWN = pgtrigger.Trigger(
    name="closure_is_its_own",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__closure__isnull=False),
    func="""
            IF NOT EXISTS (
                SELECT FROM issues_closure WHERE id = NEW.closure_id AND issue_id = NEW.id AND at = NEW.state_since
            ) THEN RAISE EXCEPTION 'issue % has a closure of its own, of when it closed', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'closure_is_its_own';
            END IF;
            RETURN NEW;
        """,
)
"""Trigger of the issue, which may point at no other's closure, nor at one of another moment than its state tells."""
