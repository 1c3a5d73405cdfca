"""Makes a time span with its precision of a person's answers about when something was observed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone

from issues.models import Observation

EARLIEST = date(2000, 1, 1)
Precision = Observation.Precision


class Seen(NamedTuple):
    """When something was observed: a time span with its precision. Moments in UTC."""

    start: datetime
    end: datetime | None
    precision: str


def just_now(now: datetime) -> Seen:
    return Seen(now, None, Precision.EXACT)


def earlier_today(now: datetime) -> Seen:
    return whole_day(timezone.localdate(now), now)


def whole_day(day: date, now: datetime) -> Seen:
    """The span of a day, as far as it has gone."""
    return Seen(_moment(day), min(_moment(day + timedelta(days=1)), now), Precision.DAY)


def at(day: date, start: time | None, end: time | None, now: datetime) -> Seen:
    """The span of a day, a time of day or a band that may pass midnight. Raises ValidationError by field."""
    _ensure_possible(day, now)
    if start is None:
        if end:
            raise ValidationError({"start": "Skriv också från vilken tid."})
        return whole_day(day, now)
    begun = _moment(day, start)
    if begun > now:
        raise ValidationError({"start": "Den tiden har inte varit än. Skriv en tidigare."})
    if end is None or end == start:
        return Seen(begun, None, Precision.EXACT)
    ended = _moment(day + timedelta(days=end < start), end)
    if ended > now:
        raise ValidationError({"end": "Den tiden har inte varit än. Lämna den tom om det fortfarande pågick."})
    # The hour that summer time skips would otherwise end before it begins.
    return Seen(begun, max(begun, ended), Precision.BAND)


def answers(observation: Observation) -> dict[str, object]:
    """The initial values that give the observation's own time: the fields of `at`."""
    start = timezone.localtime(observation.seen_from)
    if observation.precision == Precision.DAY:
        return {"day": start.date()}
    end = observation.seen_to and timezone.localtime(observation.seen_to).time()
    return {"day": start.date(), "start": start.time(), "end": end}


def _ensure_possible(day: date, now: datetime) -> None:
    if day > timezone.localdate(now):
        raise ValidationError({"day": "Den dagen har inte varit än. Välj en dag till och med i dag."})
    if day < EARLIEST:
        raise ValidationError({"day": "Välj en dag från 2000 och framåt."})


def _moment(day: date, clock: time = time.min) -> datetime:
    # In UTC, for two moments of the same zone are compared by their clocks alone.
    return timezone.make_aware(datetime.combine(day, clock)).astimezone(UTC)
