from __future__ import annotations

from typing import Any

from django import forms

from base.records.freetext import FreeLineFormField, FreeTextFormField
from issues.models import Issue
from meetings.deciding import decide
from meetings.forms.note import ItemNoteForm
from meetings.models import Decision
from members.actor import Actor

Kind = Decision.Kind


class DecisionFields(ItemNoteForm):
    """The fields of a decision in words and, for an open issue, of its closing or pause."""

    kind = forms.ChoiceField(
        label="Slag av beslut",
        choices=[(Kind.OTHER.value, "Beslut i ord"), *((kind.value, kind.label) for kind in Decision.ISSUE_BECOMES)],
        required=False,
    )
    text = FreeTextFormField(label="Beslut", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), required=False)
    outcome = forms.ChoiceField(label="Utfall", choices=[("", "Välj …"), *Issue.Outcome.choices], required=False)
    feedback = FreeTextFormField(
        label="En mening till dem som rapporterat",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    despite = FreeLineFormField(label="Varför, trots öppna åtgärder", max_length=500, required=False)

    @property
    def decides_more(self) -> bool:
        """Whether any of the folded fields is filled in."""
        names = ("outcome", "feedback", "despite")
        return any(self[name].value() for name in names) or self["kind"].value() in Decision.ISSUE_BECOMES

    @property
    def decides(self) -> bool:
        facts = self.cleaned_data
        return facts.get("kind") in Decision.ISSUE_BECOMES or any(
            facts.get(name) for name in ("text", "outcome", "feedback", "despite")
        )

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not self.decides:
            return facts
        if facts.get("kind") == Kind.CLOSE:
            self._clean_end(facts)
            return facts
        if facts.get("outcome") or facts.get("feedback") or facts.get("despite"):
            self.add_error("kind", "Utfall och återkoppling hör till ”Avsluta ärendet”. Välj det, eller töm fälten.")
        if not facts.get("text"):
            self.add_error("text", "Skriv beslutet.")
        return facts

    def _clean_end(self, facts: dict[str, Any]) -> None:
        if not facts.get("outcome"):
            self.add_error("outcome", "Välj utfallet.")
        if not facts.get("feedback"):
            self.add_error("feedback", "Skriv en mening till dem som rapporterat.")

    def decide(self) -> None:
        facts = self.cleaned_data
        text = facts["text"] or f"Ärendet avslutas: {Issue.Outcome(facts['outcome']).label.lower()}."
        closing = {name: facts[name] for name in ("outcome", "feedback", "despite")}
        decide(self.item, by=Actor.of(self.by), kind=facts["kind"] or Kind.OTHER, text=text, **closing)
