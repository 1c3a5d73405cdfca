"""Starting a meeting, which stores the live agenda as items; and undoing the start."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from meetings.agenda.building import agenda, settle_heading, store_heading
from meetings.agenda.keeping import untouched
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.rules import proposals
from meetings.models import AgendaItem, Meeting
from meetings.own_headings import give_back, make_own
from meetings.planning import gather_topics, gather_topics_into
from meetings.recurring import take_recurring
from meetings.unwritten import empty_rows_gone, lock_items, why_written_in
from members.actor import Actor
from members.models import Member

STARTED_ANEW = "Den starten är redan ångrad, och mötet är startat igen"


@transaction.atomic
def start_meeting(
    meeting: Meeting, *, by: Actor, started_at: datetime | None = None, at: datetime | None = None
) -> None:
    """Start the meeting: now, or at `started_at` when it is written down afterwards. Raises Conflict."""
    meeting.lock_if(Meeting.State.PLANNED)  # a closed one goes on by undoing its closing alone
    at = at or timezone.now()
    gather_topics_into(meeting, held_at=started_at or at, by=by, at=at)
    take_recurring(meeting, by=by, at=at)  # what was marked as it was being planned
    make_own(meeting, at=at, settled=True)
    live = agenda(meeting, by.member, today=timezone.localdate(at))
    meeting.set_state(Meeting.State.UNDER_WAY, by=by, at=at, started_at=started_at or at)
    meeting.expect_organisations(at=at)
    _settle(meeting, live, by=by, at=at)


@transaction.atomic
def unstart_meeting(meeting: Meeting, *, by: Actor, entry: str = "", at: datetime | None = None) -> None:
    """Undo the start: what the rules raised is live again. `entry` names the start that is meant.

    Raises Conflict when the meeting is not under way or was started anew, NotAllowed once something is written that
    she may know of, or is being typed anywhere. Anything else that is written stays at its item, and is there when the
    meeting starts.
    """
    meeting.lock_if(Meeting.State.UNDER_WAY)  # one that was called off is planned again in another way
    if why := why_written_in(meeting, by.member):
        raise NotAllowed(why)
    meeting.check_entry(entry, STARTED_ANEW)
    at = at or timezone.now()
    _unsettle(meeting, by.member, timezone.localdate(at))
    give_back(meeting)
    meeting.set_state(Meeting.State.PLANNED, by=by, at=at, started_at=None, held_from=None, held_to=None)
    gather_topics(by=by, at=at)


def _settle(meeting: Meeting, headings: list[AgendaHeading], *, by: Actor, at: datetime) -> None:
    """Store every line of the live agenda as an item, and one for each heading that is spoken of by itself."""
    for heading in headings:
        settle_heading(meeting, heading, by=by, at=at, at_start=True)
        if heading.speaks_for_itself or not heading.lines:
            store_heading(meeting, heading, by=by, at=at)


def _unsettle(meeting: Meeting, member: Member, today: date) -> None:
    """Delete the items that the start made and nobody has touched; keep what a person put there."""
    raised = {proposal.subject for proposal in proposals(member, today=today)}
    settled = AgendaItem.objects.at(meeting).filter(settled=True)
    lock_items(settled)
    as_made = untouched(settled.filter(removed=False))
    live = [item for item in as_made if item.is_heading or item.subject in raised]
    empty_rows_gone(live)
    AgendaItem.objects.filter(pk__in=[item.pk for item in live]).delete()
    settled.update(settled=False)
