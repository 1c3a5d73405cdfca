"""An extra meeting: planned with a short agenda or a whole one; on short notice given its points and called at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from base.records import Conflict
from issues.models import Issue
from meetings.agenda.ordering import add_item
from meetings.calling import call_meeting
from meetings.models import Meeting
from meetings.models.extra_agenda import ExtraAgenda
from meetings.planning import plan_meeting
from meetings.short_agenda import SUBJECT_KEY, leave_short, make_whole
from members.actor import Actor

AT_THAT_TIME = "Ett möte som börjar då är redan planerat. Inget mer är planerat, och ingen är kallad till det."


@transaction.atomic
def plan_extra_meeting(
    *, starts_at: datetime, agenda: str = ExtraAgenda.SHORT, by: Actor, at: datetime | None = None, **facts: Any
) -> Meeting:
    """Plan an extra meeting and return it: with a short agenda, or with one made whole."""
    at = at or timezone.now()
    meeting = plan_meeting(starts_at=starts_at, is_extra=True, is_short=True, by=by, at=at, **facts)
    leave_short(meeting, at=at)
    if agenda == ExtraAgenda.WHOLE:
        make_whole(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def call_extra_meeting(
    *, starts_at: datetime, points: Sequence[str | Issue], by: Actor, at: datetime | None = None, **facts: Any
) -> Meeting:
    """Plan an extra meeting about these points, call those who are expected, and return it; all of it or nothing.

    Raises Conflict when it is too late, and where a meeting that begins then stands in the calendar: two of the group
    have called in haste to the same.
    """
    meeting = plan_extra_meeting(starts_at=starts_at, by=by, at=at, **facts)
    others = Meeting.objects.coming().exclude(pk=meeting.pk)  # planned before: its number was waited for
    if others.filter(starts_at=starts_at).exists():
        raise Conflict(AT_THAT_TIME)
    for point in dict.fromkeys(points):
        about: dict[str, Any] = {"title": point} if isinstance(point, str) else {"issue": point}
        add_item(meeting, heading=SUBJECT_KEY, by=by, at=at, **about)
    call_meeting(meeting, by=by, at=at)
    return meeting
