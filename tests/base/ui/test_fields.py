"""Every form of the register is made of our fields: Django's own would cut, keep or ask in another way."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from base.records.freetext import FreeLineFormField
from base.ui.fields import DateField, TimeField
from base.ui.forms import RegisterFormMixin

import_module("temagrupp.urls")  # and with it every form

OURS: dict[type[forms.Field], type[forms.Field]] = {
    forms.CharField: FreeLineFormField,
    forms.DateField: DateField,
    forms.TimeField: TimeField,
}


def every_form(kind: type[RegisterFormMixin] = RegisterFormMixin) -> Iterator[type[RegisterFormMixin]]:
    for form in kind.__subclasses__():
        yield form
        yield from every_form(form)


def is_plain(field: forms.Field) -> bool:
    """Django's where we have our own; not what is unseen, and a password is taken as it is typed."""
    if field.widget.is_hidden or isinstance(field.widget, forms.PasswordInput):
        return False
    return any(isinstance(field, theirs) and not isinstance(field, ours) for theirs, ours in OURS.items())


OF_THE_HOUSE = sorted({form for form in every_form() if not form.__module__.startswith("tests")}, key=str)


@pytest.mark.parametrize("form", OF_THE_HOUSE, ids=lambda form: form.__name__)
def test_a_form_has_no_plain_field_where_we_have_our_own(form: type[RegisterFormMixin]) -> None:
    fields: dict[str, forms.Field] = form.base_fields

    assert [name for name, field in fields.items() if is_plain(field)] == []
