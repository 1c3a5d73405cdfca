from __future__ import annotations

from typing import Any

from django.urls import reverse

from base.ui.forms import RegisterModelForm
from members.actor import Actor
from members.models import Member


class AccountForm(RegisterModelForm):
    """Changes what a member decides herself about how the register works for her."""

    class Meta:
        model = Member
        fields = ["shortcuts"]
        labels = {"shortcuts": "Kortkommandon på tangentbordet"}
        help_texts = {"shortcuts": "Stäng av dem om du styr datorn med rösten eller trycker på dem av misstag."}

    def save(self) -> Any:  # type: ignore[override]
        self.instance.change(by=Actor.of(self.instance), shortcuts=self.cleaned_data["shortcuts"])
        return reverse("account")

    def receipt(self, saved: Any) -> str:
        return "Kortkommandona är på." if self.instance.shortcuts else "Kortkommandona är av."
