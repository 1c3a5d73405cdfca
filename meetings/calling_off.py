"""Calling off a planned meeting: what stood on its agenda moves on, and those who have been called are told.

It keeps its number, and is never held. Within ten minutes that can be taken back. Nobody is told sooner,
unless somebody sends it: then it stands.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.records import Conflict, NotAllowed
from meetings.calling import causes_of_calling_off, tell_called_off, tell_of_change_anew
from meetings.models import AgendaItem, Meeting
from meetings.own_headings import fit_items
from meetings.planning import gather_topics, gather_topics_of, goes_to, take_over
from meetings.recurring import take_recurring_anew
from members.actor import Actor
from members.models import Member

NOT_PLANNED = "Det kan inte ställas in."
NOT_CALLED_OFF = "Det finns inget att ångra."
CALLED_OFF_ANEW = "Det är redan ångrat, och mötet är inställt igen"
TOO_LATE = "Att mötet är inställt kunde ångras fram till {:%H.%M}. Planera ett nytt möte i stället."
REMOVED = "Mötet är borttaget ur registret. Skriv in det på nytt om det var fel."
SENT = "Att mötet är inställt började mejlas {:%H.%M} och kan inte ångras. Planera ett nytt möte i stället."
NOTHING_WAITS = "Det finns inget som väntar på att skickas."


@transaction.atomic
def call_off(meeting: Meeting, *, by: Actor, reason: str = "", at: datetime | None = None) -> None:
    """Call off a planned meeting, and move on what stands on its agenda. Raises Conflict when it has begun or is off.

    What is carried from earlier meetings, and what was put there, goes to the nearest that is planned; where none is,
    it waits for the next.
    """
    meeting.lock_if(Meeting.State.PLANNED, therefore=NOT_PLANNED)
    at = at or timezone.now()
    facts = {"why_cancelled": reason, "sequence": meeting.sequence + 1}
    meeting.set_state(Meeting.State.CANCELLED, by=by, at=at, **facts)
    gather_topics_of(meeting, by=by, at=at)
    tell_called_off(meeting, at=at)


@transaction.atomic
def reinstate(meeting: Meeting, *, by: Actor, entry: str = "", at: datetime | None = None) -> None:
    """Plan a meeting again that was called off by mistake; its topics come back from meetings that have not begun.

    `entry` names the calling off that is meant. Raises Conflict when it is not called off, or was so anew, NotAllowed
    when the time is out, or it has been sent.
    """
    meeting.lock_if(Meeting.State.CANCELLED, therefore=NOT_CALLED_OFF)
    meeting.check_entry(entry, CALLED_OFF_ANEW)
    at = at or timezone.now()
    if meeting.is_on_paper:
        raise NotAllowed(REMOVED)
    if meeting.sent_at:
        raise NotAllowed(SENT.format(timezone.localtime(meeting.sent_at)))
    if not meeting.can_be_undone_at(at):
        raise NotAllowed(TOO_LATE.format(timezone.localtime(meeting.undo_until)))
    since, before = meeting.state_since, meeting.sequence - 1
    facts = {"why_cancelled": "", "topics_moved_to": None, "sequence": meeting.sequence + 1}
    meeting.set_state(Meeting.State.PLANNED, by=by, at=at, **facts)
    _take_back(meeting, by=by, at=at)
    meeting.expect_organisations(at=at)
    take_over(meeting, by=by, at=at)
    take_recurring_anew(by=by, at=at)
    gather_topics(by=by, at=at)
    tell_of_change_anew(meeting, at=at, sequence=before, since=since or at)


@transaction.atomic
def send_calling_off_now(meeting: Meeting, *, by: Actor, entry: str = "", at: datetime | None = None) -> None:
    """Let those who have been called be told now that it is off. It can no longer be taken back.

    `entry` names the calling off that is meant. Raises Conflict when it is not called off, or was so anew, the time to
    take it back is out already, or nobody had been called.
    """
    meeting.lock_if(Meeting.State.CANCELLED, therefore=NOTHING_WAITS)
    meeting.check_entry(entry, CALLED_OFF_ANEW)
    at = at or timezone.now()  # after those who were waited for
    if not meeting.can_be_undone_at(at):
        raise Conflict(f"Tiden att ångra är redan ute. {NOTHING_WAITS}")
    if not causes_of_calling_off(meeting).update(due_at=at):
        raise Conflict(f"Ingen har fått någon kallelse. {NOTHING_WAITS}")
    meeting.save(update_fields=meeting.set({"sent_at": at}, by=by))


def moves_on(meeting: Meeting, member: Member) -> tuple[Meeting | None, list[AgendaItem]]:
    """To which meeting its topics go when it is called off now, and which: those that she may see.

    Less what stands on that one's agenda already. With their issues: what is restricted tells when it is read.
    """
    target = goes_to(meeting)
    items = AgendaItem.objects.visible_to(member).at(meeting).to_move_on().select_related("issue")
    return target, list(items.not_at(target) if target else items)


def _take_back(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    moved = AgendaItem.objects.filter(moved_from=meeting, meeting__in=Meeting.objects.planned().values("pk"))
    moved.move(meeting, moved_from=None, by=by, at=at)
    fit_items(meeting)
