"""A form with one of every kind of field."""

from typing import Any

from crispy_forms.layout import Field
from django import forms

from base.records.freetext import FreeLineFormField, FreeTextFormField
from base.ui.fields import DateField
from base.ui.forms import RegisterForm
from base.ui.layout import More
from base.ui.widgets import ChoiceChecks, ChoiceRadios, SegmentsSelect, TilesSelect

NAMES = {"lighting": "Belysning", "damage": "Skadegörelse", "graffiti": "Klotter", "other": "Något annat"}


class SpecimenForm(RegisterForm):
    """Saves nothing. Sent with a date that cannot be, so that an error shows."""

    prefix = "prov"
    submit_label = "Skicka"
    layout = (
        "category",
        "where",
        "day",
        "unsafe",
        "reason",
        Field("other", wrapper_class="reveal"),
        "organisations",
        "often",
        More("Lägg till en kommentar", "text"),
    )

    category = forms.ChoiceField(label="Vad gäller det?", choices=list(NAMES.items()), widget=TilesSelect)
    where = FreeLineFormField(label="Var?", help_text="Ett platsnamn, en adress eller egna ord.")
    day = DateField(label="Klart senast")
    unsafe = forms.ChoiceField(
        label="Hur otryggt kändes det?",
        choices=[("1", "Lite"), ("2", "Ganska"), ("3", "Mycket")],
        required=False,
        widget=SegmentsSelect,
    )
    reason = forms.ChoiceField(
        label="Varför?", choices=[("budget", "Ryms inte i budget"), ("other", "Annat skäl")], widget=ChoiceRadios
    )
    other = FreeLineFormField(label="Vilket skäl?", required=False)
    organisations = forms.MultipleChoiceField(
        label="Stöd från",
        choices=[("technical", "Tekniska förvaltningen"), ("police", "Polisen")],
        required=False,
        widget=ChoiceChecks,
    )
    often = forms.BooleanField(label="Det händer ofta", required=False)
    text = FreeTextFormField(label="Kommentar", required=False, widget=forms.Textarea({"rows": 3}))


def filled_in_wrong() -> SpecimenForm:
    typed: dict[str, Any] = {
        "category": "lighting",
        "where": "Norra gångtunneln",
        "day": "0026-12-18",
        "reason": "other",
    }
    typed |= {"unsafe": "2", "organisations": ["police"], "often": "on"}
    return SpecimenForm({f"{SpecimenForm.prefix}-{name}": value for name, value in typed.items()})
