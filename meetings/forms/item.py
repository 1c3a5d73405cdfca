"""All that is written on an item while it is spoken of: one form, so that no text is lost to another one's button."""

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
    """Note, decision, new action and new issue of one item. What is filled in is saved, the rest left alone."""

    strike = forms.ModelChoiceField(queryset=Decision.objects.none(), required=False)
    then = forms.ChoiceField(choices=[(choice, choice) for choice in THEN], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("strike", Decision.objects.of(self.item))

    def save(self) -> AgendaItem:
        """Everything or nothing. Raises NoteConflict, NotAllowed, ValidationError."""
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
        """What the member did not say herself: that a decision marks the item, and that striking it does not."""
        told, facts = super().receipt(saved), self.cleaned_data
        if facts["strike"] and (action := facts["strike"].action) and action.is_carried:
            told = f"{told} Åtgärden ”{action}” var redan föreslagen och finns kvar."
        if facts["strike"] and not saved.decisions.exists():
            return f"{told} Beslutet är struket. Punkten räknas ändå som behandlad; det går att ändra nedan."
        stays = facts["then"] not in {NEXT, SKIP, BACK}
        return f"{told} Punkten räknas som behandlad." if stays and (self.decides or self.asks) else told

    def _mark(self) -> None:
        if self.cleaned_data["then"] == NEXT:
            self.item.mark_discussed()
        elif self.cleaned_data["then"] == UNSPOKEN:
            self.item.unmark_discussed()
