"""What a form says when something typed cannot be taken: one sentence that tells what to do.

A form's own `error_messages` and `missing` go before these.
"""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from base.records.freetext import ShortEnough

# What no limit of a field's own says; a whole page of minutes is a third of this.
LONGEST_TEXT = 20_000

SENTENCES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Fyll i ”{label}”."},
    forms.CharField: {
        "null_characters_not_allowed": "Det finns ett tecken i texten som inte går att spara. Skriv om den."
    },
    forms.EmailField: {"invalid": "Skriv en hel e-postadress, till exempel namn@kommun.se."},
    forms.IntegerField: {
        "invalid": "Skriv ett helt tal med siffror.",
        "min_value": "Talet får inte vara mindre än %(limit_value)s.",
        "max_value": "Talet får inte vara större än %(limit_value)s.",
    },
    forms.DateField: {"invalid": "Skriv datumet som 2026-11-25."},
    forms.TimeField: {"invalid": "Skriv klockslaget som 16:30."},
    forms.DateTimeField: {"invalid": "Skriv dag och tid som 2026-11-25 16:30."},
    forms.BooleanField: {"required": "Kryssa i ”{label}”."},
    forms.ChoiceField: {
        "required": "Välj ett svar under ”{label}”.",
        "invalid_choice": "Det valet finns inte längre. Välj ett annat.",
        "invalid_list": "Det valet finns inte längre. Välj ett annat.",
        "invalid_pk_value": "Det valet finns inte längre. Välj ett annat.",
    },
}


def speak_swedish(field: forms.Field, label: str) -> None:
    """Give a field of one form our sentences where it still has Django's."""
    ours: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        ours |= SENTENCES.get(kind, {})
    for code, sentence in ours.items():
        if field.error_messages.get(code) in _what_django_says(field, code):
            field.error_messages[code] = sentence.replace("{label}", label.replace("%", "%%"))
    if isinstance(field, forms.CharField):
        _limit_length(field)
    if isinstance(field, forms.DateField | forms.DateTimeField):
        field.validators = [*field.validators, possible_year]


def possible_year(day: date) -> None:
    """A slip of the finger gives the year 0026 or 9999, and no calendar can count on from those."""
    if not 1900 <= day.year <= 2100:
        raise ValidationError("Året kan inte stämma. Skriv datumet som 2026-11-25.")


def _what_django_says(field: forms.Field, code: str) -> list[object]:
    kinds = [kind for kind in type(field).__mro__ if issubclass(kind, forms.Field)]
    return [None, *(kind.default_error_messages.get(code) for kind in kinds)]


def _limit_length(field: forms.CharField) -> None:
    limit = field.max_length or LONGEST_TEXT
    others = [validator for validator in field.validators if not isinstance(validator, MaxLengthValidator)]
    field.validators = [*others, ShortEnough(limit)]
    # A browser cuts pasted text at maxlength without a word.
    field.widget.attrs.pop("maxlength", None)
    field.widget.attrs.pop("minlength", None)
