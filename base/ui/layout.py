"""Pieces of a form's layout that crispy lacks."""

from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.template.loader import render_to_string


class More(Div):  # type: ignore[misc]
    """A fold for fields that few need, under a line of words; unfolded when one of them carries anything."""

    template = "%s/layout/more.html"

    def __init__(self, summary: str, *fields: str) -> None:
        super().__init__(*fields)
        self.summary = summary

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "house", **kwargs: Any) -> str:
        is_typed = form.is_bound or getattr(form, "is_resumed", False)
        filled = is_typed and any(form[name].errors or form[name].value() for name in self.fields)
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        template = self.get_template_name(template_pack)
        return render_to_string(template, {"summary": self.summary, "fields": fields, "open": filled})


class WithButton(Div):  # type: ignore[misc]
    """A field with a button of its own beside it, which sends the form and is named in what is sent."""

    template = "%s/layout/with_button.html"

    def __init__(self, field: str, *, name: str, words: str) -> None:
        super().__init__(field)
        self.button = {"name": name, "words": words}

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "house", **kwargs: Any) -> str:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.get_template_name(template_pack), {"fields": fields, **self.button})
