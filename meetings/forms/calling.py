"""The forms that call a meeting by hand, and take that back while its mails wait."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from meetings.calling import call_meeting, calls_at, take_back_call
from meetings.models import Meeting
from meetings.models.after_closing import TIME_TO_UNDO
from meetings.texts.calling import by_itself
from members.actor import Actor
from members.models import Member, NoticeCause
from members.models.quiet_hours import at_night


def undo_of_call(meeting: Meeting, call: int) -> Undo:
    return Undo(reverse("meetings:uncall", args=[meeting.pk]), {"call": str(call)})


class MeetingCallForm(RegisterForm):
    """One button, which calls those who are expected when the time to undo it is out."""

    submit_label = "Skicka kallelsen"
    error_title = "Kallelsen är inte skickad"

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)

    def save(self) -> NoticeCause:
        """Raises Conflict when it has been called, or it is too late."""
        return call_meeting(self.meeting, by=Actor.of(self.by), wait=TIME_TO_UNDO)

    def receipt(self, saved: NoticeCause) -> str:
        goes = f"{timezone.localtime(saved.due_at):%H.%M}"
        return f"Kallelsen skickas klockan {goes}. Fram till dess kan du ångra det. {at_night(saved.due_at)}".rstrip()

    def undo(self, saved: NoticeCause) -> Undo:
        return undo_of_call(self.meeting, saved.pk)


class MeetingUncallForm(RegisterForm):
    """Takes the call back that the button stands beside."""

    call = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)

    def save(self) -> Meeting:
        """Raises Conflict when it is on its way."""
        take_back_call(self.meeting, self.cleaned_data["call"], by=Actor.of(self.by))
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        now = timezone.now()
        if saved.starts_at <= now:
            return "Kallelsen skickas inte. Inget mejl har gått ut."
        return f"Inget mejl har gått ut. {by_itself(calls_at(saved, self.by.group), now=now)}"
