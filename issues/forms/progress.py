"""The forms of an organisation that has said yes: started, done, another day."""

from __future__ import annotations

from typing import Any

from django import forms

from base.ui.fields import ComingDay, ShownDay, field_of
from issues.forms.action_step import OrganisationAnswerForm
from issues.models import Action, Assignment, DateChange
from members.models import Member


class StartForm(OrganisationAnswerForm):
    """Says that the organisation has begun."""

    prefix = "paborjad"
    summary = "Vi har börjat"
    route = "issues:action_begin"
    submit_label = "Vi har börjat"

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.ONGOING)

    def save(self) -> Action:
        self.action.start(by=self.actor)
        return self.action


class FinishForm(OrganisationAnswerForm):
    """Reports the action done; the note is what the reporter will be told from."""

    prefix = "klar"
    summary = "Rapportera klar"
    route = "issues:action_finish"
    submit_label = "Rapportera klar"
    missing = {"note": "Skriv vad som gjordes, så att gruppen kan berätta det för dem som rapporterade."}

    note = field_of(
        Action,
        "done_note",
        label="Vad gjordes?",
        help_text="En eller två meningar räcker.",
        required=True,
        widget=forms.Textarea({"rows": 3}),
    )

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.DONE)

    def save(self) -> Action:
        self.action.finish(note=self.cleaned_data["note"], by=self.actor)
        return self.action


class ChangeDateForm(OrganisationAnswerForm):
    """Another day than the promised one, with the reason the group is owed."""

    prefix = "datum"
    summary = "Ändra datumet"
    route = "issues:action_change_date"
    submit_label = "Ändra datumet"
    missing = {"planned": "Skriv det nya datumet.", "reason": "Skriv varför datumet flyttas."}

    old = ShownDay()
    planned = ComingDay(label="Klart i stället")
    reason = field_of(DateChange, "reason", label="Varför?", widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.initial["old"] = lambda: assignment.planned

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_promised

    def save(self) -> Action:
        said = self.cleaned_data
        DateChange.make(
            self.assignment,
            old=said["old"],
            new=said["planned"],
            reason=said["reason"],
            by=self.actor,
        )
        return self.action


PROGRESS = (StartForm, FinishForm, ChangeDateForm)
