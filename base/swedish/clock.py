"""The clock on the wall: what it shows, and the moment that somebody means by a day and a time of day.

Also on the two nights when the clocks are changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone

SKIPPED = "Den tiden finns inte den dagen, för då ställs klockan fram till sommartid. Skriv en annan tid."


def moment_of(
    day: date, clock: time, *, known: Iterable[datetime | None] = (), after: datetime | None = None
) -> datetime:
    """The moment, in UTC: two of the same zone are compared by their clocks alone. Raises ValidationError for none.

    A form knows the minute, and of an hour that comes twice not which. Where it says what it showed, the moment is the
    one that was `known`, to the second; else the first of two, or the one that is not before `after`.
    """
    said = datetime.combine(day, clock)
    for moment in known:
        if moment and _to_the_minute(moment) == said:
            return moment
    first = timezone.make_aware(said).astimezone(UTC)
    if _to_the_minute(first) != said.replace(second=0, microsecond=0):
        raise ValidationError(SKIPPED, code="invalid")
    second = timezone.make_aware(said.replace(fold=1)).astimezone(UTC)
    return second if after and first < after else first


def wall_clock(moment: datetime) -> datetime:
    """The moment by the clock on the wall. Django's `localtime` first looks for a zone of the visitor's own."""
    return moment.astimezone(timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    """The day of the moment by the same clock."""
    return wall_clock(moment).date()


def today() -> date:
    return day_of(timezone.now())


def _to_the_minute(moment: datetime) -> datetime:
    return wall_clock(moment).replace(second=0, microsecond=0, tzinfo=None, fold=0)
