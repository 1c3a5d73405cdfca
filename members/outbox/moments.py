"""When a mail may be sent: not in the receiver's quiet hours, and what is gathered, in the morning of a working day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from base.swedish.working_days import working_day_from
from members.models import How, QuietHours

DIGEST_AT = time(7, 30)
MIDNIGHT = time(0)
IN_TIME = timedelta(hours=2)
"""So long before a meeting begins one has been told of it, quiet hours or not."""


def awake(moment: datetime, quiet: QuietHours) -> datetime:
    """The moment, or the first after it that is not quiet."""
    local = timezone.localtime(moment)
    if quiet.is_day_off(local):
        return awake(_on(working_day_from(local.date()), MIDNIGHT), quiet)
    if not quiet.cover(local.hour):
        return moment
    ends_on = local.date() + timedelta(days=local.hour >= quiet.end)
    return awake(_on(ends_on, time(quiet.end)), quiet)  # a day off, or an hour that a clock put forward leaves out


def next_digest(moment: datetime, how: How) -> datetime:
    """When what happens at the moment is told with the rest: on a working day, or on the first one of a week."""
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=local.time() >= DIGEST_AT)
    if how == How.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return _on(working_day_from(day), DIGEST_AT)


def _on(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
