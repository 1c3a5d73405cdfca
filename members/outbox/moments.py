"""When a mail may be sent: not at night, and what is gathered, in the morning of a working day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from base.swedish.working_days import working_day_from
from members.models.notice_choice import How

MORNING, EVENING = time(7), time(20)
"""Between the evening and the morning nobody is sent a mail of her own."""
DIGEST_AT = time(7, 30)


def awake(moment: datetime) -> datetime:
    """The moment, or the morning after it where it is night."""
    local = timezone.localtime(moment)
    if MORNING <= local.time() < EVENING:
        return moment
    return _on(local.date() + timedelta(days=local.time() >= EVENING), MORNING)


def next_digest(moment: datetime, how: How) -> datetime:
    """When what happens at the moment is told with the rest: on a working day, or on the first one of a week."""
    local = timezone.localtime(moment)
    day = local.date() + timedelta(days=local.time() >= DIGEST_AT)
    if how == How.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return _on(working_day_from(day), DIGEST_AT)


def _on(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
