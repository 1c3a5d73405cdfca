"""Whom what happens around a meeting is told to by mail: who is called, and the deputy who goes in another's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from base.documents.pdf import pdf
from meetings.agenda.document import agenda_document
from meetings.attendance import AttendanceRow, rows
from meetings.calendar import invitation
from meetings.calling import CALLED, GOES, MOVED, called_at, calls_due, concerned_by_change, expected_at, sits_for
from meetings.letterhead import agenda_name
from meetings.models import Excuse, Meeting
from meetings.texts import calling as texts
from meetings.texts.attendance import who_goes
from members.models import Member, NoticeCause, Subject
from members.outbox.addressing import LOOKED_BACK
from members.outbox.kinds import AttachedFile, NoticeKind, NoticeWords, Receiver

TO_DO = "Läs dagordningen"


def causes_since(since: datetime) -> Iterator[NoticeCause]:
    """The excuses from meetings to come, and the meetings that are to be called by now."""
    coming = Excuse.objects.filter(created_at__gte=since, meeting__state=Meeting.State.PLANNED)
    for excuse in coming.only("pk", "created_at", "meeting_id"):
        at, thing = excuse.created_at, f"meeting:{excuse.meeting_id}"
        yield NoticeCause.of(GOES, excuse.pk, at=at, thing=thing, meeting=excuse.meeting_id)
    yield from calls_due(since + LOOKED_BACK)


def _coming(cause: NoticeCause, receiver: Receiver | None = None) -> Meeting | None:
    """The meeting, while it is still to come, and the receiver may know of it."""
    meetings: Any = Meeting.objects.visible_to(receiver) if isinstance(receiver, Member) else Meeting.objects
    meeting: Meeting | None = meetings.planned().filter(pk=cause.facts["meeting"]).first()
    return meeting if meeting and meeting.starts_at > timezone.now() else None


# The call


def _expected(cause: NoticeCause) -> Iterable[Receiver]:
    meeting = _coming(cause)
    return expected_at(meeting) if meeting else []


def _call(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting = _coming(cause, receiver)
    if meeting is None or not isinstance(receiver, Member):
        return None
    table = sits_for(rows(meeting), receiver)
    return _called(meeting, receiver, texts.call_line(meeting), table) if table else None


def _called(meeting: Meeting, receiver: Member, line: str, table: list[AttendanceRow]) -> NoticeWords:
    """The call in words, to one who is expected for the organisations of the table, with its two files."""
    text = texts.call_text(meeting, receiver, table)
    paper = pdf(agenda_document(meeting, receiver))
    agenda = AttachedFile(f"{agenda_name(meeting)}.pdf", paper, "application/pdf")
    return NoticeWords(line, meeting.get_absolute_url(), TO_DO, text, (agenda, _for_the_calendar(meeting, receiver)))


def _for_the_calendar(meeting: Meeting, receiver: Member) -> AttachedFile:
    """Attached for whoever saves it, beside the words for the programs that put it in the calendar."""
    file = invitation(meeting, receiver, at=timezone.now())
    return AttachedFile(f"mote-{meeting.number}.ics", file, "application/ics", "text/calendar; method=REQUEST")


# A new time or place


def _concerned_by_change(cause: NoticeCause) -> Iterable[Receiver]:
    meeting = _coming(cause)
    return concerned_by_change(meeting) if meeting else []


def _tell_of_change(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    meeting = _coming(cause, receiver)
    if meeting is None or not isinstance(receiver, Member) or meeting.sequence != cause.facts["sequence"]:
        return None
    text = "\n\n".join([texts.when_and_where(meeting), texts.ANEW, texts.IN_THE_CALENDAR])
    file = _for_the_calendar(meeting, receiver)
    return NoticeWords(texts.change_line(meeting), meeting.get_absolute_url(), TO_DO, text, (file,))


# Who goes in another's place


def _deputies(cause: NoticeCause) -> Iterable[Receiver]:
    """Those who go in the place of the one who is excused, less who has noted it herself."""
    excuse = Excuse.objects.select_related("meeting").filter(pk=cause.key).first()
    if excuse is None:
        return []
    seats = [row for row in rows(excuse.meeting) if row.ordinary and row.ordinary.pk == excuse.member_id]
    going = [row.expected.member for row in seats if row.expected]
    return [member for member in going if member.pk not in (excuse.member_id, excuse.noted_by_id)]


def _tell_who_goes(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """That she goes; when the meeting has been called, the call itself."""
    meeting = _coming(cause, receiver)
    if meeting is None or not isinstance(receiver, Member):
        return None
    table = [row for row in sits_for(rows(meeting), receiver) if row.by_deputy]
    words = who_goes(table, meeting, receiver, timezone.localdate())
    if words and called_at(meeting):
        return _called(meeting, receiver, words, table)
    text = f"{texts.when_and_where(meeting)}\n\n{texts.TO_THE_DEPUTY}"
    return NoticeWords(words, meeting.get_absolute_url(), TO_DO, text) if words else None


LABEL = "ett möte"

KINDS = (
    NoticeKind(CALLED, Subject.MEETINGS, LABEL, _expected, _call, alone=True),
    NoticeKind(GOES, Subject.MEETINGS, LABEL, _deputies, _tell_who_goes, alone=True),
    NoticeKind(MOVED, Subject.MEETINGS, LABEL, _concerned_by_change, _tell_of_change, alone=True),
)
