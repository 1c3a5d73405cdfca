"""The form of an item in the room: one form for all that is written, so that no button loses another field's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from base.records.freetext import FreeLineFormField, FreeTextFormField
from base.swedish.words import listed
from base.ui.fields import field_of
from base.ui.widgets import ChoiceChecks
from issues.forms.action import ProposalFields
from issues.forms.issue_steps import ClosingFields
from issues.models import Action, Closure, Issue
from meetings.agenda.ordering import restore_line
from meetings.deciding import NO_ISSUE, NOBODY, decide, make_issue, propose_action_to_each, withdraw
from meetings.forms.note import ItemNoteForm
from meetings.models import AgendaItem, Decision
from meetings.models.agenda import ONLY_THEN
from members.actor import Actor
from members.models import Organisation

Kind = Decision.Kind


class DecisionFields(ClosingFields, ItemNoteForm):
    """The fields of a decision in words and, for an open issue, of its closing or pause."""

    needed = {
        "outcome": "för att avsluta",
        "feedback": "för att avsluta",
        "despite": "för att avsluta när åtgärder är öppna",
    }

    kind = forms.ChoiceField(
        label="Slag av beslut",
        choices=[(Kind.OTHER.value, "Beslut i ord"), *((kind.value, kind.label) for kind in Decision.ISSUE_BECOMES)],
        required=False,
    )
    text = FreeTextFormField(label="Beslut", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), required=False)
    outcome = forms.ChoiceField(label="Utfall", choices=[("", "Välj …"), *Issue.Outcome.choices], required=False)
    feedback = field_of(
        Closure,
        "feedback",
        label="En mening till dem som rapporterat",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    despite = FreeLineFormField(label="Varför, trots öppna åtgärder", max_length=500, required=False)

    @property
    def decides_more(self) -> bool:
        """Whether any of the folded fields is filled in."""
        return any(self[name].value() for name in self.CLOSING) or self["kind"].value() in Decision.ISSUE_BECOMES

    @property
    def decides(self) -> bool:
        facts = self.cleaned_data
        typed = any(facts.get(name) for name in ("text", *self.CLOSING))
        return typed or facts.get("kind") in Decision.ISSUE_BECOMES

    @property
    def ends(self) -> bool:
        """Whether the decision closes the issue."""
        return bool(self.cleaned_data.get("kind") == Kind.CLOSE)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not self.decides:
            return facts
        if self.ends:
            self._clean_end(facts)
            return facts
        if any(self.closing.values()):
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
        decide(self.item, by=Actor.of(self.by), kind=facts["kind"] or Kind.OTHER, text=text, **self.closing)


class ActionFields(ProposalFields, ItemNoteForm):
    """The fields that propose actions from the room, the same as "Föreslå en åtgärd" has, most of them folded."""

    title = FreeLineFormField(
        label="Gör ett ärende av punkten",
        max_length=120,
        required=False,
        help_text="Ärendets rubrik. Behövs för att föreslå en åtgärd.",
    )
    what = field_of(Action, "title", label="Vad ska göras", required=False)
    responsible = forms.ModelChoiceField(Organisation.objects.none(), label="Ansvarig", required=False)
    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Fråga fler om samma sak", widget=ChoiceChecks, required=False
    )
    why = field_of(
        Action, "text", label="Varför, och vad gruppen vet", required=False, widget=forms.Textarea({"rows": 2})
    )

    choosing = ("responsible", "others")
    field_order = (
        *("note", "version", "title", "what", "responsible", "answer_due"),
        *("others", "why", "wished", "term", "supporting", "kind", "text", *ClosingFields.CLOSING),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = self.fields["answer_due"]
        due.required = due.widget.is_required = False  # most items ask for nothing

    @property
    def about(self) -> Issue | None:
        issue: Issue | None = self.item.issue
        return issue

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
        if "answer_due" in self.data and not facts.get("answer_due") and "answer_due" not in self.errors:
            self.add_error("answer_due", "Skriv när svaret ska ha kommit.")  # no day is filled in unseen
        if not self.asked:
            self.add_error("responsible", NOBODY)
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


LOOK_OVER = '{} I noteringen står något som {}. <a href="{}#id_note_found">Se över noteringen</a>'

STAY, NEXT, SKIP, BACK, UNSPOKEN, RESTORE = THEN = "stay", "next", "skip", "back", "unspoken", "restore"
"""What one goes on to when it is saved; only `next` says that the item is done with, and `restore` that one which was
taken off is to stand on the agenda again."""


class ItemForm(DecisionFields, ActionFields):
    """Saves note, decision, new action and new issue of one item: what is filled in, and leaves the rest alone."""

    kept: Sequence[Action] = ()  # what was proposed already when its decision was struck

    strike = forms.ModelChoiceField(queryset=Decision.objects.none(), required=False)
    then = forms.ChoiceField(choices=[(choice, choice) for choice in THEN], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("strike", Decision.objects.of(self.item))

    @property
    def only_leads_on(self) -> bool:
        """Whether it writes nothing and only asks for another item, as it also may when the meeting has closed."""
        facts = self.cleaned_data
        writes = self.decides or self.asks or facts["title"] or facts["strike"] or facts["note"] != self.item.note
        return facts["then"] in {SKIP, BACK} and not writes

    @property
    def is_late(self) -> bool:
        """Whether it was sent when the meeting was not under way, and cannot be saved however it is put right."""
        return self.is_bound and not self.item.meeting.is_under_way

    def refuse_late(self) -> None:
        """Leave one error, that the meeting is not under way: what else is wrong can no longer be mended."""
        self.errors.clear()
        self.add_error(None, self.item.meeting.refusal(ONLY_THEN))

    def save(self) -> AgendaItem:
        """Save all that is filled in, or nothing. Raises NoteConflict, NotAllowed, ValidationError."""
        facts = self.cleaned_data
        if self.is_late and self.only_leads_on:
            return self.item
        if facts["then"] == RESTORE:
            restore_line(self.item.meeting, self.item.key, by=Actor.of(self.by))
        item = super().save()
        if facts["title"]:
            make_issue(item, by=Actor.of(self.by), title=facts["title"])
        if facts["strike"]:
            self.kept = withdraw(facts["strike"], by=Actor.of(self.by))
        steps = [(self.decides, self.decide), (self.asks, self.ask)]
        # Where the issue ends, what is asked comes first: why it ends all the same is asked in its own field.
        for is_filled_in, write in reversed(steps) if self.ends else steps:
            if is_filled_in:
                write()
        self._mark()
        return item

    def receipt(self, saved: AgendaItem) -> str:
        """The message: what was saved, and what the guard found in the note, which is saved all the same."""
        if self.is_late:
            return self.item.meeting.refusal("")
        told = self._saved_words(saved)
        return format_html(LOOK_OVER, told, self.told_words, saved.get_absolute_url()) if self.guard_tells else told

    def leaves_something(self, saved: AgendaItem) -> bool:
        return self.guard_tells and not self.is_late

    def _saved_words(self, saved: AgendaItem) -> str:
        """That it is saved, and that a decision marks the item as discussed while striking it does not unmark it."""
        sentence, facts = super().receipt(saved), self.cleaned_data
        if self.kept:
            whom = listed([str(action.current.organisation) for action in self.kept])
            sentence = f"{sentence} Åtgärden ”{self.kept[0]}” var redan föreslagen för {whom} och finns kvar."
        if facts["strike"] and not saved.decisions.exists():
            return f"{sentence} Beslutet är struket. Punkten räknas ändå som behandlad; det går att ändra nedan."
        is_staying = facts["then"] not in {NEXT, SKIP, BACK}
        return f"{sentence} Punkten räknas som behandlad." if is_staying and (self.decides or self.asks) else sentence

    def _mark(self) -> None:
        if self.cleaned_data["then"] == NEXT:
            self.item.mark_discussed(by=Actor.of(self.by))
        elif self.cleaned_data["then"] == UNSPOKEN:
            self.item.unmark_discussed(by=Actor.of(self.by))
