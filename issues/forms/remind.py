"""The samordnare's reminder: on the action's page with its words, in a list as one button."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from base.records.freetext import FreeTextFormField
from issues.forms.action_step import VersionedForm
from issues.models import Action, Assignment
from issues.reminding import may_be_reminded, remind
from issues.texts.reminding import reminded_when
from members.models import Group, Member


class RemindForm(VersionedForm):
    """Reminds the organisation of what it owes, with words that stand there beforehand.

    Where it is sent from a list it has no words of its own, and the group's usual ones are said.
    """

    prefix = "paminn"
    summary = "Påminn"
    route = "issues:action_remind"
    submit_label = "Skicka påminnelsen"

    text = FreeTextFormField(
        label="Text i påminnelsen", max_length=600, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.initial["text"] = lambda: Group.current().reminder_text
        at = getattr(assignment.action, "reminded_at", None)  # of with_reminders()
        whom = f"Skickas med frågan till {assignment.organisation} och till dem som svarar för dem."
        self.fields["text"].help_text = f"{whom} {reminded_when(at)}" if at else whom

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        today, at = timezone.localdate(), getattr(action, "reminded_at", None)
        return may_be_reminded(action.current, today) and (at is None or timezone.localdate(at) < today)

    @property
    def is_from_a_list(self) -> bool:
        return self.add_prefix("text") not in self.data

    def receipt(self, saved: Action) -> str:
        return f"{self.assignment.organisation} är påmind."

    def save(self) -> Action:
        text = Group.current().reminder_text if self.is_from_a_list else self.cleaned_data["text"]
        remind(self.assignment, by=self.actor, text=text, version=self.cleaned_data["version"])
        return self.action
