"""The form of an item in the room: one form for all that is written, so that no button loses another field's text."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings.agenda.ordering import restore_line
from meetings.deciding import make_issue, withdraw
from meetings.forms.item_action import ActionFields
from meetings.forms.item_decision import DecisionFields
from meetings.models import AgendaItem, Decision
from members.actor import Actor

STAY, NEXT, SKIP, BACK, UNSPOKEN, RESTORE = THEN = "stay", "next", "skip", "back", "unspoken", "restore"
"""What one goes on to when it is saved; only `next` says that the item is done with, and `restore` that one which was
taken off is to stand on the agenda again."""


class ItemForm(DecisionFields, ActionFields):
    """Saves note, decision, new action and new issue of one item: what is filled in, and leaves the rest alone."""

    strike = forms.ModelChoiceField(queryset=Decision.objects.none(), required=False)
    then = forms.ChoiceField(choices=[(choice, choice) for choice in THEN], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("strike", Decision.objects.of(self.item))

    def save(self) -> AgendaItem:
        """Save all that is filled in, or nothing. Raises NoteConflict, NotAllowed, ValidationError."""
        facts = self.cleaned_data
        if facts["then"] == RESTORE:
            restore_line(self.item.meeting, self.item.key, by=Actor.of(self.by))
        item = super().save()
        if facts["title"]:
            make_issue(item, by=Actor.of(self.by), title=facts["title"])
        if self.decides:
            self.decide()
        if self.asks:
            self.ask()
        if facts["strike"]:
            withdraw(facts["strike"], by=Actor.of(self.by))
        self._mark()
        return item

    def receipt(self, saved: AgendaItem) -> str:
        """The message: saved, and that a decision marks the item as discussed while striking it does not unmark it."""
        sentence, facts = super().receipt(saved), self.cleaned_data
        if facts["strike"] and (action := facts["strike"].action) and action.is_carried:
            sentence = f"{sentence} Åtgärden ”{action}” var redan föreslagen och finns kvar."
        if facts["strike"] and not saved.decisions.exists():
            return f"{sentence} Beslutet är struket. Punkten räknas ändå som behandlad; det går att ändra nedan."
        is_staying = facts["then"] not in {NEXT, SKIP, BACK}
        return f"{sentence} Punkten räknas som behandlad." if is_staying and (self.decides or self.asks) else sentence

    def _mark(self) -> None:
        if self.cleaned_data["then"] == NEXT:
            self.item.mark_discussed()
        elif self.cleaned_data["then"] == UNSPOKEN:
            self.item.unmark_discussed()
