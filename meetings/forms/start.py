"""The form that starts a meeting, with a question when it is not its day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from meetings.models import AgendaItem, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member

TODAY, PLANNED = "today", "planned"


class MeetingStartForm(RegisterForm):
    """Starts a meeting. `held` says whether it begins now, or was held on its day and is written down afterwards."""

    held = forms.ChoiceField(choices=[(TODAY, TODAY), (PLANNED, PLANNED)], required=False)

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)

    @property
    def asks(self) -> bool:
        """Whether the member must choose the day, also when her page was loaded on another day than today."""
        other_day = self.meeting.is_planned and self.meeting.planned_day != timezone.localdate()
        return other_day and self.is_valid() and not self._answered

    @property
    def _answered(self) -> bool:
        """Whether the choice is made and possible: a meeting of a coming day cannot have been held."""
        held = self.cleaned_data["held"]
        return held == TODAY or (held == PLANNED and self.meeting.planned_day < timezone.localdate())

    @property
    def _is_over(self) -> bool:
        """Whether the meeting was held on its planned day and is written down afterwards."""
        return bool(self.cleaned_data["held"] == PLANNED and self.meeting.starts_at <= timezone.now())

    def save(self) -> AgendaItem | Meeting:
        """Start the meeting. Raises Conflict when it has begun."""
        start_meeting(self.meeting, by=Actor.of(self.by), began_at=self.meeting.starts_at if self._is_over else None)
        return AgendaItem.objects.visible_to(self.by).at(self.meeting).current() or self.meeting

    def receipt(self, saved: AgendaItem | Meeting) -> str:
        if self._is_over:
            return "Skriv nu det som sades. Dagordningen ligger fast."
        return "Mötet har börjat, och dagordningen ligger fast."

    def undo(self, saved: AgendaItem | Meeting) -> Undo:
        return Undo(reverse("meetings:unstart", args=[self.meeting.pk]))
