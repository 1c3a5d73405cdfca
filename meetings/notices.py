"""Whom what happens around a meeting is told to by mail: the deputy who goes in another's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from meetings.attendance import rows
from meetings.models import Excuse, Meeting
from meetings.texts.attendance import who_goes
from meetings.texts.meeting import time_and_place
from members.models import Member, NoticeCause, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver

GOES = "meetings.goes"


def causes_since(since: datetime) -> Iterator[NoticeCause]:
    """The excuses from meetings to come."""
    coming = Excuse.objects.filter(created_at__gte=since, meeting__state=Meeting.State.PLANNED)
    for excuse in coming.only("pk", "created_at", "meeting_id"):
        at, thing = excuse.created_at, f"meeting:{excuse.meeting_id}"
        yield NoticeCause.of(GOES, excuse.pk, at=at, thing=thing, meeting=excuse.meeting_id)


def _deputies(cause: NoticeCause) -> Iterable[Receiver]:
    """Those who go in the place of the one who is excused, less who has noted it herself."""
    excuse = Excuse.objects.select_related("meeting").filter(pk=cause.key).first()
    if excuse is None:
        return []
    seats = [row for row in rows(excuse.meeting) if row.ordinary and row.ordinary.pk == excuse.member_id]
    going = [row.expected.member for row in seats if row.expected]
    return [member for member in going if member.pk not in (excuse.member_id, excuse.noted_by_id)]


def _tell_who_goes(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meetings: Any = Meeting.objects
    meeting = meetings.filter(pk=cause.facts["meeting"]).first()
    if meeting is None or not isinstance(receiver, Member):
        return None
    table = [row for row in rows(meeting) if row.expected and row.expected.member == receiver and row.by_deputy]
    words = who_goes(table, meeting, receiver, timezone.localdate())
    text = f"{time_and_place(meeting)}\n\nSäg till om du inte heller kan, så vet samordnaren det."
    return NoticeWords(words, meeting.get_absolute_url(), "Läs dagordningen", text) if words else None


KINDS = (NoticeKind(GOES, Subject.MEETINGS, "ett möte", _deputies, _tell_who_goes),)
