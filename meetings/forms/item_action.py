from __future__ import annotations

from typing import Any

from django import forms

from base.records.freetext import FreeLineFormField
from base.ui.fields import field_of
from base.ui.widgets import ChoiceChecks
from issues.forms.action import ProposalFields
from issues.models import Action
from meetings.deciding import NO_ISSUE, propose_action_to_each
from meetings.forms.note import ItemNoteForm
from members.actor import Actor
from members.models import Organisation


class ActionFields(ProposalFields, ItemNoteForm):
    """The fields that propose actions from the room, the same as "Föreslå en åtgärd" has, most of them folded."""

    title = FreeLineFormField(
        label="Gör ett ärende av punkten",
        max_length=120,
        required=False,
        help_text="Ärendets rubrik. Behövs för att föreslå en åtgärd.",
    )
    what = field_of(Action, "title", label="Vad ska göras", required=False)
    responsible = forms.ModelChoiceField(Organisation.objects.none(), label="Vem får frågan", required=False)
    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Fråga fler om samma sak", widget=ChoiceChecks, required=False
    )
    why = field_of(
        Action, "text", label="Varför, och vad gruppen vet", required=False, widget=forms.Textarea({"rows": 2})
    )

    choosing = ("responsible", "others")
    field_order = (
        *("note", "version", "title", "what", "responsible", "answer_due"),
        *("others", "why", "wished", "term", "supporting"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("answer_due", "term"):  # most items ask for nothing
            self.fields[name].required = self.fields[name].widget.is_required = False

    @property
    def asks_more(self) -> bool:
        """Whether any of the folded fields is filled in or wrong."""
        names = ("others", "why", "wished", "supporting")
        return self.is_bound and any(self[name].value() or self[name].errors for name in names)

    @property
    def asks(self) -> bool:
        names = ("what", "responsible", "others", "why", "wished", "supporting")
        return any(self.cleaned_data.get(name) for name in names)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not self.asks:
            self.errors.pop("answer_due", None)  # a day for a question that nobody puts
            return facts
        if not facts.get("what"):
            self.add_error("what", "Skriv vad som ska göras.")
        if not self.asked:
            self.add_error("responsible", "Välj vem som ska få frågan.")
        if not self.item.issue_id and not facts.get("title"):
            self.add_error("title", NO_ISSUE)
        return facts

    @property
    def asked(self) -> list[Organisation]:
        """The organisations to ask, each once, the responsible first."""
        responsible, others = self.cleaned_data.get("responsible"), self.cleaned_data.get("others") or ()
        return list(dict.fromkeys([responsible, *others] if responsible else others))

    def ask(self) -> None:
        facts = self.cleaned_data
        question = {"title": facts["what"], "text": facts["why"], **self.conditions}
        propose_action_to_each(self.item, self.asked, by=Actor.of(self.by), **question)
