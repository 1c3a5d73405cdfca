"""Free text: the kind of field for what people write. What a row keeps is the same by whatever way it came in.

`FreeText` has several lines, `FreeLine` one; `FreeHeading` is one that begins with a large letter. Whatever must know
every text that people write (the guard against names, search, redaction) asks `freetext_fields()`. In the database, and
so in the migrations, they are Django's own columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.expressions import Combinable

from base.records.masked import ensure_not_again
from base.swedish.text import normalize_heading, normalize_line, normalize_text
from base.swedish.words import thousands

LONGEST_TEXT = 20_000
"""Where a form sets no limit of its own; a whole page of minutes is a third of this."""


class ShortEnough(MaxLengthValidator):
    """Validator of a maximum length that says how many signs too many, instead of cutting what was typed."""

    def __call__(self, value: str) -> None:
        over = len(value) - self.limit_value
        if over > 0:
            raise ValidationError(
                "Texten är %(over)s tecken för lång. Det får plats %(limit)s.",
                code="max_length",
                params={"over": thousands(over), "limit": thousands(self.limit_value)},
            )


# In a form


class WrittenMixin(forms.Field):
    """A form field in which somebody writes words: for the guard, which asks about what points out a person.

    is_guarded  whether it is asked about there
    column      the column that it is the form field of, if there is one: issues.Action.text
    text_in     what the name of the control with the words ends with, where it is one of several
    """

    is_guarded = True
    column = ""
    text_in = ""

    @property
    def text_widget(self) -> forms.Widget:
        """The control in which the words are written."""
        control: forms.Widget = self.widget
        return control

    def text_of(self, value: Any) -> str:
        """What is written, of a value of the field."""
        return value if isinstance(value, str) else ""

    def with_text(self, value: Any, text: str) -> Any:
        """The value with that text instead. Raises ValidationError."""
        self.run_validators(text)
        return text


class FreeLineFormField(WrittenMixin, forms.CharField):
    """Form field for what somebody writes on one line, also where no column stands behind it.

    The browser is told no `maxlength`: it would cut what is pasted without a word.
    """

    normalize: Callable[[str], str] = staticmethod(normalize_line)

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.max_length = max_length or LONGEST_TEXT
        self.validators.append(ShortEnough(self.max_length))

    def to_python(self, value: Any) -> Any:
        taken = super().to_python(value)
        return self.normalize(taken) or self.empty_value if isinstance(taken, str) else taken


class FreeHeadingFormField(FreeLineFormField):
    """Form field for a heading, which begins with a large letter."""

    normalize = staticmethod(normalize_heading)


class FreeTextFormField(FreeLineFormField):
    """Form field for what somebody writes on several lines."""

    widget = forms.Textarea
    normalize = staticmethod(normalize_text)


# In a table

if TYPE_CHECKING:  # what is set and read; Django's own classes cannot be told when the program runs
    Column = models.Field[str | Combinable, str]
    TextColumn = models.TextField[str | Combinable, str]
    LineColumn = models.CharField[str | Combinable, str]
else:
    Column, TextColumn, LineColumn = models.Field, models.TextField, models.CharField


class NormalizedMixin(Column):
    """A column of letters, normalized before they are measured, compared or stored, in a form and without one."""

    normalize: Callable[[str], str]
    form_field: type[forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.max_length:
            others = [check for check in self.validators if not isinstance(check, MaxLengthValidator)]
            self.validators = [*others, ShortEnough(self.max_length)]

    def to_python(self, value: Any) -> Any:
        """The normalized value; called by `full_clean`, and for what is stored or looked up without it."""
        taken = super().to_python(value)
        return self.normalize(taken) if isinstance(taken, str) else taken

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The normalized value to store, set on the row in hand too."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, *args: Any, **options: Any) -> Any:
        made: Any = super().formfield(*args, **{"form_class": self.form_field, **options})
        made.column = str(self)
        return made

    def deconstruct(self) -> Any:
        """Deconstruct as Django's own field, so that migrations and history tables know nothing of this class."""
        name, _, args, options = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, options


class FreeTextMixin(NormalizedMixin):
    """A column of free text, by which `freetext_fields` knows it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The normalized value to store. Raises Conflict when it brings back what was masked there."""
        value = super().pre_save(model_instance, add)
        ensure_not_again(model_instance, self.attname, value)
        return value


class FreeText(FreeTextMixin, TextColumn):
    """Column for what somebody writes on several lines. Its `max_length` holds wherever a row is checked."""

    normalize = staticmethod(normalize_text)
    form_field = FreeTextFormField


class FreeLine(FreeTextMixin, LineColumn):
    """Column for what somebody writes on one line: a heading, a name, a place."""

    normalize = staticmethod(normalize_line)
    form_field = FreeLineFormField


class FreeHeading(FreeLine):
    """Column for one line that begins with a large letter wherever it is shown: what is to be done."""

    normalize = staticmethod(normalize_heading)
    form_field = FreeHeadingFormField


def freetext_fields() -> Iterator[tuple[type[models.Model], FreeTextMixin]]:
    """Yields every column of free text there is, with its table."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FreeTextMixin):
                yield model, field
