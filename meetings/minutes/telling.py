"""Which minutes tell an answer for good: it cannot be withdrawn once they are frozen."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from base.records import not_restricted
from issues.models import Answer
from meetings.models import AgendaItem, Meeting
from meetings.planning import in_passing


def minutes_that_tell(answer: Answer) -> str:
    """The minutes of a closed meeting that had the action before it when the answer was given; empty where none has.

    Those of a meeting whose closing was undone hold no longer, and of a restricted issue they tell nothing.
    """
    items = AgendaItem.objects.filter(not_restricted("issue"), meeting=OuterRef("pk"), removed=False)
    about_it = items.filter(action__assignments=answer.assignment_id)
    since = Meeting.objects.filter(state=Meeting.State.CLOSED, closed_at__gte=answer.given_at)
    meeting = since.filter(Exists(about_it)).order_by("closed_at").first()
    return f"minnesanteckningarna från {in_passing(meeting, today=timezone.localdate())}" if meeting else ""
