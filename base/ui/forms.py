"""The forms of the register: one look, one way to say what is wrong, one key against sending twice."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.forms.utils import pretty_name

from base.swedish.text import normalize_line, normalize_text
from base.swedish.words import capital, in_words
from base.ui.errors import speak_swedish
from base.ui.fields import KeyField, NewestMixin
from base.ui.undo import Undo
from base.ui.widgets import DateInput, DateTimeInput, TimeInput

# Django's plain controls and the ones that stand for them in our forms.
OUR_WIDGETS: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: DateInput,
    forms.TimeInput: TimeInput,
    forms.DateTimeInput: DateTimeInput,
}
EMPTY_CHOICE = "Välj …"


class FurnishedFormMixin(forms.BaseForm):
    """Our look and our sentences, also for a form that somebody else has made.

    missing      field → the sentence when it was left empty ("Skriv en rubrik.")
    one_of       the fields of which one is needed, so that neither is called optional
    error_title  the heading of what went wrong, when it is not enough to say how much has to be put right
    """

    missing: ClassVar[dict[str, str]] = {}
    one_of: ClassVar[tuple[str, ...]] = ()
    error_title: ClassVar[str] = ""

    # The browser's own bubbles speak another language than ours and vanish; the optional fields are marked instead.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._furnish(name, field)

    @property
    def error_heading(self) -> str:
        """Två saker behöver rättas; what stopped the whole is told under a heading that says so."""
        if self.error_title or self.non_field_errors():
            return self.error_title or "Det gick inte att spara"
        return f"{capital(in_words(len(self.errors), 'sak', 'saker'))} behöver rättas"

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """The rows that a field lets one choose among."""
        field: Any = self.fields[name]
        field.queryset = rows

    def offer_choices(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        """The same of answers in words: value and words."""
        field: Any = self.fields[name]
        field.choices = choices

    def _furnish(self, name: str, field: forms.Field) -> None:
        if ours := OUR_WIDGETS.get(type(field.widget)):
            field.widget = ours(attrs=field.widget.attrs)
        if isinstance(field, forms.CharField) and field.strip and not field.widget.is_hidden:
            _take_what_is_seen(field)
        field.widget.attrs.pop("placeholder", None)  # a label that vanishes is no label
        if name in self.missing:
            field.error_messages["required"] = self.missing[name]
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = field.empty_label and EMPTY_CHOICE
        elif isinstance(field, forms.ChoiceField):
            _name_the_empty_choice(field)
        # Not self[name].label: a bound field made here would freeze what a form's own __init__ goes on to change.
        speak_swedish(field, str(field.label or pretty_name(name)))


class RegisterFormMixin(FurnishedFormMixin):
    """What every form of the register shares.

    layout        crispy layout objects, when the fields in their order are not enough
    submit_label  the words on the button
    """

    layout: ClassVar[Sequence[Any]] = ()
    submit_label: ClassVar[str] = "Spara"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"] = KeyField(self.data, self.files)

    def add_prefix(self, field_name: str) -> str:
        """The key has the same name in every form, so that it can be found before the view knows the form."""
        return field_name if field_name == "key" else super().add_prefix(field_name)

    def clean(self) -> dict[str, Any]:
        """What was typed, as far as it holds."""
        return super().clean() or self.cleaned_data

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy draws the form: the page owns the form tag and the button."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        if self.layout:
            helper.layout = Layout(*deepcopy(list(self.layout)))
            helper.render_hidden_fields = True
        return helper

    def save(self) -> Any:
        """Do what was asked for; gives back where to go on, an address or a thing with one. Raises ValidationError."""
        raise NotImplementedError

    def receipt(self, saved: Any) -> str:
        """What is said when it is saved, of what `save` gave back; nothing where the next page says it."""
        return ""

    def undo(self, saved: Any) -> Undo | None:
        """The way back that stands beside the receipt, where one step leads back."""
        return None

    def add_error(self, field: str | None, error: Any) -> None:
        """One who is told that somebody was first goes on from what that somebody saved."""
        super().add_error(field, error)
        if getattr(error, "tells_who_was_first", False):
            for seen in self.fields.values():
                if isinstance(seen, NewestMixin):
                    seen.is_told = True

    def refuse(self, error: ValidationError) -> None:
        """Take in what a verb said no to; an error about a field that is not in the form stands on top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            known = name in self.fields and name != NON_FIELD_ERRORS
            self.add_error(name if known else None, ValidationError(errors))


class RegisterForm(RegisterFormMixin, forms.Form):
    """A form of its own making."""


class RegisterModelForm(RegisterFormMixin, forms.ModelForm):  # type: ignore[type-arg, misc]  # a verb saves, not the form
    """A form over a model's fields."""


def _take_what_is_seen(field: forms.CharField) -> None:
    """A heading that nobody can see is none; a password keeps every character of its own."""
    as_typed = field.to_python
    normalized = normalize_text if isinstance(field.widget, forms.Textarea) else normalize_line

    def to_python(value: Any) -> Any:
        taken = as_typed(value)
        return normalized(taken) or field.empty_value if isinstance(taken, str) else taken

    field.to_python = to_python  # type: ignore[method-assign]


def _name_the_empty_choice(field: forms.ChoiceField) -> None:
    """Django's row of dashes for "nothing chosen", in words."""
    choices: Any = field.choices
    field.choices = [
        (value, EMPTY_CHOICE if value == "" and set(str(label)) == {"-"} else label) for value, label in choices
    ]
