"""Planning a meeting: the topics in words that it takes over from earlier meetings.

An issue is raised again by the rules; a topic in words has nobody but the meeting that left it. Each row says which
one it continues, so that nothing is taken over twice, whether the next meeting was planned before or after.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from issues.models.event_sentences import meeting_in_passing
from meetings.calling import tell_of_change
from meetings.models import AgendaItem, Meeting
from members.actor import Actor


@transaction.atomic
def plan_meeting(*, starts_at: datetime, by: Actor, at: datetime | None = None, **facts: Any) -> Meeting:
    """Plan a meeting and return it; the topics that earlier ones left go to the nearest that is planned."""
    meeting = Meeting.plan(starts_at=starts_at, by=by, at=at, **facts)
    take_over(meeting, by=by, at=at)
    gather_topics(by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: Actor, version: str = "", at: datetime | None = None, **facts: Any) -> int:
    """Change a planned meeting as `Meeting.change` does; the topics that wait go to the one that is nearest then.

    Those who have been called to it are told of a new time or place.
    """
    before = meeting.sequence
    dropped = meeting.change(by=by, version=version, at=at, **facts)
    if meeting.sequence != before:
        tell_of_change(meeting, at=at)
    gather_topics(by=by, at=at)
    return dropped


def take_over(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """Copy to the agenda the topics in words that closed meetings left and no other has taken over."""
    left = AgendaItem.objects.left_behind().exclude(meeting=meeting).select_related("meeting")
    rows = [
        AgendaItem(
            meeting=meeting,
            heading_id=item.heading_id,
            kind=item.kind,
            title=item.title,
            presenter_id=item.presenter_id,
            minutes=item.minutes,
            reason=f"{item.how_it_was_left} på {in_passing(item.meeting, today=meeting.day)}.",
            continues=item,
            created_at=at or timezone.now(),
            updated_by=by.member,
        )
        for item in left
    ]
    AgendaItem.objects.bulk_create(rows, ignore_conflicts=True)  # somebody else may plan a meeting at the same moment


@transaction.atomic
def gather_topics(*, by: Actor, at: datetime | None = None) -> None:
    """Move the topics that wait on planned meetings to the nearest of them.

    That is one after the meeting that left the topic, and not one whose day has been if there is another.
    """
    waiting = list(AgendaItem.objects.carried())
    planned = list(Meeting.objects.planned()) if waiting else []
    today = timezone.localdate(at)
    for item in waiting:
        later = [meeting for meeting in planned if meeting.held_at > _left_at(item)]
        coming = [meeting for meeting in later if meeting.planned_day >= today]
        if nearest := next(iter(coming or later), None):
            _move(item, nearest, by=by)


@transaction.atomic
def gather_topics_into(meeting: Meeting, *, held_at: datetime, by: Actor) -> None:
    """Move the topics that wait to the meeting that begins or was held then: it is the next after those that left."""
    for item in AgendaItem.objects.carried():
        if held_at > _left_at(item):
            _move(item, meeting, by=by)


def _left_at(item: AgendaItem) -> datetime:
    return item.continues.meeting.held_at  # type: ignore[union-attr]  # each that is carried() continues another


def _move(item: AgendaItem, meeting: Meeting, *, by: Actor) -> None:
    if meeting != item.meeting:
        item.save(update_fields=item.set({"meeting": meeting, "position": AgendaItem.LAST}, by=by))


def in_passing(meeting: Meeting, *, today: date) -> str:
    """The meeting inside a sentence: mötet 25 november · extramötet 3 december."""
    return meeting_in_passing(meeting.day, is_extra=meeting.is_extra, today=today)


def meeting_facts(meeting: Meeting) -> dict[str, Any]:
    """The facts of a meeting as an event stores them, for `issues`, which does not know the model, to put in words."""
    return {"meeting": meeting.pk, "day": meeting.day.isoformat(), "extra": meeting.is_extra}
