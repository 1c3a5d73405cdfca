"""Every form of the register is made of our fields, and a template that draws one by hand names what it has."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest
from django import forms
from django.core.exceptions import ValidationError

from base.records.freetext import FreeLineFormField
from base.ui.fields import DateField, TimeField
from base.ui.forms import SAID_OF_ANY, RegisterFormMixin
from base.ui.guarded import GuardedMixin
from temagrupp.tools.terminal import ROOT

for module in ("temagrupp.urls", "members.sign_in_forms"):  # and with them every form
    import_module(module)

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
    """Django's where we have our own; not what is unseen. A password and a pasted table are taken as they are typed."""
    is_taken_as_typed = getattr(field, "is_taken_as_typed", isinstance(field.widget, forms.PasswordInput))
    if field.widget.is_hidden or is_taken_as_typed:
        return False
    return any(isinstance(field, theirs) and not isinstance(field, ours) for theirs, ours in OURS.items())


OF_THE_HOUSE = sorted({form for form in every_form() if not form.__module__.startswith("tests")}, key=str)


@pytest.mark.parametrize("form", OF_THE_HOUSE, ids=lambda form: form.__name__)
def test_a_form_has_no_plain_field_where_we_have_our_own(form: type[RegisterFormMixin]) -> None:
    fields: dict[str, forms.Field] = form.base_fields

    assert [name for name, field in fields.items() if is_plain(field)] == []


SLIPS = ("i går", "25:61", "-1", "9" * 20, "0026-11-25", "2020-11-25", "2999-11-25", "x@", "x\x00y", "x" * 30_000)
SAID_OF_ITSELF = {"required", "address", "web_address", "too_long", "unusable"}
"""The codes of sentences that tell by themselves which field it is."""


@pytest.mark.django_db
@pytest.mark.parametrize("form", OF_THE_HOUSE, ids=lambda form: form.__name__)
def test_whatever_a_field_says_of_what_is_typed_names_it_in_the_summary(form: type[RegisterFormMixin]) -> None:
    fields: dict[str, forms.Field] = form.base_fields

    said = {code for field in fields.values() if not field.widget.is_hidden for code in codes_of(field)}

    assert said - SAID_OF_ANY - SAID_OF_ITSELF == set()


def codes_of(field: forms.Field) -> Iterator[str | None]:
    if isinstance(field, forms.FileField):
        return  # nothing is typed there
    takes_several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
    for typed in SLIPS:
        try:
            field.clean([typed] if takes_several else typed)
        except ValidationError as refused:
            yield from (error.code for error in refused.error_list)


@pytest.mark.parametrize("typed", ["2026-11-25", "2026–11–25", "2026‑11‑25", "2026−11−25", " 2026—11—25 "])
def test_a_day_is_read_whatever_its_hyphens_have_become(typed: str) -> None:
    assert DateField().clean(typed) == date(2026, 11, 25)


# What is drawn by hand: Django shows nothing where a form has no field of that name, and so the version that keeps two
# from overwriting each other was missing for a while.


def names_by_hand(template: str) -> set[str]:
    """What a template asks of its forms: `form.version`, `guest_form.is_bound`; not names of files."""
    return set(re.findall(r"\b(?:\w+_)?form\.(\w+)", re.sub(r'"[^"]*"', "", template)))


def known_of(form: type[RegisterFormMixin]) -> set[str]:
    """The fields of a form, what its class has, and what it sets on itself."""
    modules = {
        sys.modules[kind.__module__] for kind in form.__mro__ if issubclass(kind, RegisterFormMixin | GuardedMixin)
    }
    assigned = re.findall(r"self\.(\w+)", "".join(inspect.getsource(module) for module in modules))
    return {*form.base_fields, *dir(form), *assigned, "fields", "prefix", "form_html"}


def test_a_template_that_draws_a_form_by_hand_names_what_a_form_has() -> None:
    known = {name for form in OF_THE_HOUSE for name in known_of(form)}
    asked = {(name, str(path)) for path in ROOT.glob("templates/**/*.html") for name in names_by_hand(path.read_text())}

    assert len(asked) > 40
    assert [(name, path) for name, path in sorted(asked) if name not in known] == []


def test_a_field_that_no_form_has_is_found() -> None:
    known = {name for form in OF_THE_HOUSE for name in known_of(form)}

    assert names_by_hand('{% include "ui/_form.html" %}{{ form.key }}{{ guest_form.nowhere }}') - known == {"nowhere"}
