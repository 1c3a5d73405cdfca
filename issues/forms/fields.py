"""Form fields that the pages of observations, issues and actions share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

LONGEST_YEARS = 10


def field_of(model: type[Model], name: str, **options: Any) -> forms.Field:
    """The form field of a model's field: its length, choices and words, with the options on top."""
    field = model._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]
    assert isinstance(field, forms.Field)  # noqa: S101  every field we name is one that a form can show
    return field


class ComingDay(forms.DateField):
    """A day that somebody promises or is given: today or later, and not beyond what anybody can plan."""

    default_error_messages = {
        "past": "Dagen har redan varit. Välj i dag eller en senare dag.",
        "too_far": f"Dagen ligger mer än {LONGEST_YEARS} år bort. Se efter att året stämmer.",
    }

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value and value < today:
            raise ValidationError(self.error_messages["past"], code="past")
        if value and value.year > today.year + LONGEST_YEARS:
            raise ValidationError(self.error_messages["too_far"], code="too_far")


class OtherDay(ComingDay):
    """The day that goes with the choice "Annat datum": asked for only then, and never marked as optional."""

    def clean(self, value: Any) -> date | None:
        return super().clean(value) if value else None
