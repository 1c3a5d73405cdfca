"""The forms that sort an observation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse

from base.records.freetext import FreeTextFormField
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceRadios
from issues.forms.issue import IssueForm
from issues.models import Issue, Observation
from issues.texts.observation import triaged_words
from issues.triage import Suggestion, open_issue_from
from members.actor import Actor
from members.models import Member


class TriageForm(RegisterForm):
    """The base of the forms that sort an observation, with a receipt that says which way it went."""

    def __init__(self, *args: Any, observation: Observation, by: Member, **kwargs: Any) -> None:
        self.observation, self.by = observation, by
        super().__init__(*args, **kwargs)

    def receipt(self, saved: Observation) -> str:
        return triaged_words(saved)

    def undo(self, saved: Observation) -> Undo | None:
        """The undo that puts it back in the queue; None where it may not leave its issue."""
        address = reverse("issues:observation_put_back", args=[saved.pk])
        return Undo(address, {"version": saved.version}) if saved.may_move_back else None


class ObservationNoteForm(TriageForm):
    """Keeps the observation for the lägesbild, with one tap."""

    def save(self) -> Observation:
        self.observation.note(by=Actor.of(self.by))
        return self.observation


class PutBackForm(TriageForm):
    """Puts the observation back to be sorted anew, with one tap."""

    version = VersionField()

    def save(self) -> Observation:
        self.observation.put_back(by=Actor.of(self.by), version=self.cleaned_data["version"])
        return self.observation


class RejectForm(TriageForm):
    """Rejects the observation with a reason, which the reporter reads."""

    reason = FreeTextFormField(
        label="Skäl",
        max_length=1000,
        help_text="Den som rapporterade läser skälet. Ange gärna vem som ansvarar för frågan.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    missing = {"reason": "Skriv varför, så att den som rapporterade får veta."}
    submit_label = "Avvisa observationen"

    def save(self) -> Observation:
        self.observation.reject(reason=self.cleaned_data["reason"], by=Actor.of(self.by))
        return self.observation


class ObservationIssueForm(IssueForm):
    """Opens a new issue from the observation, with known facts as initial values.

    Not her words: those who follow from the side read the issue, but no raw observation.
    """

    def __init__(self, *args: Any, observation: Observation, **kwargs: Any) -> None:
        self.observation = observation
        known = {
            "title": str(observation)[:120],
            "category": observation.category_id,
            "where": observation.where,
        }
        super().__init__(*args, initial=known, **kwargs)

    def save(self) -> Observation:  # type: ignore[override]
        open_issue_from([self.observation], by=Actor.of(self.by), **self.facts())
        return self.observation

    def receipt(self, saved: Observation) -> str:
        return triaged_words(saved)


class AttachForm(TriageForm):
    """Attaches the observation to an issue: one of those offered, or any open one that is sent."""

    issue = forms.ModelChoiceField(
        Issue.objects.none(),
        label="Välj ärende",
        widget=ChoiceRadios,
        empty_label=None,
        error_messages={"invalid_choice": "Ärendet är avslutat eller finns inte. Välj ett annat."},
    )

    missing = {"issue": "Välj ett ärende."}
    submit_label = "Koppla observationen"

    def __init__(self, *args: Any, suggestion: Suggestion | None, offered: Iterable[Issue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("issue", Issue.objects.visible_to(self.by).open())
        suggested = [(suggestion.issue.pk, _words(suggestion.issue, suggestion.reason))] if suggestion else []
        others = [(issue.pk, _words(issue)) for issue in offered if not suggestion or issue != suggestion.issue]
        self.offer_choices("issue", suggested + others)

    @property
    def offers(self) -> bool:
        return bool(self.fields["issue"].choices)  # type: ignore[attr-defined]

    def save(self) -> Observation:
        self.observation.attach(self.cleaned_data["issue"], by=Actor.of(self.by))
        return self.observation


def _words(issue: Issue, reason: str = "") -> str:
    words = f"{issue.number} {issue.title}"
    return f"{words} (föreslås därför att {reason})" if reason else words
