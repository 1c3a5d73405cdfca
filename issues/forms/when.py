"""The fields that ask when something was observed, and the time span that is made of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone

from base.swedish.clock import moment_of
from base.ui.fields import DateField, TimeField
from base.ui.forms import RegisterModelForm, at_field
from base.ui.widgets import SegmentsSelect
from issues.models import Observation

EARLIEST = date(2000, 1, 1)
Precision = Observation.Precision


class TimeSeen(NamedTuple):
    """When something was observed: a time span with its precision. Moments in UTC."""

    start: datetime
    end: datetime | None
    precision: str


def just_now(now: datetime) -> TimeSeen:
    return TimeSeen(now, None, Precision.EXACT)


def earlier_today(now: datetime) -> TimeSeen:
    return whole_day(timezone.localdate(now), now)


def whole_day(day: date, now: datetime) -> TimeSeen:
    """The span of a day, as far as it has gone."""
    end = moment_of(day + timedelta(days=1), time.min)
    return TimeSeen(moment_of(day, time.min), min(end, now), Precision.DAY)


def time_seen(
    day: date, start: time | None, end: time | None, now: datetime, known: Sequence[datetime | None] = ()
) -> TimeSeen:
    """The span of a day, a time of day or a band that may pass midnight. Raises ValidationError by field.

    `known` are the moments that the form showed: what still says the same is the same.
    """
    _ensure_possible(day, now)
    if start is None:
        if end:
            raise ValidationError({"start": "Skriv också från vilken tid."})
        return whole_day(day, now)
    with at_field("start"):
        started = moment_of(day, start, known=known)
        if started > now:
            raise ValidationError("Den tiden har inte varit än. Skriv en tidigare.", code="invalid")
    if end is None or end == start:
        return TimeSeen(started, None, Precision.EXACT)
    with at_field("end"):
        ended = moment_of(day + timedelta(days=end < start), end, known=known, after=started)
        if ended > now:
            raise ValidationError(
                "Den tiden har inte varit än. Lämna den tom om det fortfarande pågick.", code="invalid"
            )
    return TimeSeen(started, max(started, ended), Precision.BAND)


def answers_of(observation: Observation) -> dict[str, object]:
    """The initial values that give the observation's own time, to the minute: the fields of `time_seen`."""
    start = timezone.localtime(observation.seen_from)
    if observation.precision == Precision.DAY:
        return {"day": start.date()}
    end = observation.seen_to and _minute(timezone.localtime(observation.seen_to))
    return {"day": start.date(), "start": _minute(start), "end": end}


def _ensure_possible(day: date, now: datetime) -> None:
    if day > timezone.localdate(now):
        raise ValidationError({"day": "Den dagen har inte varit än. Välj en dag till och med i dag."})
    if day < EARLIEST:
        raise ValidationError({"day": "Välj en dag från 2000 och framåt."})


def _minute(moment: datetime) -> time:
    return moment.time().replace(second=0, microsecond=0)


class When(TextChoices):
    NOW = "now", "Nyss"
    TODAY = "today", "Tidigare i dag"
    OTHER = "other", "Annan tid"


READY_MADE = {When.NOW: just_now, When.TODAY: earlier_today}


class WhenFields(RegisterModelForm):
    """The fields that ask when something was seen; a valid form has the answer in `when_seen`."""

    when = forms.ChoiceField(label="När?", choices=When, initial=When.NOW, widget=SegmentsSelect)
    day = DateField(label="Dag")
    start = TimeField(label="Från kl.", required=False)
    end = TimeField(label="Till kl.", required=False)

    missing = {"when": "Välj när det var.", "day": "Välj vilken dag det var."}
    needed = {"start": "med till kl."}
    exact = ("day", "start", "end")
    when_seen: TimeSeen | None = None
    known: Sequence[datetime | None] = ()  # the moments that it shows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        chosen = cleaned.get("when")
        if chosen == When.OTHER:
            self._read_exact(cleaned)
        else:
            self._forgive_exact()
        if chosen in READY_MADE:
            self.when_seen = READY_MADE[chosen](timezone.now())
        return cleaned

    @property
    def seen_facts(self) -> dict[str, Any]:
        """`when_seen` as the columns of an observation; empty when the form does not say it."""
        return dict(zip(("seen_from", "seen_to", "precision"), self.when_seen, strict=True)) if self.when_seen else {}

    def _forgive_exact(self) -> None:
        """Drop the errors of the exact fields, which were not asked for."""
        for name in self.exact:
            self.errors.pop(name, None)

    def _read_exact(self, cleaned: dict[str, Any]) -> None:
        if any(name in self.errors for name in self.exact):
            return
        try:
            said = cleaned["day"], cleaned["start"], cleaned["end"]
            self.when_seen = time_seen(*said, timezone.now(), self.known)
        except ValidationError as error:
            self.add_error(None, error)
