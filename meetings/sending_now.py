"""Sending what a closing has caused before its ten minutes are out, which ends the undo."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.records import Conflict
from issues.models import Event
from issues.notices import tell_at_once
from meetings.minutes_mails import mail_at_once
from meetings.models import AgendaItem, Meeting
from meetings.reopening import CLOSED_ANEW
from members.actor import Actor

NOTHING_WAITS = "Det finns inget som väntar på att skickas."


@transaction.atomic
def send_now(meeting: Meeting, *, by: Actor, entry: str = "", at: datetime | None = None) -> None:
    """Let what the closing caused be told of now. It can no longer be undone.

    `entry` names the closing that is meant. Raises Conflict when the meeting is not closed, was closed anew, or the
    time to undo is out already.
    """
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOTHING_WAITS)
    meeting.check_entry(entry, CLOSED_ANEW)
    at = at or timezone.now()  # after those who were waited for
    if meeting.is_on_paper:
        raise Conflict(NOTHING_WAITS)
    if not meeting.can_be_undone_at(at):
        raise Conflict(f"Tiden att ångra avslutet är redan ute. {NOTHING_WAITS}")
    issues = AgendaItem.objects.at(meeting).values("issue")
    tell_at_once(Event.objects.filter(issue__in=issues, at=meeting.closed_at), at=at)
    mail_at_once(meeting, at=at)
    meeting.save(update_fields=meeting.set({"sent_at": at}, by=by))
