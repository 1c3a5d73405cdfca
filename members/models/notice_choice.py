from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pghistory
from django.db import models, transaction
from django.db.models import Case, When
from django.utils import timezone

from base.records import Versioned
from base.records.conflicts import Acting
from members.models.member import Member
from members.models.notice import Notice


class Subject(models.TextChoices):
    """What one chooses about how to be told of."""

    MEETINGS = "meetings", "Möten"
    ASKED = "asked", "Det du ska svara på"
    ANSWERED = "answered", "Svar på det gruppen har bett om"
    FOLLOWED = "followed", "Det du har rapporterat eller följer"
    NAMED = "named", "Begränsad spridning"

    @property
    def in_passing(self) -> str:
        """What a mail is about, where anybody may read it."""
        return "att något har hänt" if self is Subject.NAMED else f"{self.label[:1].lower()}{self.label[1:]}"


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

    def ended(self) -> NoticeChoiceQuerySet:
        """The subjects that are not told of by mail, in the order in which they are chosen about."""
        order = [When(subject=subject, then=place) for place, subject in enumerate(Subject)]
        return self.filter(how=How.NEVER).order_by(Case(*order))

    def against(self, subject: Subject) -> NoticeChoiceQuerySet:
        """The choices of those who are not told of it by mail."""
        return self.filter(subject=subject, how=How.NEVER)

    @transaction.atomic
    def choose(self, member: Member, wanted: Mapping[Subject, How], *, by: Acting, at: datetime | None = None) -> None:
        """Set how she is told of each of the subjects; what is gathered already follows."""
        rows = [
            NoticeChoice(member=member, subject=each, how=how, updated_by=by.member) for each, how in wanted.items()
        ]
        NoticeChoice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["member", "subject"],
            update_fields=["how", "updated_by", "updated_at"],
        )
        Notice.objects.waiting().filter(member=member, is_gathered=True).update(due_at=at or timezone.now())


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
