"""The forms of the group: its settings and its logotype."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.pictures import as_png
from members.actor import Actor
from members.forms.changing import ChangeForm
from members.models import Group, Logotype, Member


class GroupForm(ChangeForm):
    """Changes the group's settings."""

    missing = {
        "name": "Skriv vad gruppen heter.",
        "answer_days": "Skriv hur många dagar en organisation har på sig.",
        "call_days": "Skriv hur många dagar före mötet kallelsen skickas.",
    }

    class Meta:
        model = Group
        fields = ["name", "municipality", "answer_days", "call_days", "reminder_text", "registrar_mail"]
        widgets = {"reminder_text": forms.Textarea({"rows": 3})}
        help_texts = {
            "name": "Till exempel Trygghet i Exempelstad. Står överst på varje sida, i mejl och i dokument.",
            "answer_days": (
                "Så länge har en organisation på sig när ingen annan dag är sagd. "
                "En helg flyttar dagen till nästa vardag."
            ),
            "reminder_text": (
                "Står i de påminnelser som registret skickar: sista svarsdagen, fem och tio arbetsdagar efter den, "
                "och likadant när något skulle ha varit klart. När du själv påminner kan du ändra texten."
            ),
            "call_days": (
                "Så långt före mötet får ordinarie kallelsen med mejl. Har ordinarie förhinder får ersättaren den."
            ),
            "registrar_mail": (
                "Dit mejlas mötesanteckningar för registrering, när någon väljer det på sidan Till diariet."
            ),
        }

    def __init__(self, *args: Any, instance: Group, **kwargs: Any) -> None:
        named = {} if instance.is_named else {"name": ""}
        super().__init__(*args, instance=instance, initial=named, **kwargs)


class PrivacyForm(ChangeForm):
    """Says who answers for what the register keeps, and whom one turns to."""

    class Meta:
        model = Group
        fields = [
            *("controller", "records_owner", "legal_ground"),
            *("protection_mail", "protection_phone", "accessibility_mail", "accessibility_phone"),
            "accessibility_days",
        ]
        labels = {"records_owner": "Allmänna handlingar hos"}
        help_texts = {
            "controller": "Den nämnd, styrelse eller det förbund som bestämmer över personuppgifterna i registret.",
            "records_owner": "Den myndighet som lämnar ut handlingar ur registret.",
            "legal_ground": "Med kommunens egna ord, så som det står i registerförteckningen.",
            "accessibility_mail": "Dit man skriver när något i registret inte går att använda.",
        }

    def save(self) -> str:  # type: ignore[override]
        super().save()
        return f"{reverse('members:group_change')}#ansvar"


LARGEST = (1200, 600)
"""Dots that a logotype of eight centimetres on paper has use for."""
CHOOSE_AGAIN = "Webbläsaren behåller inte en fil som inte gick att spara, så välj den igen."


class LogotypeForm(RegisterForm):
    """Uploads the picture that stands first in the group's documents."""

    submit_label = "Spara logotypen"
    error_title = "Logotypen är inte sparad"
    missing = {"picture": "Välj bilden med logotypen."}

    picture = forms.FileField(
        label="Bild",
        help_text="PNG eller JPEG, högst 2 MB. En PNG med genomskinlig grund blir bäst.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"empty": f"Filen är tom. {CHOOSE_AGAIN}"},
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def clean_picture(self) -> bytes:
        try:
            return as_png(self.cleaned_data["picture"], largest=LARGEST)
        except ValidationError as refused:
            raise ValidationError(f"{refused.message} {CHOOSE_AGAIN}") from refused

    def save(self) -> str:
        Logotype.put(self.cleaned_data["picture"], by=Actor.of(self.by))
        return reverse("members:group_change")

    def receipt(self, saved: Any) -> str:
        return "Logotypen är sparad. Den står i de dokument som görs från och med nu."


class RemoveLogotypeForm(RegisterForm):
    """Asks before the logotype is removed: no picture is kept that could be put back."""

    submit_label = "Ta bort logotypen"

    version = VersionField()  # of the picture that the page showed

    def __init__(self, *args: Any, logotype: Logotype | None, by: Member, **kwargs: Any) -> None:
        self.by = by
        kwargs["initial"] = {"version": logotype.version if logotype else ""}
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        Logotype.remove(by=Actor.of(self.by), version=self.cleaned_data["version"])
        return reverse("members:group_change")

    def receipt(self, saved: Any) -> str:
        return "Logotypen är borttagen. Gruppens namn står i dokumenten i stället."
