"""The forms that take back what was said by a slip, each one button: an answer, how far it is, that it is done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from issues.models import Action, Assignment, DoneReport, Progress
from members.actor import Actor, Voice
from members.models import Member, Organisation


def voice_of(member: Member | None, organisation: Organisation) -> Voice:
    """Who takes it back: a member, or whoever has the organisation's link."""
    return Actor.of(member) if member else Voice.by_link(organisation)


def undo_of_answer(assignment: Assignment) -> Undo:
    """The way back of its answer, and not of one that a colleague gives meanwhile."""
    return Undo(reverse("issues:answer_withdraw", args=[assignment.pk]), {"answer": str(assignment.answer_id)})


def undo_of_done(action: Action) -> Undo:
    """The way back of the report that it is done, and not of one that comes later."""
    return Undo(reverse("issues:done_withdraw", args=[action.pk]), {"entry": action.entry})


class WithdrawAnswerForm(RegisterForm):
    """Withdraws an answer: the question is open again."""

    answer = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        self.assignment, self.by = assignment, by
        super().__init__(data)

    def save(self) -> Action:
        who = voice_of(self.by, self.assignment.organisation)
        self.assignment.withdraw_answer(by=who, given=self.cleaned_data["answer"])
        return self.assignment.action

    def receipt(self, saved: Action) -> str:
        return "Svaret är taget tillbaka. Frågan är öppen igen."


class WithdrawProgressForm(RegisterForm):
    """Takes back how far it has come."""

    def __init__(self, data: Any = None, *, progress: Progress, by: Member) -> None:
        self.progress, self.by = progress, by
        super().__init__(data)

    def save(self) -> Action:
        self.progress.withdraw(by=Actor.of(self.by))
        return self.progress.assignment.action

    def receipt(self, saved: Action) -> str:
        return "Läget är taget tillbaka."


class WithdrawDoneForm(RegisterForm):
    """Takes back that it is done: it goes on as before."""

    entry = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, action: Action, by: Member | None) -> None:
        self.action, self.by = action, by
        super().__init__(data)

    def save(self) -> Action:
        who = voice_of(self.by, self.action.current.organisation)
        DoneReport.withdraw(self.action, by=who, entry=self.cleaned_data["entry"])
        return self.action

    def receipt(self, saved: Action) -> str:
        return "Beskedet är taget tillbaka. Åtgärden är inte klar."
