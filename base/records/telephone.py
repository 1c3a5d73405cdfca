"""How to reach somebody by telephone: a kind of field. One number or several, and words beside them if one likes."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from base.records.freetext import FreeLine, FreeLineFormField

FEWEST_DIGITS = 3
"""Of a number that can be dialled: 112."""


def validate_number(typed: str) -> None:
    """Validator: there is a number in it, also one that only an exchange of their own knows; words call nobody."""
    if sum(sign.isdecimal() for sign in typed) < FEWEST_DIGITS:
        raise ValidationError(
            "Skriv telefonnumret med siffror, till exempel 0383-971 00. Ord får stå bredvid.", code="telephone"
        )


class TelephoneFormField(FreeLineFormField):
    """Form field for telephone numbers, where the guard has nothing to tell."""

    is_guarded = False


class Telephone(FreeLine):
    """Column for telephone numbers as people write them: växel 0383-971 00, ankn 12."""

    default_validators = [validate_number]
    form_field = TelephoneFormField
