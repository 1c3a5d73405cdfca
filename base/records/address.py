"""E-mail addresses: a kind of field. Each is kept, compared and shown in one form, by whatever way it came in.

`å` in a domain and its `xn--` form are one address, and so are capitals, full stops after it and what a document or
another keyboard makes of its signs. It is kept as people read it; Django's mail writes the domain as machines do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize

from django import forms
from django.core.validators import EmailValidator
from django.db import models
from django.db.models.expressions import Combinable

from base.records.freetext import FreeLineFormField, NormalizedMixin
from base.swedish.text import normalize_line

is_address = EmailValidator(code="address")  # a code of its own: the sentence says by itself what it is about
LONGEST_ADDRESS = 254
"""As mail servers count (RFC 5321), with the domain as machines write it."""

LONGEST_NAME = 64
"""Before the @, as mail servers count (RFC 5321)."""

READ_IN_TWO_WAYS = "\N{LATIN SMALL LETTER SHARP S}\N{GREEK SMALL LETTER FINAL SIGMA}"
"""The standards of 2003 and 2008 make two different domains of these: whose mail would it be?"""


def normalize_address(typed: str) -> str:
    """The address in the form that is kept; one that is none, as far as it can be read, for `validate_address`."""
    line = normalize_line(typed)
    if len(line) > LONGEST_ADDRESS:
        return line
    address = normalize_line(normalize("NFKC", line)).lower().rstrip(".")
    name, at, domain = address.rpartition("@")
    return f"{name}{at}{_as_letters(domain)}" if at else address


def validate_address(address: str) -> None:
    """Validator: an address, as it is kept, that a mail can be sent to.

    Django's own takes a name of other letters than ASCII's where they are those of ASCII in capitals, as `ı` is.
    """
    name = address.rpartition("@")[0]
    can_be_sent_to = name.isascii() and len(name) <= LONGEST_NAME
    try:
        sent_to = on_the_wire(address)
    except UnicodeError:
        sent_to = ""
    is_address(sent_to if can_be_sent_to and len(sent_to) <= LONGEST_ADDRESS else "")


def on_the_wire(address: str) -> str:
    """The address with a domain that every server and program reads. Raises UnicodeError."""
    name, at, domain = address.rpartition("@")
    return f"{name}{at}{_as_machines_write(domain)}"


def _as_letters(domain: str) -> str:
    try:
        return _as_machines_write(domain).encode().decode("idna")
    except UnicodeError:  # not a domain; or `xn--` of letters that are read in two ways, and those signs are its name
        return domain


def _as_machines_write(domain: str) -> str:
    """The domain in ASCII (IDNA 2003, as Django's mail writes it). Raises UnicodeError: too long, a picture, ..."""
    if any(sign in READ_IN_TWO_WAYS or not _is_written(sign) for sign in domain):
        raise UnicodeError("not a sign of a domain")
    return domain.encode("idna").decode("ascii")


def _is_written(sign: str) -> bool:
    return sign.isascii() or category(sign)[0] in "LMN" or sign == "\N{IDEOGRAPHIC FULL STOP}"


class MailAddressFormField(FreeLineFormField):
    """Form field for an e-mail address, which may have been copied from somewhere as any other text."""

    widget: type[forms.Widget] | forms.Widget = forms.EmailInput
    default_validators = [validate_address]
    normalize = staticmethod(normalize_address)
    is_guarded = False


if TYPE_CHECKING:  # as in freetext.py
    AddressColumn = models.EmailField[str | Combinable, str]
else:
    AddressColumn = models.EmailField


class MailAddress(NormalizedMixin, AddressColumn):
    """Column for an e-mail address."""

    default_validators = [validate_address]
    normalize = staticmethod(normalize_address)
    form_field = MailAddressFormField

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.EmailField", args, options
