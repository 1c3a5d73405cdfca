"""The forms that sort observations, one or several in one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from base.records.freetext import FreeTextFormField
from base.records.stateful import NOTHING_CHANGED
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from issues.forms.issue import IssueForm
from issues.models import Issue, Observation
from issues.texts.observation import created_words, opened_words, triaged_words
from issues.triage import Sorted, put_back_each, sort_each, sort_into_new_issue
from members.actor import Actor
from members.models import Member

NOT_KNOWING = "Ärende {0} har begränsad spridning. Sök på numret {0} och läs vad som följer innan du kopplar."


class TriageForm(RegisterForm):
    """The base of the forms that sort observations, with a receipt that says which way they went."""

    def __init__(self, *args: Any, observations: Sequence[Observation], by: Member, **kwargs: Any) -> None:
        self.observations, self.by = observations, by
        super().__init__(*args, **kwargs)

    def receipt(self, saved: Sorted) -> str:
        return triaged_words(saved.done, saved.left)

    def undo(self, saved: Sorted) -> Undo | None:
        """The undo that puts all of them back in the queue; None where they may not leave their issue."""
        if not all(each.may_move_back for each in saved.done):
            return None
        if len(saved.done) == 1:
            [one] = saved.done
            return Undo(reverse("issues:observation_put_back", args=[one.pk]), {"version": one.version})
        return Undo(reverse("issues:triage_put_back"), {"versions": VersionsField.written(saved.done)})


class ObservationNoteForm(TriageForm):
    """Keeps the observations for the lägesbild, with one tap."""

    def save(self) -> Sorted:
        return sort_each(self.observations, lambda each: each.note(by=Actor.of(self.by)))


class RejectForm(TriageForm):
    """Rejects the observations with a reason, which the reporters read."""

    reason = FreeTextFormField(
        label="Skäl",
        max_length=1000,
        help_text="Den som rapporterade läser skälet. Ange gärna vem som ansvarar för frågan.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    missing = {"reason": "Skriv varför, så att den som rapporterade får veta."}

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return "Avvisa observationen" if len(self.observations) == 1 else "Avvisa observationerna"

    def save(self) -> Sorted:
        reason = self.cleaned_data["reason"]
        return sort_each(self.observations, lambda each: each.reject(reason=reason, by=Actor.of(self.by)))


class ObservationIssueForm(IssueForm):
    """Opens a new issue from the observations, with known facts of the first as initial values.

    Not her words: those who follow from the side read the issue, but no raw observation.
    """

    proposed = ("title", "where")

    def __init__(self, *args: Any, observations: Sequence[Observation], **kwargs: Any) -> None:
        self.observations, first = observations, observations[0]
        known = {"title": str(first)[:120], "category": first.category_id, "where": first.where}
        super().__init__(*args, initial=known, **kwargs)

    def save(self) -> Sorted:  # type: ignore[override]
        return sort_into_new_issue(self.observations, by=Actor.of(self.by), **self.facts())

    def receipt(self, saved: Sorted) -> str:
        issue = saved.done[0].issue
        return created_words(issue, saved.done, saved.left) if issue else ""

    def undo(self, saved: Sorted) -> Undo | None:
        issue = saved.done[0].issue
        if not issue or issue.restricted:
            return None
        versions = VersionsField.written(saved.done)
        return Undo(reverse("issues:triage_put_back"), {"versions": versions, "opened": str(issue.pk)})


class AttachForm(TriageForm):
    """Attaches the observations to an issue: any open one that she may know of.

    `knowing` says that she has been told what follows when the issue is restricted and an observation is not.
    """

    issue = forms.ModelChoiceField(
        Issue.objects.none(),
        label="Ärende",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Ärendet är avslutat eller finns inte. Välj ett annat."},
    )
    knowing = forms.BooleanField(required=False, widget=forms.HiddenInput)

    missing = {"issue": "Välj ett ärende."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("issue", Issue.objects.visible_to(self.by).open())

    def clean_knowing(self) -> bool:
        issue, knowing = self.cleaned_data.get("issue"), bool(self.cleaned_data["knowing"])
        if issue and issue.restricted and not (knowing or all(each.restricted for each in self.observations)):
            raise ValidationError(NOT_KNOWING.format(issue.number))
        return knowing

    def save(self) -> Sorted:
        issue = self.cleaned_data["issue"]
        return sort_each(self.observations, lambda each: each.attach(issue, by=Actor.of(self.by)))


class KeysForm(RegisterForm):
    """Turns the keys of the queue on or off, for herself."""

    on = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        self.by.change(by=Actor.of(self.by), single_keys=self.cleaned_data["on"])
        return reverse("issues:triage")

    def receipt(self, saved: str) -> str:
        return "Tangenterna är på." if self.by.single_keys else "Tangenterna är av."


class VersionsField(forms.CharField):
    """Several observations, each with its version: `12@2026-11-27T10:00:00+00:00 13@…`."""

    @staticmethod
    def written(observations: Sequence[Observation]) -> str:
        return " ".join(f"{each.pk}@{each.version}" for each in observations)

    def to_python(self, value: Any) -> Any:
        pairs = [pair.split("@", 1) for pair in str(super().to_python(value)).split() if "@" in pair]
        return {int(pk): version for pk, version in pairs if pk.isdecimal() and len(pk) < 12}


class PutBackForm(TriageForm):
    """Puts the observation back to be sorted anew, with one tap."""

    version = VersionField()

    def save(self) -> Sorted:
        [observation] = self.observations
        observation.put_back(by=Actor.of(self.by), version=self.cleaned_data["version"])
        return Sorted([observation])


class PutBackSeveralForm(RegisterForm):
    """Puts back what one act sorted, with one tap; the issue that it opened is struck, unless something keeps it."""

    versions = VersionsField(widget=forms.HiddenInput)
    opened = forms.ModelChoiceField(
        Issue.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": f"Ärendet är inte längre öppet. {NOTHING_CHANGED}"},
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.offer("opened", Issue.objects.visible_to(by).open())

    def clean_versions(self) -> dict[int, str]:
        versions: dict[int, str] = self.cleaned_data["versions"]
        known = (
            Observation.with_withdrawn.visible_to(self.by).filter(pk__in=list(versions)).values_list("pk", flat=True)
        )
        return {pk: versions[pk] for pk in known}

    def save(self) -> Sorted:
        cleaned = self.cleaned_data
        return put_back_each(cleaned["versions"], opened=cleaned.get("opened"), by=Actor.of(self.by))

    def receipt(self, saved: Sorted) -> str:
        told = triaged_words(saved.done, saved.left)
        return format_html("{} {}", told, opened_words(saved.opened, saved.kept)) if saved.opened else told
