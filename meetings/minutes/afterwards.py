"""Whether a meeting is written down long after it was held, or was held on paper: nobody is mailed its minutes."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meetings.models import Meeting

LONG = timedelta(days=60)


def is_written_afterwards(meeting: Meeting) -> bool:
    """Whether it was held on paper, or closed so long after it was held, or would be now."""
    return meeting.is_on_paper or (meeting.closed_at or timezone.now()) - meeting.held_at >= LONG
