"""All that is written on an item while it is spoken of: one form, so that no text is lost to another one's button."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from issues.forms.fields import ComingDay
from issues.models import Issue
from meetings.deciding import NO_ISSUE, decide, make_issue, propose_action, withdraw
from meetings.models import AgendaItem, Decision, NoteConflict
from members.models import Group, Member, Organisation
from temagrupp.ui.forms import ChoiceChecks, HouseForm, SeenField

Kind = Decision.Kind
STAY, NEXT, UNSPOKEN = "stay", "next", "unspoken"


class ItemForm(HouseForm):
    """Note, decision, new action and new issue of one item. What is filled in is saved, the rest left alone."""

    note = forms.CharField(label="Notering", max_length=8000, widget=forms.Textarea(attrs={"rows": 3}), required=False)
    version = SeenField()

    kind = forms.ChoiceField(
        label="Slag av beslut",
        choices=[
            (Kind.OTHER.value, "Beslut i ord"),
            (Kind.CLOSE.value, Kind.CLOSE.label),
            (Kind.HOLD.value, Kind.HOLD.label),
        ],
        required=False,
    )
    text = forms.CharField(label="Beslut", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), required=False)
    outcome = forms.ChoiceField(label="Utfall", choices=[("", "Välj …"), *Issue.Outcome.choices], required=False)
    feedback = forms.CharField(
        label="En mening till dem som rapporterat",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    despite = forms.CharField(label="Varför, trots pågående åtgärder", max_length=500, required=False)

    title = forms.CharField(
        label="Gör ett ärende av punkten",
        max_length=120,
        required=False,
        help_text="Ärendets rubrik. Behövs för att föreslå en åtgärd.",
    )

    what = forms.CharField(label="Vad ska göras", max_length=160, required=False)
    responsible = forms.ModelChoiceField(label="Ansvarig", queryset=Organisation.objects.none(), required=False)
    others = forms.ModelMultipleChoiceField(
        label="Fråga fler", queryset=Organisation.objects.none(), widget=ChoiceChecks, required=False
    )
    answer_due = ComingDay(label="Svar senast", required=False)

    strike = forms.ModelChoiceField(queryset=Decision.objects.none(), required=False)
    then = forms.ChoiceField(choices=[(choice, choice) for choice in (STAY, NEXT, UNSPOKEN)], required=False)

    def __init__(self, *args: Any, item: AgendaItem, by: Member, **kwargs: Any) -> None:
        self.item, self.by, self.theirs = item, by, ""
        due = Group.current().answer_due()
        kwargs["initial"] = {"note": item.note, "version": str(item.note_version), "answer_due": due}
        super().__init__(*args, **kwargs)
        self.offer("responsible", Organisation.objects.active().in_order())
        self.offer("others", Organisation.objects.active().in_order())
        self.offer("strike", Decision.objects.of(item))

    # For the page

    @property
    def decides_more(self) -> bool:
        """Whether anything stands in the part of the decision that is folded away."""
        names = ("outcome", "feedback", "despite")
        return any(self[name].value() for name in names) or self["kind"].value() in {Kind.CLOSE, Kind.HOLD}

    # What was filled in

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        self._clean_decision(facts)
        self._clean_action(facts)
        return facts

    @property
    def decides(self) -> bool:
        facts = self.cleaned_data
        special = facts.get("kind") in {Kind.CLOSE, Kind.HOLD}
        return special or any(facts.get(name) for name in ("text", "outcome", "feedback", "despite"))

    @property
    def asks(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("what", "responsible", "others"))

    def _clean_decision(self, facts: dict[str, Any]) -> None:
        if not self.decides:
            return
        closes = facts.get("kind") == Kind.CLOSE
        if not closes and (facts.get("outcome") or facts.get("feedback") or facts.get("despite")):
            self.add_error("kind", "Utfall och återkoppling hör till ”Avsluta ärendet”. Välj det, eller töm fälten.")
        if closes and not facts.get("outcome"):
            self.add_error("outcome", "Välj utfallet.")
        if closes and not facts.get("feedback"):
            self.add_error("feedback", "Skriv en mening till dem som rapporterat.")
        if closes and not facts.get("despite") and self.item.issue and self.item.issue.open_actions().exists():
            self.add_error("despite", "Åtgärder pågår. Skriv varför ärendet ändå avslutas.")
        if not closes and not facts.get("text"):
            self.add_error("text", "Skriv beslutet.")

    def _clean_action(self, facts: dict[str, Any]) -> None:
        if not self.asks:
            self.errors.pop("answer_due", None)  # a day for a question that nobody puts
            return
        if not facts.get("what"):
            self.add_error("what", "Skriv vad som ska göras.")
        if not facts.get("responsible") and not facts.get("others"):
            self.add_error("responsible", "Välj vem som ska få frågan.")
        if not self.item.issue_id and not facts.get("title"):
            self.add_error("title", NO_ISSUE)

    # Saving

    def save(self) -> AgendaItem:
        """Everything or nothing. Raises NoteConflict, MoveNotAllowed, ValidationError."""
        facts = self.cleaned_data
        version = int(facts["version"]) if facts["version"].isdecimal() and len(facts["version"]) < 10 else 0
        self.item.write_note(text=facts["note"], version=version, by=self.by)
        if facts["title"]:
            make_issue(self.item, by=self.by, title=facts["title"])
        if self.decides:
            self._decide()
        if self.asks:
            self._ask()
        if facts["strike"]:
            withdraw(facts["strike"], by=self.by)
        self._mark()
        return self.item

    def receipt(self, saved: AgendaItem) -> str:
        return f"Sparat {timezone.localtime():%H.%M}."

    def refuse(self, error: ValidationError) -> None:
        """A note that two have written comes back with both texts, and is saved over theirs the next time."""
        if isinstance(error, NoteConflict):
            self.initial["version"], self.theirs = str(error.version), error.theirs
            self.add_error("note", error)
        else:
            super().refuse(error)

    def _decide(self) -> None:
        facts = self.cleaned_data
        text = facts["text"] or f"Ärendet avslutas: {Issue.Outcome(facts['outcome']).label.lower()}."
        closing = {name: facts[name] for name in ("outcome", "feedback", "despite")}
        decide(self.item, by=self.by, kind=facts["kind"] or Kind.OTHER, text=text, **closing)

    def _ask(self) -> None:
        facts = self.cleaned_data
        chosen = {organisation.pk: organisation for organisation in facts["others"]}
        if facts["responsible"]:
            chosen = {facts["responsible"].pk: facts["responsible"], **chosen}
        for organisation in chosen.values():
            propose_action(
                self.item, by=self.by, title=facts["what"], organisation=organisation, answer_due=facts["answer_due"]
            )

    def _mark(self) -> None:
        if self.cleaned_data["then"] == NEXT:
            self.item.speak_of()
        elif self.cleaned_data["then"] == UNSPOKEN:
            self.item.leave_unspoken()
