"""The forms that strike an issue that was opened by mistake, and restore it."""

from __future__ import annotations

from django import forms
from django.urls import reverse

from base.records.freetext import FreeTextFormField
from base.ui.fields import VersionField
from base.ui.undo import Undo
from issues.forms.issue_steps import IssueStepForm
from issues.models import Action, Issue
from issues.striking import restore, strike
from issues.texts.striking import remain_taken_back
from members.actor import Actor


class StrikeForm(IssueStepForm):
    """Strikes an issue, for a reason that all who may read it read."""

    reason = FreeTextFormField(
        label="Varför var det ett misstag?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skälet står på ärendets sida och läses också av dem som har fått frågor i det och får läsa det.",
    )

    missing = {"reason": "Skriv varför ärendet stryks."}
    submit_label = "Stryk ärendet"

    def save(self) -> Issue:
        strike(self.issue, reason=self.cleaned_data["reason"], by=Actor.of(self.by))
        return self.issue

    def receipt(self, saved: Issue) -> str:
        return "Ärendet är struket."

    def undo(self, saved: Issue) -> Undo:
        return Undo(reverse("issues:restore", args=[saved.number]), {"entry": saved.entry})


class RestoreForm(IssueStepForm):
    """Restores a struck issue, with one tap."""

    entry = VersionField()  # names the striking that the page showed

    def save(self) -> Issue:
        self.struck_at = self.issue.state_since
        restore(self.issue, by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.issue

    def receipt(self, saved: Issue) -> str:
        taken_back = saved.actions.filter(state=Action.State.CANCELLED, state_since=self.struck_at).count()
        return " ".join(["Ärendet är återställt.", *remain_taken_back(taken_back)])
