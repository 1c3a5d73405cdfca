"""Planning a meeting: the topics in words that it takes over from earlier meetings, and what these deferred.

An issue is raised again by the rules; a topic in words has nobody but the meeting that left it, and what was deferred
comes back whatever the rules say. Each row says which
one it continues, so that nothing is taken over twice, whether the next meeting was planned before or after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from issues.models.event_sentences import meeting_in_passing
from meetings.calling import ask_anew, tell_of_change
from meetings.candidates import strike_secretary
from meetings.models import AgendaItem, Approver, Meeting, Presenter
from meetings.models.spot import FIRST, Spot
from meetings.officers import Relieving, relieve
from meetings.own_headings import fit_items, use_template
from meetings.recurring import one_at_a_time, take_recurring, take_recurring_anew
from meetings.series import occasion_on
from members.actor import Actor

SHORT_STAYS = "Mötet har en kort dagordning. Ta med hela dagordningen, så kan mallen bytas. Inget är sparat."
TEMPLATE_STAYS = "Mötet har börjat, så dagordningsmallen kan inte bytas. Inget är sparat."


@transaction.atomic
def plan_meeting(*, starts_at: datetime, by: Actor, at: datetime | None = None, **facts: Any) -> Meeting:
    """Plan a meeting and return it; the topics that earlier ones left go to the nearest that is planned.

    One of the usual ones, on a day of the series that the group meets in, is a meeting of it.
    """
    if not facts.get("is_extra") and "series" not in facts:
        facts |= occasion_on(timezone.localdate(starts_at))
    meeting = Meeting.plan(starts_at=starts_at, by=by, at=at, **facts)
    take_over(meeting, by=by, at=at)
    take_recurring(meeting, by=by, at=at)
    gather_topics(by=by, at=at)
    return meeting


@dataclass(frozen=True)
class MeetingChanged:
    """What a change did besides: how many answers to the call it deleted, who is chair or secretary by it, and who
    approves the minutes no longer, for she writes them."""

    dropped: int
    relieving: Relieving
    struck: Approver | None = None


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    version: str = "",
    since: Spot = FIRST,
    at: datetime | None = None,
    **facts: Any,
) -> MeetingChanged:
    """Change a planned meeting as `Meeting.change` does; the topics that wait go to the one that is nearest then.

    Those who have been called to it are told of a new time or place. With another template it has the headings of that.
    A new chair or secretary is so `since` that spot of a meeting under way, and before it of the whole.
    """
    meeting.lock()  # before it is read what is changed: another may be doing so
    before, began, template = meeting.sequence, meeting.starts_at, meeting.template_id
    was_extra, was_in_office = meeting.is_extra, meeting.in_office
    dropped = meeting.change(by=by, version=version, at=at, **facts)
    relieving = relieve(meeting, was_in_office, since=since if meeting.is_under_way else FIRST, by=by, at=at)
    if meeting.template_id != template:
        if not meeting.is_planned:
            raise NotAllowed(TEMPLATE_STAYS)
        if meeting.is_short:
            raise NotAllowed(SHORT_STAYS)
        use_template(meeting)
    if meeting.starts_at < began:
        ask_anew(meeting, at=at)
    if (meeting.starts_at, meeting.is_extra) != (began, was_extra):
        take_recurring_anew(by=by, at=at)
    if meeting.sequence != before:
        tell_of_change(meeting, at=at)
    gather_topics(by=by, at=at)
    is_another = meeting.is_under_way and meeting.secretary_id != was_in_office["secretary"]
    return MeetingChanged(dropped, relieving, strike_secretary(meeting, by=by) if is_another else None)


def take_over(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """Copy to the agenda the topics in words that closed meetings left, and what they deferred, unless another has.

    An issue that stands there already, or was taken off it, is the same item: it says so and stands there. What was
    taken off comes onto it now, which an undone closing tells it by. For a short one the usual one after it does.
    A recurring topic that was deferred stands there as it recurs, and says so; never at an extra meeting.
    """
    if meeting.is_short:
        for usual in Meeting.objects.planned().with_whole_agenda().filter(starts_at__gt=meeting.starts_at)[:1]:
            take_over(usual, by=by, at=at)
        return
    left = list(AgendaItem.objects.left_behind().exclude(meeting=meeting).select_related("meeting"))
    left = _less_recurring(left, meeting, by=by)
    known = AgendaItem.objects.at(meeting).exclude(issue=None).order_by("-removed", "-again", "-pk")
    there = {item.subject: item for item in known} if left else {}  # of two the one that stands, and by itself
    for item in (item for item in left if item.subject in there):
        standing = there[item.subject]
        if standing.continues_id is None:
            back = {"removed": False, "came_at": at or timezone.now()} if standing.removed else {}
            standing.save(update_fields=standing.set({"continues": item} | back, by=by))
    rows = [
        AgendaItem(
            meeting=meeting,
            heading_id=item.heading_id,
            kind=item.kind,
            issue_id=item.issue_id,
            action_id=item.action_id,
            title=item.title,
            minutes=item.minutes,
            raised_by=item.raised_by,
            purpose=item.purpose,
            registry_no=item.registry_no,
            reason=_why_left(item, meeting),
            recurs_as=item.recurs_as if item.recurs and item.issue_id is None else None,
            continues=item,
            created_at=at or timezone.now(),
            came_at=at or timezone.now(),
            updated_by=by.member,
        )
        for item in left
        if item.subject not in there
    ]
    if rows:
        AgendaItem.objects.bulk_create(rows, ignore_conflicts=True)  # somebody else may plan one at the same moment
        Presenter.objects.copy_to_what_continues(meeting, by=by, at=at or timezone.now())
        fit_items(meeting)


@transaction.atomic
def gather_topics(*, by: Actor, at: datetime | None = None) -> None:
    """Move the topics that wait on planned meetings, or on one called off, to the nearest that is planned.

    That is one after the meeting that left the topic, and not one whose day has been if there is another.
    """
    found = list(AgendaItem.objects.waiting())
    for called_off in {item.meeting for item in found if item.meeting.is_cancelled}:
        gather_topics_of(called_off, by=by, at=at)
    waiting = [item for item in found if item.meeting.is_planned]
    planned = list(Meeting.objects.planned().with_whole_agenda()) if waiting else []
    today = timezone.localdate(at)
    for item in waiting:
        later = [meeting for meeting in planned if meeting.held_at > _left_at(item)]
        coming = [meeting for meeting in later if meeting.planned_day >= today]
        if nearest := next(iter(coming or later), None):
            _move(item, nearest, by=by, at=at)


@transaction.atomic
def gather_topics_into(meeting: Meeting, *, held_at: datetime, by: Actor, at: datetime) -> None:
    """Move the topics that wait to the meeting that begins or was held then: it is the next after those that left."""
    for item in () if meeting.stands_alone else AgendaItem.objects.carried():
        if held_at > _left_at(item):
            _move(item, meeting, by=by, at=at)


@transaction.atomic
def gather_topics_of(called_off: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """Move on what stood on the agenda of a meeting that is called off; where no other is planned it waits."""
    target = goes_to(called_off, today=timezone.localdate(at))
    if target is None:
        return
    one_at_a_time()
    AgendaItem.objects.at(called_off).to_move_on().not_at(target).move(
        target, moved_from=called_off, by=by, at=at or timezone.now()
    )
    fit_items(target)
    called_off.save(update_fields=called_off.set({"topics_moved_to": target}, by=by))


def goes_to(called_off: Meeting, *, today: date | None = None) -> Meeting | None:
    """The planned meeting to which its topics go: the first after it, else the first that comes."""
    today = today or timezone.localdate()
    usual = Meeting.objects.planned().with_whole_agenda()
    planned = [each for each in usual if each != called_off and each.planned_day >= today]
    later = [each for each in planned if each.starts_at > called_off.starts_at]
    return next(iter(later or planned), None)


def _left_at(item: AgendaItem) -> datetime:
    return item.continues.meeting.held_at  # type: ignore[union-attr]  # each that is carried() continues another


def _move(item: AgendaItem, meeting: Meeting, *, by: Actor, at: datetime | None) -> None:
    if meeting != item.meeting and AgendaItem.objects.filter(pk=item.pk).not_at(meeting).exists():
        facts = {"meeting": meeting, "position": AgendaItem.LAST, "came_at": at or timezone.now()}
        item.save(update_fields=item.set(facts, by=by))
        fit_items(meeting)


def in_passing(meeting: Meeting, *, today: date) -> str:
    """The meeting inside a sentence: mötet 25 november · extramötet 3 december."""
    return meeting_in_passing(meeting.day, is_extra=meeting.is_extra, today=today)


def meeting_facts(meeting: Meeting) -> dict[str, Any]:
    """The facts of a meeting as an event stores them, for `issues`, which does not know the model, to put in words."""
    return {"meeting": meeting.pk, "day": meeting.day.isoformat(), "extra": meeting.is_extra}


def _why_left(item: AgendaItem, meeting: Meeting) -> str:
    return f"{item.how_it_was_left} på {in_passing(item.meeting, today=meeting.day)}."


def _less_recurring(left: list[AgendaItem], meeting: Meeting, *, by: Actor) -> list[AgendaItem]:
    """Let the recurring topics that stand there say that they were deferred, and return what is to be added."""
    recurring = {item.recurs_as: item for item in left if item.recurs and item.issue_id is None}
    rest = [item for item in left if item not in recurring.values()]
    if meeting.is_extra or not recurring:
        return rest
    for standing in AgendaItem.objects.at(meeting).filter(recurs_as__in=recurring):
        item = recurring.pop(standing.recurs_as)
        if not standing.removed and standing.continues_id is None:
            standing.save(update_fields=standing.set({"continues": item, "reason": _why_left(item, meeting)}, by=by))
    return [*rest, *recurring.values()]
