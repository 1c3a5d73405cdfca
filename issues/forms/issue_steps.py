"""The forms that pause, resume, close and reopen an issue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from base.records.freetext import FreeTextFormField
from base.ui.fields import VersionField, field_of
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceRadios
from issues.counting import FeedbackRecipients
from issues.models import Closure, Issue, say_it_remains
from issues.notices import TOLD_AFTER
from issues.texts.evidence import audience_words, closed_receipt
from issues.texts.remaining import remains_receipt
from members.actor import Actor
from members.models import Member


class IssueStepForm(RegisterForm):
    """The base of the steps that the samordnare takes with an issue."""

    def __init__(self, *args: Any, issue: Issue, by: Member, **kwargs: Any) -> None:
        self.issue, self.by = issue, by
        super().__init__(*args, **kwargs)


class PauseForm(IssueStepForm):
    """Pauses an issue: why, and till when, in words."""

    reason = FreeTextFormField(
        label="Varför avvaktar gruppen?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv också vad som får er att ta upp det igen, till exempel ”till skolstarten i augusti”.",
    )

    missing = {"reason": "Skriv varför gruppen avvaktar."}
    submit_label = "Avvakta"

    def save(self) -> Issue:
        self.issue.pause(reason=self.cleaned_data["reason"], by=Actor.of(self.by))
        return self.issue

    def receipt(self, saved: Issue) -> str:
        return "Ärendet är vilande."

    def undo(self, saved: Issue) -> Undo:
        return Undo(reverse("issues:resume", args=[saved.number]), {"entry": saved.entry})


class ResumeForm(IssueStepForm):
    """Resumes a paused issue, with one tap."""

    entry = VersionField()  # names the rest that the page showed

    def save(self) -> Issue:
        self.issue.resume(by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.issue


class ReopenForm(IssueStepForm):
    """Reopens a closed issue, with what shows that the problem is still there."""

    reason = FreeTextFormField(
        label="Varför öppnas ärendet igen?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Det syns i ärendet för alla som följer det.",
    )

    entry = VersionField()  # names the closing that the page showed

    missing = {"reason": "Skriv varför ärendet öppnas igen."}
    submit_label = "Öppna igen"

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, issue=issue, initial={"entry": lambda: issue.entry}, **kwargs)

    def save(self) -> Issue:
        facts = self.cleaned_data
        self.issue.reopen(reason=facts["reason"], entry=facts["entry"], by=Actor.of(self.by))
        return self.issue


class RemainsForm(IssueStepForm):
    """Says that the problem is still there, by one of its reporters; in words where she has any."""

    text = FreeTextFormField(
        label="Vad ser du nu?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Det syns i ärendet för alla som läser det. Skriv om platsen, inte om personer.",
    )

    entry = VersionField()  # names the closing that the page showed

    submit_label = "Problemet kvarstår"

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        self.told = remains_receipt(issue)  # of its actions, which the saving reads anew
        super().__init__(*args, issue=issue, initial={"entry": lambda: issue.entry}, **kwargs)

    def save(self) -> Issue:
        facts = self.cleaned_data
        say_it_remains(self.issue, text=facts["text"], entry=facts["entry"], by=Actor.of(self.by))
        return self.issue

    def receipt(self, saved: Issue) -> str:
        return self.told


class ClosingFields(RegisterForm):
    """The fields that close an issue, which the page and the room share: outcome, feedback, and why despite actions.

    The room asks in shorter words, and only when the meeting decides to close.
    """

    CLOSING = ("outcome", "feedback", "despite")

    outcome = forms.ChoiceField(label="Utfall", choices=Issue.Outcome, widget=ChoiceRadios)
    feedback = field_of(Closure, "feedback", label="Återkoppling i en mening", widget=forms.Textarea(attrs={"rows": 3}))
    despite = field_of(
        Closure,
        "despite",
        label="Varför avslutas ärendet ändå?",
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Åtgärderna fortsätter hos dem som har dem, och syns i åtgärdslistan.",
    )

    @property
    def closing(self) -> dict[str, Any]:
        """The facts of these fields, as `Issue.close` and a decision to close take them."""
        return {name: self.cleaned_data.get(name, "") for name in self.CLOSING if name in self.fields}


class CloseForm(ClosingFields, IssueStepForm):
    """Closes an issue: how it went, in one sentence to those who reported; and why now, when something is under way."""

    missing = {
        "outcome": "Välj utfall.",
        "feedback": "Skriv en mening till dem som har rapporterat.",
        "despite": "Skriv varför ärendet avslutas fast åtgärder är öppna.",
    }
    submit_label = "Avsluta ärendet"

    def __init__(self, *args: Any, audience: FeedbackRecipients, under_way: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_told = bool(audience.people)
        self.fields["feedback"].help_text = escape(audience_words(audience))
        if not under_way:
            del self.fields["despite"]

    def save(self) -> Issue:
        self.issue.close(by=Actor.of(self.by), **self.closing)
        return self.issue

    def receipt(self, saved: Issue) -> str:
        told_at = (saved.state_since or timezone.now()) + TOLD_AFTER
        return closed_receipt(told_at) if self.is_told else "Ärendet är avslutat."
