from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone

from base.ui.fields import DateField, TimeField
from base.ui.forms import RegisterModelForm
from base.ui.widgets import SegmentsSelect
from issues.forms import seen


class When(TextChoices):
    NOW = "now", "Nyss"
    TODAY = "today", "Tidigare i dag"
    OTHER = "other", "Annan tid"


READY_MADE = {When.NOW: seen.just_now, When.TODAY: seen.earlier_today}


class WhenFields(RegisterModelForm):
    """The fields that ask when something was seen; a valid form has the answer in `when_seen`."""

    when = forms.ChoiceField(label="När?", choices=When, initial=When.NOW, widget=SegmentsSelect)
    day = DateField(label="Dag")
    start = TimeField(label="Från kl.", required=False)
    end = TimeField(label="Till kl.", required=False)

    missing = {"when": "Välj när det var.", "day": "Välj vilken dag det var."}
    exact = ("day", "start", "end")
    when_seen: seen.Seen | None = None

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
            self.when_seen = seen.at(cleaned["day"], cleaned["start"], cleaned["end"], timezone.now())
        except ValidationError as error:
            self.add_error(None, error)
