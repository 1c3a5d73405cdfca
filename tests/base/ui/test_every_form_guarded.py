"""Every text that people write in a form of the register is guarded, or stands here with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django import forms

from base.records.freetext import FreeLineFormField
from base.ui.forms import RegisterForm, RegisterFormMixin
from meetings.models import ItemDraft
from temagrupp.tools.terminal import ROOT
from tests.base.ui.test_fields import OF_THE_HOUSE

for module in ("temagrupp.urls", "members.sign_in_forms"):  # and with them every form
    import_module(module)

KINDS = {
    "MailAddressFormField": "an address of the group's own; whose it is, the form says",
    "TelephoneFormField": "a number of the group's own",
}
"""The kinds of field in which there is nothing to tell."""

ABOUT_PERSONS = {
    "MemberForm.name": "a member is named",
    "MemberForm.title": "what a member is called at work",
    "MemberChangeForm.name": "a member is named",
    "MemberChangeForm.title": "what a member is called at work",
    **dict.fromkeys(("AddedForm.people", "OnPaperForm.people"), "who was there is named"),
    **{
        f"{form}.{name}": "told of in the field, as one writes"
        for form in ("ItemDraftForm", "StepDraftForm")
        for name in ItemDraft.COLUMNS
    },
    **dict.fromkeys(
        ("Presented.people", "PresentForm.people", "AgendaAddForm.people"), "who presents an item is named"
    ),
    "CopiesForm.people": "who gets the minutes is named",
    **dict.fromkeys(
        ("Presented.raised_by", "PresentForm.raised_by", "AgendaAddForm.raised_by"), "who raised an item is named"
    ),
    "AgendaAddForm.number": "an issue is looked for, and the words are not kept",
    "RedactForm.passage": "the very words that are to be masked",
}
"""What forms say is about persons."""


def is_text(field: forms.Field) -> bool:
    """Whether somebody writes words in it, in one of its parts if it has several."""
    return any(isinstance(part, FreeLineFormField) for part in (field, *getattr(field, "fields", ())))


def unguarded(form: type[RegisterFormMixin]) -> Iterator[tuple[str, forms.Field]]:
    for name, field in form.base_fields.items():
        if is_text(field) and not (issubclass(form, RegisterForm) and form.guards(name, field)):
            yield name, field


SAVING = [form for form in OF_THE_HOUSE if issubclass(form, RegisterForm)]


def test_every_text_is_guarded_or_has_its_reason() -> None:
    left = [(f"{form.__name__}.{name}", field) for form in SAVING for name, field in unguarded(form)]
    texts = [field for form in SAVING for field in form.base_fields.values() if is_text(field)]

    assert len(texts) - len(left) > 60
    assert {type(field).__name__ for _, field in left if not getattr(field, "is_guarded", False)} == set(KINDS)
    assert {name for name, field in left if getattr(field, "is_guarded", False)} == set(ABOUT_PERSONS)


def test_what_is_typed_in_the_other_forms_is_not_kept() -> None:
    others = {form for form in OF_THE_HOUSE if form not in SAVING and any(unguarded(form))}

    assert {form.__name__ for form in others if form.__module__ != "members.sign_in_forms"} == {"PassageForm"}


def forms_without_a_page() -> Iterator[type[RegisterForm]]:
    """The forms of the views that can only say what went wrong on another page."""
    known = {form.__name__: form for form in SAVING}
    for path in ROOT.glob("*/views/*.py"):
        for view in ast.walk(ast.parse(path.read_text())):
            if isinstance(view, ast.FunctionDef) and "refused" in called_in(view):
                yield from (known[name] for name in called_in(view) if name in known)


def called_in(view: ast.FunctionDef) -> set[str]:
    calls = (node.func for node in ast.walk(view) if isinstance(node, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name)}


def test_a_form_that_no_page_can_show_again_has_no_text_that_would_be_lost_by_asking() -> None:
    shown_nowhere = set(forms_without_a_page())

    assert len(shown_nowhere) > 10
    assert [
        f"{form.__name__}.{name}"
        for form in shown_nowhere
        for name, field in form.base_fields.items()
        if form.guards(name, field)
    ] == []


@pytest.mark.parametrize("form", SAVING, ids=str)
def test_a_form_that_is_about_persons_names_fields_that_it_has(form: type[RegisterForm]) -> None:
    assert [name for name in form.about_persons if not isinstance(form.base_fields.get(name), forms.Field)] == []


# What is drawn by hand: what was found in a text stands beside it, or she would be asked about what she cannot see.


def drawn_alone(template: str) -> set[str]:
    """The texts that a template draws without what was found in them."""
    controls, found = re.findall(r"{{ (\w+\.\w+) }}", template), re.findall(r"{% field_found (\w+\.\w+) %}", template)
    texts = {name for form in SAVING for name, field in form.base_fields.items() if form.guards(name, field)}
    return {
        control for control in set(controls) - set(found) if re.fullmatch(rf"\w*form\.({'|'.join(texts)})", control)
    }


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/**/*.html")), ids=lambda path: path.stem)
def test_a_text_that_is_drawn_by_hand_has_what_was_found_in_it(path: Path) -> None:
    assert drawn_alone(path.read_text()) == set()


def test_a_text_that_is_drawn_alone_is_seen() -> None:
    assert drawn_alone("{{ form.note }}{{ add_form.title }}{% field_found form.note %}{{ form.key }}") == {
        "add_form.title"
    }
