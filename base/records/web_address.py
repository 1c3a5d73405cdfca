"""Addresses of pages elsewhere: a kind of field. Only https, for what we link to is read by people in a hurry."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from base.records.freetext import FreeLineFormField, LineColumn, NormalizedMixin
from base.swedish.text import normalize_line

SECURE = "https://"
REFUSED = "Skriv adressen till en sida, till exempel https://exempel.se/orosanmalan. Den ska börja med https."

_is_address = URLValidator(schemes=["https"], message=REFUSED, code="web_address")


def normalize_web_address(typed: str) -> str:
    """The address as it is kept: with https before it where nothing else stands there."""
    line = normalize_line(typed)
    return f"{SECURE}{line}" if line and "://" not in line else line


def validate_web_address(address: str) -> None:
    """Validator: an address that a browser opens, with a host and without anybody's name and password before it."""
    _is_address(address)
    if "@" in address.removeprefix(SECURE).partition("/")[0]:
        raise ValidationError(REFUSED, code="web_address")


class WebAddressFormField(FreeLineFormField):
    """Form field for the address of a page. No `type="url"`: browsers refuse one without https before we mend it."""

    widget = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"})
    default_validators = [validate_web_address]
    normalize = staticmethod(normalize_web_address)


class WebAddress(NormalizedMixin, LineColumn):
    """Column for the address of a page elsewhere."""

    default_validators = [validate_web_address]
    normalize = staticmethod(normalize_web_address)
    form_field = WebAddressFormField
