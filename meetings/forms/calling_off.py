"""The forms that call off a meeting, and take that back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from base.records.freetext import FreeLineFormField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from meetings.calling_off import call_off, reinstate, send_calling_off_now
from meetings.forms.after import AfterStepForm
from meetings.models import Meeting
from meetings.texts.calling_off import topics_moved
from members.actor import Actor
from members.models import Member
from members.models.quiet_hours import at_night


def undo_of_calling_off(meeting: Meeting) -> Undo:
    return Undo(reverse("meetings:reinstate", args=[meeting.pk]), {"entry": meeting.entry})


class MeetingCallOffForm(RegisterForm):
    """Calls off a planned meeting, with a reason that those who have been called are told."""

    submit_label = "Ställ in mötet"
    error_title = "Mötet är inte inställt"

    reason = FreeLineFormField(
        label="Varför",
        max_length=300,
        required=False,
        help_text="Står på mötets sida och i mejlet till dem som är kallade.",
    )

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)

    def save(self) -> Meeting:
        """Raises Conflict when it has begun, or somebody has called it off."""
        call_off(self.meeting, by=Actor.of(self.by), reason=self.cleaned_data["reason"])
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        until = f"Fram till {timezone.localtime(saved.undo_until):%H.%M} kan det ångras."
        return " ".join(filter(None, ("Mötet är inställt.", topics_moved(saved), until)))

    def undo(self, saved: Meeting) -> Undo:
        return undo_of_calling_off(saved)


class MeetingReinstateForm(AfterStepForm):
    """Takes back that a meeting was called off."""

    def save(self) -> Meeting:
        """Raises Conflict when it is not called off, NotAllowed when it is too late."""
        reinstate(self.meeting, by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        return "Mötet är planerat igen. Inget mejl har gått ut om att det var inställt."


class SendCallingOffNowForm(AfterStepForm):
    """Tells those who have been called without waiting, after which it cannot be taken back."""

    def save(self) -> Meeting:
        """Raises Conflict when nothing waits any longer."""
        send_calling_off_now(self.meeting, by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        goes = "Mejlen om att mötet är inställt skickas inom någon minut, och det kan inte längre ångras."
        return f"{goes} {at_night()}".rstrip()
