"""The form of what the group's papers are called, whether they are approved, and who they are from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.swedish.words import capital, in_words
from meetings.papers import change_papers
from members.actor import Actor
from members.forms.changing import ChangeForm
from members.models import Group


class PapersForm(ChangeForm):
    """Sets them; the other button shows a paper by them and saves nothing."""

    second_submit = ("preview", "Förhandsgranska")
    renamed = 0

    class Meta:
        model = Group
        fields = ["minutes_name", "approves_minutes", "sender", "papers_mail"]
        widgets = {"minutes_name": forms.RadioSelect}
        labels = {"minutes_name": "Det som skrivs från ett möte heter"}
        help_texts = {
            "minutes_name": (
                "Så heter det på sidorna, i dokumenten, i mejlen och i filernas namn. "
                "Det som redan är sparat från ett möte heter som det hette då."
            ),
            "approves_minutes": (
                "En eller flera som var med på mötet läser anteckningarna och justerar dem. Vilka väljer ni vid varje "
                "möte. Protokoll justeras för det mesta."
            ),
            "sender": (
                "Står överst och längst ned i dokumenten och undertecknar mejlen. "
                "Lämnar du det tomt står gruppens namn där."
            ),
            "papers_mail": "En e-postadress som står längst ned på varje sida, efter ”Frågor:”.",
        }

    def save(self) -> str:  # type: ignore[override]
        by = Actor.of(self.by)
        self.renamed = change_papers(self.instance, by=by, version=self.version, **self.facts)
        return reverse("meetings:papers")

    def receipt(self, saved: Any) -> str:
        if not self.renamed:
            return "Ändringen är sparad."
        headings = in_words(self.renamed, "rubrik på dagordningen", "rubriker på dagordningar")
        return f"Ändringen är sparad. {capital(headings)} heter nu ”{capital(self.instance.minutes.previous)}”."
