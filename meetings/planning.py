"""Planning a meeting, which takes over the topics in words that earlier meetings did not reach.

An issue is raised again by the rules; a topic in words has nobody but the meeting that left it. Each row says which
one it continues, so that nothing is taken over twice, whether the next meeting was planned before or after.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from issues.models.event import meeting_in_passing
from meetings.models import AgendaItem, Meeting
from members.actor import Actor


@transaction.atomic
def plan_meeting(*, starts_at: datetime, by: Actor, at: datetime | None = None, **facts: Any) -> Meeting:
    """Plan a meeting and return it, with the topics that earlier ones left on its agenda."""
    meeting = Meeting.plan(starts_at=starts_at, by=by, at=at, **facts)
    take_over(meeting, at=at)
    return meeting


def take_over(meeting: Meeting, *, at: datetime | None = None) -> None:
    """Copy to the agenda the topics in words that closed meetings left and no other has taken over."""
    left = AgendaItem.objects.left_behind().exclude(meeting=meeting).select_related("meeting")
    rows = [
        AgendaItem(
            meeting=meeting,
            heading_id=item.heading_id,
            kind=item.kind,
            title=item.title,
            presenter=item.presenter,
            minutes=item.minutes,
            reason=f"Togs inte upp på {in_passing(item.meeting)}.",
            continues=item,
            created_at=at or timezone.now(),
        )
        for item in left
    ]
    AgendaItem.objects.bulk_create(rows, ignore_conflicts=True)  # somebody else may plan a meeting at the same moment


def in_passing(meeting: Meeting) -> str:
    """The meeting inside a sentence: mötet 25 november · extra mötet 3 december."""
    return meeting_in_passing(meeting.day, is_extra=meeting.is_extra)


def meeting_facts(meeting: Meeting) -> dict[str, Any]:
    """The facts of a meeting as an event stores them, for `issues`, which does not know the model, to put in words."""
    return {"meeting": meeting.pk, "day": meeting.day.isoformat(), "extra": meeting.is_extra}
