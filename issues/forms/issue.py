"""The forms that open and change an issue."""

from __future__ import annotations

from typing import Any

from django import forms

from base.swedish.words import capital
from base.ui.fields import VersionField
from base.ui.forms import RegisterModelForm
from base.ui.widgets import SegmentsSelect
from issues.models import Category, Issue, Place
from issues.texts.issue import INFLUENCE
from members.actor import Actor
from members.models import Member

NOT_JUDGED = ("", "Inte bedömt")


class IssueForm(RegisterModelForm):
    """Opens an issue."""

    need = forms.TypedChoiceField(
        label="Behov",
        choices=[*Issue.Degree.choices, NOT_JUDGED],
        coerce=int,
        empty_value=None,
        required=False,
        widget=SegmentsSelect,
    )
    influence = forms.TypedChoiceField(
        label="Möjlighet att påverka",
        choices=[*((degree, capital(words)) for degree, words in INFLUENCE.items()), NOT_JUDGED],
        coerce=int,
        empty_value=None,
        required=False,
        widget=SegmentsSelect,
    )

    missing = {"title": "Skriv en rubrik.", "kind": "Välj slag."}
    submit_label = "Öppna ärendet"

    class Meta:
        model = Issue
        fields = ["title", "kind", "category", "where", "text", "need", "influence"]
        widgets = {
            "where": forms.TextInput(attrs={"list": "platser", "autocomplete": "off"}),
            "text": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "title": "Vad det gäller och var, så att alla känner igen det: ”Mörkt i norra gångtunneln”.",
            "where": "Ett platsnamn, en adress eller egna ord.",
            "text": "Vad gruppen vet. Skriv om platsen och läget, aldrig om personer.",
        }

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.known_places = Place.objects.names()
        self.offer("category", Category.objects.to_choose_from(self.instance.category_id))

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def save(self) -> Any:  # type: ignore[override]
        return Issue.create(by=Actor.of(self.by), **self.facts())


class IssueChangeForm(IssueForm):
    """Changes an issue over the version that was shown, so that nobody overwrites another."""

    version = VersionField()

    submit_label = "Spara"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def save(self) -> Issue:  # type: ignore[override]
        issue: Issue = self.instance
        issue.change(by=Actor.of(self.by), version=self.cleaned_data["version"], **self.facts())
        return issue
