"""Numbers of rows: the counter of each series, and what is left where a numbered row was deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from base.records import FreeLine, FreeText, Timestamped
from base.records.guards import guarded_by
from issues.models import fixed
from members.actor import Actor
from members.models import Member


@guarded_by(fixed.COUNTER)
class Counter(Timestamped):
    """The last number given in a series of a year: one row, locked while the next number is taken.

    A number is never used twice; a gap is accepted, for instance where an issue is restricted.
    """

    class Series(models.TextChoices):
        ISSUE = "issue", "ärenden"
        DECISION = "decision", "beslut"
        MEETING = "meeting", "möten"
        PARAGRAPH = "paragraph", "paragrafer"

    series = models.CharField(max_length=20, choices=Series)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_one_per_series_and_year")]

    def __str__(self) -> str:
        return f"{self.get_series_display()} {self.year}: {self.last}"

    @classmethod
    def last_of(cls, series: Series, year: int) -> int:
        """The last number given, for a preview: another may take the next."""
        return cls.objects.filter(series=series, year=year).values_list("last", flat=True).first() or 0

    @classmethod
    @transaction.atomic
    def take(cls, series: Series, year: int, *, many: int = 1) -> int:
        """The next number of the series, the last of so many. Others wait until the caller's transaction has ended."""
        counter, _ = cls.objects.select_for_update().get_or_create(series=series, year=year)
        counter.last += many
        counter.save(update_fields=["last", "updated_at"])
        return counter.last


class Tombstone(models.Model):
    """The record of a row that had a number and is deleted, or keeps nothing of its words: when, by whom and why."""

    append_only = True

    kind = models.CharField(max_length=20)  # what it was, in the model's own name
    number = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True)
    why = FreeLine("skäl", max_length=500, blank=True)
    text = FreeText(max_length=4000, blank=True)  # the words that stood there, where a timeline points at them

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="tombstone_one_for_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.why}"

    @classmethod
    def of(cls, row: models.Model, number: str) -> Tombstone:
        """What was left of the row with that number. Raises DoesNotExist."""
        return cls.objects.select_related("by").get(kind=str(row._meta.model_name), number=number)

    @classmethod
    def leave(
        cls, row: models.Model, number: str, *, why: str, by: Actor, text: str = "", at: datetime | None = None
    ) -> Tombstone:
        """Record who deletes the row with that number, and why. Called in the transaction that deletes it."""
        facts = {"why": why, "text": text, "by": by.member, "at": at or timezone.now()}
        return cls.objects.create(kind=str(row._meta.model_name), number=number, **facts)
