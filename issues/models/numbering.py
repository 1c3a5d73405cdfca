from __future__ import annotations

from django.db import models, transaction

from base.records import Timestamped


class Counter(Timestamped):
    """The last number given in a series of a year: one row, locked while the next number is taken.

    A number is never used twice; a gap is accepted, for instance where an issue is restricted.
    """

    class Series(models.TextChoices):
        ISSUE = "issue", "ärenden"
        DECISION = "decision", "beslut"
        MEETING = "meeting", "möten"

    series = models.CharField(max_length=20, choices=Series)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_one_per_series_and_year")]

    def __str__(self) -> str:
        return f"{self.get_series_display()} {self.year}: {self.last}"

    @classmethod
    @transaction.atomic
    def take(cls, series: Series, year: int) -> int:
        """The next number of the series. Others wait until the caller's transaction has ended."""
        cls.objects.get_or_create(series=series, year=year)
        counter = cls.objects.select_for_update().get(series=series, year=year)
        counter.last += 1
        counter.save(update_fields=["last", "updated_at"])
        return counter.last
