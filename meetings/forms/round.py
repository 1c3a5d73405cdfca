"""The form by which whoever writes in the room notes that an organisation has nothing to report."""

from __future__ import annotations

from typing import Any

from issues.forms.nil_report import NilReportForm
from issues.models import NilReport
from meetings.models import AgendaItem, Meeting
from meetings.models.agenda import ONLY_THEN


class RoundForm(NilReportForm):
    """Says it for an organisation in the round, while the meeting is under way."""

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def save(self) -> NilReport:
        """Raises Conflict and NotAllowed when the meeting is not under way, too."""
        self.item.meeting.lock_if(Meeting.State.UNDER_WAY, therefore=ONLY_THEN)
        self.item.lock_in_meeting()
        return super().save()
