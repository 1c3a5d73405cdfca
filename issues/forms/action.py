"""Proposing actions: what the group asks for, and of whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from base.swedish.words import listed
from base.ui.fields import ComingDay, field_of
from base.ui.forms import RegisterForm
from base.ui.layout import More
from base.ui.widgets import ChoiceChecks, ChoiceRadios
from issues.models import Action, Issue
from members.actor import Actor
from members.models import Group, Member, Organisation


class ProposalForm(RegisterForm):
    """What the group asks for. Several who are asked get one action each, so that each answers for its own."""

    submit_label = "Föreslå"
    layout = (
        "title",
        "text",
        "organisations",
        "answer_due",
        "wished",
        More("Kort eller lång sikt, och vilka som stöder", "term", "supporting"),
    )
    missing = {
        "title": "Skriv vad som ska göras.",
        "organisations": "Välj vem som får frågan.",
        "answer_due": "Skriv när svaret ska ha kommit.",
    }

    title = field_of(Action, "title", help_text="Det ni ber om, till exempel: Byta fyra trasiga armaturer.")
    text = field_of(
        Action,
        "text",
        label="Varför, och vad gruppen vet",
        help_text="Skriv så att den som får frågan kan avgöra den utan att ringa.",
        widget=forms.Textarea({"rows": 4}),
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Vem får frågan?",
        help_text="Väljer du flera blir det en åtgärd för var och en.",
        widget=ChoiceChecks,
    )
    answer_due = ComingDay(label="Svar senast")
    wished = ComingDay(label="Önskas klart", required=False)
    term = field_of(Action, "term", label="Kort eller lång sikt", widget=ChoiceRadios)
    supporting = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Stöd från", widget=ChoiceChecks, required=False
    )

    def __init__(self, data: Any = None, *, issue: Issue, by: Member) -> None:
        super().__init__(data)
        self.issue, self.by = issue, by
        for name in ("organisations", "supporting"):
            self.offer(name, Organisation.objects.active().in_order())
        self.initial["answer_due"] = Group.current().answer_due()
        self.initial["term"] = Action.Term.SHORT

    def clean(self) -> dict[str, Any]:
        both = set(self.cleaned_data.get("organisations") or ()) & set(self.cleaned_data.get("supporting") or ())
        if both:
            names = listed(sorted(map(str, both)))
            self.add_error("supporting", f"{names} får själv frågan. Välj bara dem som stöder någon annan.")
        return self.cleaned_data

    def receipt(self, saved: str) -> str:
        return f"Åtgärden är föreslagen för {listed([str(o) for o in self.cleaned_data['organisations']])}."

    @transaction.atomic
    def save(self) -> str:
        """Draft and propose at once; gives back the address of what to look at next."""
        facts = dict(self.cleaned_data)
        facts.pop("key")
        asked = facts.pop("organisations")
        actions = [Action.draft(issue=self.issue, organisation=o, by=Actor.of(self.by), **facts) for o in asked]
        for action in actions:
            action.propose(by=Actor.of(self.by))
        return actions[0].get_absolute_url() if len(actions) == 1 else self.issue.get_absolute_url()
