"""Every text that people write in a form of the register is guarded, or stands here with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from base.records.freetext import FreeLineFormField
from base.ui.forms import RegisterForm, RegisterFormMixin
from tests.base.ui.test_fields import OF_THE_HOUSE

for module in ("temagrupp.urls", "members.sign_in_forms"):  # and with them every form
    import_module(module)

NOT_GUARDED = {
    "MemberForm.name": "a member is named",
    "MemberForm.title": "what a member is called at work",
    "MemberForm.phone": "where a member is reached at work",
    "MemberForm.email": "the address she signs in with",
    "MemberChangeForm.name": "a member is named",
    "MemberChangeForm.title": "what a member is called at work",
    "MemberChangeForm.phone": "where a member is reached at work",
    "MemberChangeForm.email": "the address she signs in with",
    "OrganisationForm.mailbox": "an organisation's own address",
    "OrganisationChangeForm.mailbox": "an organisation's own address",
}


def texts(form: type[RegisterFormMixin]) -> Iterator[tuple[str, FreeLineFormField]]:
    for name, field in form.base_fields.items():
        if isinstance(field, FreeLineFormField):
            yield name, field


def is_guarded(form: type[RegisterFormMixin], name: str, field: FreeLineFormField) -> bool:
    return issubclass(form, RegisterForm) and field.is_guarded and name not in form.about_persons


def test_every_text_is_guarded_or_has_its_reason() -> None:
    forms_that_save = [form for form in OF_THE_HOUSE if issubclass(form, RegisterForm)]
    unguarded = {
        f"{form.__name__}.{name}"
        for form in forms_that_save
        for name, field in texts(form)
        if not is_guarded(form, name, field)
    }
    guarded = [name for form in forms_that_save for name, field in texts(form) if is_guarded(form, name, field)]

    assert len(guarded) > 40
    assert unguarded == set(NOT_GUARDED)


def test_what_is_no_text_of_a_form_that_saves_is_a_way_in() -> None:
    others = {form.__module__ for form in OF_THE_HOUSE if not issubclass(form, RegisterForm) and any(texts(form))}

    assert others <= {"members.sign_in_forms"}


@pytest.mark.parametrize("form", [form for form in OF_THE_HOUSE if issubclass(form, RegisterForm)], ids=str)
def test_a_form_that_is_about_persons_names_fields_that_it_has(form: type[RegisterForm]) -> None:
    assert [name for name in form.about_persons if not isinstance(form.base_fields.get(name), forms.Field)] == []
