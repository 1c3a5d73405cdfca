"""The forms of approval: who approves, her mark, what she wants put right, and what was signed on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.ui.fields import DateField, VersionField, field_of
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceChecks
from meetings.approvers import approvers_of, choose_approvers, offered, version_of
from meetings.approving import approve, take_back, wish
from meetings.candidates import key_of
from meetings.models import Approval, Approver, Meeting, Minutes
from meetings.texts.approving import chosen_receipt, receipt
from members.actor import Actor
from members.models import Member


def undo_of_mark(approver: Approver, version: int) -> Undo:
    """The way back of a mark, beside what says that it is set."""
    return Undo(reverse("meetings:minutes_unapprove", args=[approver.meeting_id, version, approver.pk]))


class ApproversForm(RegisterForm):
    """Says who approves the minutes of the meeting, and nobody else."""

    submit_label = "Spara"
    error_title = "Inget är sparat"

    people = forms.MultipleChoiceField(label="Justerare", required=False, widget=ChoiceChecks)
    version = VersionField()

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by, chosen = meeting, by, approvers_of(meeting)
        standing = {key_of(one.member_id, one.name, one.title, one.home): one.person for one in chosen}
        initial = {"people": [*standing], "version": version_of(chosen)}
        super().__init__(*args, **{"initial": initial, **kwargs})
        there = offered(meeting)
        self.offer_choices("people", [*(standing | there).items()])
        self.has_nobody = not there

    def clean(self) -> dict[str, Any]:
        """Whom an old page names goes to the verb all the same, which says why she can not approve."""
        facts = super().clean()
        errors = self.errors.get("people")
        if errors is not None and self.has_error("people", "invalid_choice"):
            del self.errors["people"]
            facts["people"] = self.fields["people"].widget.value_from_datadict(self.data, self.files, "people")
        return facts

    def save(self) -> str:
        """Raises Conflict, EditConflict, NotAllowed, ValidationError."""
        facts = self.cleaned_data
        chosen = choose_approvers(self.meeting, facts["people"], version=facts["version"], by=Actor.of(self.by))
        self.names = [one.person for one in chosen]
        back = "meetings:minutes_detail" if self.meeting.is_closed else "meetings:approvers"
        return reverse(back, args=[self.meeting.pk])

    def receipt(self, saved: str) -> str:
        return chosen_receipt(self.names)


class ApprovalForm(RegisterForm):
    """The base of what is said of a version."""

    def __init__(self, *args: Any, minutes: Minutes, approver: Approver, by: Member, **kwargs: Any) -> None:
        self.minutes, self.approver, self.by = minutes, approver, by
        super().__init__(*args, **kwargs)

    def receipt(self, saved: Approval) -> str:
        return receipt(saved)


class ApproveForm(ApprovalForm):
    """Sets her mark on the version."""

    def save(self) -> Approval:
        """Raises Conflict, NotAllowed."""
        return approve(self.minutes, self.approver, by=Actor.of(self.by))

    def undo(self, saved: Approval) -> Undo:
        return undo_of_mark(self.approver, self.minutes.version)


class TakeBackApprovalForm(ApprovalForm):
    """Takes it back."""

    def save(self) -> Approval:
        """Raises Conflict, NotAllowed."""
        return take_back(self.minutes, self.approver, by=Actor.of(self.by))


class WishForm(ApprovalForm):
    """Says what she wants put right."""

    submit_label = "Skicka"
    error_title = "Det är inte skickat"
    missing = {"text": "Skriv vad du vill ha rättat."}

    text = field_of(Approval, "text", label="Vad vill du ha rättat?", required=True, widget=forms.Textarea({"rows": 6}))

    def save(self) -> Approval:
        """Raises Conflict, NotAllowed."""
        return wish(self.minutes, self.approver, text=self.cleaned_data["text"], by=Actor.of(self.by))


class OnPaperApprovalForm(ApprovalForm):
    """Notes that somebody has approved the version on paper."""

    submit_label = "Notera justeringen"
    error_title = "Justeringen är inte noterad"
    missing = {"signed_on": "Välj dagen då det justerades."}

    signed_on = DateField(label="Vilken dag justerades det?")

    def save(self) -> Approval:
        """Raises Conflict, NotAllowed, ValidationError."""
        facts = {"signed_on": self.cleaned_data["signed_on"]}
        return approve(self.minutes, self.approver, by=Actor.of(self.by), **facts)

    def undo(self, saved: Approval) -> Undo:
        return undo_of_mark(self.approver, self.minutes.version)
