from __future__ import annotations

from collections.abc import Mapping

import pghistory
from django.db import models, transaction

from base.records import Versioned
from base.records.conflicts import Acting
from members.models.member import Member


class Subject(models.TextChoices):
    """What one chooses about how to be told of."""

    MEETINGS = "meetings", "Möten"
    ASKED = "asked", "Det du ska svara på"
    ANSWERED = "answered", "Svar på det gruppen har bett om"
    FOLLOWED = "followed", "Det du har rapporterat eller följer"
    NAMED = "named", "Begränsad spridning"


class How(models.TextChoices):
    AT_ONCE = "at_once", "Direkt"
    DAILY = "daily", "Samlat, varje arbetsdag"
    WEEKLY = "weekly", "Samlat, en gång i veckan"
    NEVER = "never", "Inget mejl"


UNLESS_CHOSEN = dict.fromkeys(Subject, How.AT_ONCE) | {Subject.FOLLOWED: How.DAILY}
"""What waits for an answer comes at once."""


class NoticeChoiceQuerySet(models.QuerySet["NoticeChoice"]):
    def of(self, member: Member) -> dict[Subject, How]:
        """How she is told of each subject."""
        chosen = dict(self.filter(member=member).values_list("subject", "how"))
        return {subject: How(chosen.get(subject, UNLESS_CHOSEN[subject])) for subject in Subject}

    @transaction.atomic
    def choose(self, member: Member, wanted: Mapping[Subject, How], *, by: Acting) -> None:
        """Set how she is told of each of the subjects."""
        rows = [
            NoticeChoice(member=member, subject=each, how=how, updated_by=by.member) for each, how in wanted.items()
        ]
        NoticeChoice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["member", "subject"],
            update_fields=["how", "updated_by", "updated_at"],
        )


@pghistory.track()
class NoticeChoice(Versioned):
    """How a member has chosen to be told of a subject by mail. The page has it all whatever she chooses."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notice_choices", db_index=False)
    subject = models.CharField(max_length=20, choices=Subject)
    how = models.CharField(max_length=20, choices=How)

    objects = NoticeChoiceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "subject"], name="subject_chosen_once")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.get_how_display()}"
