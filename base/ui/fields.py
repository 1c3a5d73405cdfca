"""The fields that the register's forms share: what they carry unseen, days to come, and those of a model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from base.ui.sending import form_key, sending

LONGEST_YEARS = 10


class KeyField(forms.UUIDField):
    """The form's own number, made when it is shown; what it becomes when sent names that very sending.

    A missing or broken key is replaced, never complained about: nobody can see the field.
    """

    widget = forms.HiddenInput

    def __init__(self, typed: Mapping[str, Any], chosen: Mapping[str, Any]) -> None:
        super().__init__(required=False, initial=uuid4)
        self.typed, self.chosen = typed, chosen
        self.widget.attrs["id"] = False  # several forms stand on one page

    def clean(self, value: Any) -> UUID:
        return sending(self.typed, self.chosen) or uuid4()

    def prepare_value(self, value: Any) -> str:
        return str(form_key(value) or uuid4())


class NewestMixin(forms.Field):
    """Carried unseen: what the page showed, until the member has been told what came between; then the newest."""

    widget = forms.HiddenInput
    is_told = False

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if data and not self.is_told else initial


class VersionField(NewestMixin, forms.CharField):
    """Which version of the thing the page showed, so that nobody saves over another without knowing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class SeenDay(NewestMixin, forms.DateField):
    """The same where the version is a day."""


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


def field_of(model: type[Model], name: str, **options: Any) -> forms.Field:
    """The form field of a model's field: its length, choices and words, with the options on top."""
    field = model._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]
    assert isinstance(field, forms.Field)  # noqa: S101  every field we name is one that a form can show
    return field
