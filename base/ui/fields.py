"""The form fields of the register: in place of Django's own, hidden ones, and coming days.

Free text and addresses have theirs where their columns are, in `base.records.freetext` and `base.records.address`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from base.swedish.text import DASHES
from base.ui.models import form_key
from base.ui.widgets import DateInput, TimeInput

LONGEST_YEARS = 10
HYPHENS = dict.fromkeys(map(ord, DASHES), "-")


def possible_year(day: date) -> None:
    """Validator: a slip of the finger gives the year 0026 or 9999, and no calendar can count on from those."""
    if not 1900 <= day.year <= 2100:
        raise ValidationError("Året kan inte stämma. Skriv datumet som 2026-11-25.", code="year")


class DateField(forms.DateField):
    """A day, in the browser's own calendar."""

    widget = DateInput
    default_validators = [possible_year]

    def to_python(self, value: Any) -> date | None:
        """The day, also where a phone or a document has made the hyphens longer."""
        return super().to_python(value.translate(HYPHENS) if isinstance(value, str) else value)


class TimeField(forms.TimeField):
    """A time of day, in the browser's own clock."""

    widget = TimeInput


class ComingDay(DateField):
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


class PastDay(DateField):
    """The day when something became what is reported: today, unless an earlier one is given."""

    default_error_messages = {
        "to_come": "Dagen har inte varit än. Välj i dag eller en tidigare dag.",
        "too_long_ago": f"Dagen ligger mer än {LONGEST_YEARS} år tillbaka. Se efter att året stämmer.",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(initial=timezone.localdate, **options)

    def clean(self, value: Any) -> date | None:
        return super().clean(value) if value else timezone.localdate()

    def validate(self, value: date | None) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value and value > today:
            raise ValidationError(self.error_messages["to_come"], code="to_come")
        if value and value.year < today.year - LONGEST_YEARS:
            raise ValidationError(self.error_messages["too_long_ago"], code="too_long_ago")


# Unseen


class KeyField(forms.UUIDField):
    """Hidden field with the form's own key, made when it is shown.

    A missing or broken one is never complained about: nobody can see the field.
    """

    def __init__(self) -> None:
        # No id: several forms stand on one page.
        super().__init__(required=False, initial=uuid4, widget=forms.HiddenInput({"id": False}))

    def to_python(self, value: Any) -> UUID | None:  # type: ignore[override]  # the stubs know of no UUID
        return form_key(value)

    def prepare_value(self, value: Any) -> str:
        return str(form_key(value) or uuid4())


class NewestMixin(forms.Field):
    """Hidden field with a value that the page showed; after a conflict it is rendered with the newest."""

    widget = forms.HiddenInput
    is_refreshed = False

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if data and not self.is_refreshed else initial


class VersionField(NewestMixin, forms.CharField):
    """Hidden field with the version that the page showed, so that nobody saves over another unknowingly."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class ShownDay(NewestMixin, forms.DateField):
    """Hidden field like VersionField, where the version is a day."""


class ShownMoment(VersionField):
    """Hidden field like VersionField, with the moment at which the page was shown; None where it is none of ours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"initial": lambda: timezone.now().isoformat(), **kwargs})

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]  # the stubs know of no moment
        try:
            moment = datetime.fromisoformat(value or "")
        except ValueError:
            return None
        return moment if moment.tzinfo else None


def field_of(model: type[Model], name: str, **options: Any) -> forms.Field:
    """The form field of a model's field: its length, choices and words, with the options on top."""
    field = model._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]
    assert isinstance(field, forms.Field)  # noqa: S101  every field we name is one that a form can show
    return field
