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
from meetings.calling import ask_anew, tell_of_change
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
    before, began = meeting.sequence, meeting.starts_at
    dropped = meeting.change(by=by, version=version, at=at, **facts)
    if meeting.starts_at < began:
        ask_anew(meeting, at=at)
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
            came_at=at or timezone.now(),
            updated_by=by.member,
        )
        for item in left
    ]
    AgendaItem.objects.bulk_create(rows, ignore_conflicts=True)  # somebody else may plan a meeting at the same moment


@transaction.atomic
def gather_topics(*, by: Actor, at: datetime | None = None) -> None:
    """Move the topics that wait on planned meetings, or on one called off, to the nearest that is planned.

    That is one after the meeting that left the topic, and not one whose day has been if there is another.
    """
    found = list(AgendaItem.objects.waiting())
    for called_off in {item.meeting for item in found if item.meeting.is_cancelled}:
        gather_topics_of(called_off, by=by, at=at)
    waiting = [item for item in found if item.meeting.is_planned]
    planned = list(Meeting.objects.planned()) if waiting else []
    today = timezone.localdate(at)
    for item in waiting:
        later = [meeting for meeting in planned if meeting.held_at > _left_at(item)]
        coming = [meeting for meeting in later if meeting.planned_day >= today]
        if nearest := next(iter(coming or later), None):
            _move(item, nearest, by=by, at=at)


@transaction.atomic
def gather_topics_into(meeting: Meeting, *, held_at: datetime, by: Actor, at: datetime) -> None:
    """Move the topics that wait to the meeting that begins or was held then: it is the next after those that left."""
    for item in AgendaItem.objects.carried():
        if held_at > _left_at(item):
            _move(item, meeting, by=by, at=at)


@transaction.atomic
def gather_topics_of(called_off: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """Move on what stood on the agenda of a meeting that is called off; where no other is planned it waits."""
    target = goes_to(called_off, today=timezone.localdate(at))
    if target is None:
        return
    AgendaItem.objects.at(called_off).to_move_on().not_at(target).move(
        target, moved_from=called_off, by=by, at=at or timezone.now()
    )
    called_off.save(update_fields=called_off.set({"topics_moved_to": target}, by=by))


def goes_to(called_off: Meeting, *, today: date | None = None) -> Meeting | None:
    """The planned meeting to which its topics go: the first after it, else the first that comes."""
    today = today or timezone.localdate()
    planned = [each for each in Meeting.objects.planned() if each != called_off and each.planned_day >= today]
    later = [each for each in planned if each.starts_at > called_off.starts_at]
    return next(iter(later or planned), None)


def _left_at(item: AgendaItem) -> datetime:
    return item.continues.meeting.held_at  # type: ignore[union-attr]  # each that is carried() continues another


def _move(item: AgendaItem, meeting: Meeting, *, by: Actor, at: datetime | None) -> None:
    if meeting != item.meeting:
        facts = {"meeting": meeting, "position": AgendaItem.LAST, "came_at": at or timezone.now()}
        item.save(update_fields=item.set(facts, by=by))


def in_passing(meeting: Meeting, *, today: date) -> str:
    """The meeting inside a sentence: mötet 25 november · extramötet 3 december."""
    return meeting_in_passing(meeting.day, is_extra=meeting.is_extra, today=today)


def meeting_facts(meeting: Meeting) -> dict[str, Any]:
    """The facts of a meeting as an event stores them, for `issues`, which does not know the model, to put in words."""
    return {"meeting": meeting.pk, "day": meeting.day.isoformat(), "extra": meeting.is_extra}
