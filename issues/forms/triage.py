"""The ways to sort an observation that ask something more; a form that asks nothing is only sent once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from issues.forms.issue import IssueForm
from issues.models import Issue, Observation
from issues.models.suggesting import Suggestion
from members.models import Member
from temagrupp.ui.forms import ChoiceRadios, HouseForm


class NoteForm(HouseForm):
    """One tap: kept for the lägesbild."""

    def sort(self, observation: Observation, *, by: Member) -> None:
        observation.note(by=by)


class PutBackForm(HouseForm):
    """One tap: to be sorted anew."""

    def sort(self, observation: Observation, *, by: Member) -> None:
        observation.put_back(by=by)


class RejectForm(HouseForm):
    """Why nothing comes of it, which the reporter reads."""

    reason = forms.CharField(
        label="Skäl",
        max_length=1000,
        help_text="Den som rapporterade läser det. Skriv gärna vart saken hör i stället.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    missing = {"reason": "Skriv varför, så att den som rapporterade får veta."}
    submit_label = "Avvisa observationen"

    def sort(self, observation: Observation, *, by: Member) -> None:
        observation.reject(reason=self.cleaned_data["reason"], by=by)


class ObservationIssueForm(IssueForm):
    """A new issue out of the observation, with what is known filled in.

    Not her words: those who follow from the side read the issue, but no raw observation.
    """

    def __init__(self, *args: Any, observation: Observation, **kwargs: Any) -> None:
        known = {
            "title": str(observation)[:120],
            "category": observation.category_id,
            "where": observation.where,
        }
        super().__init__(*args, initial=known, **kwargs)

    def sort(self, observation: Observation, *, by: Member) -> None:
        self.save(by=by, observations=[observation])


class AttachForm(HouseForm):
    """Choose the issue that the observation belongs to. Shown are those offered; any open one may be sent."""

    issue = forms.ModelChoiceField(
        Issue.objects.none(),
        label="Välj ärende",
        widget=ChoiceRadios,
        empty_label=None,
        error_messages={"invalid_choice": "Ärendet är avslutat eller finns inte. Välj ett annat."},
    )

    missing = {"issue": "Välj ett ärende."}
    submit_label = "Koppla observationen"

    def __init__(
        self, *args: Any, member: Member, suggestion: Suggestion | None, offered: Iterable[Issue], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("issue", Issue.objects.visible_to(member).open())
        suggested = [(suggestion.issue.pk, _words(suggestion.issue, suggestion.reason))] if suggestion else []
        others = [(issue.pk, _words(issue)) for issue in offered if not suggestion or issue != suggestion.issue]
        self.offer_choices("issue", suggested + others)

    @property
    def offers(self) -> bool:
        return bool(self.fields["issue"].choices)  # type: ignore[attr-defined]

    def sort(self, observation: Observation, *, by: Member) -> None:
        observation.attach(self.cleaned_data["issue"], by=by)


def _words(issue: Issue, reason: str = "") -> str:
    words = f"{issue.number} {issue.title}"
    return f"{words} (föreslås därför att {reason})" if reason else words
