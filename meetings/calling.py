"""Kallelsen: those who are expected are called to a planned meeting once, some days before or when somebody says so.

That it has been called is its cause in the outbox; whom the call has reached are the notices of that cause.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from base.records import Conflict
from meetings.attendance import AttendanceRow, rows
from meetings.models import Meeting
from members.actor import Actor
from members.models import Group, Member, Notice, NoticeCause

CALLED, GOES, MOVED = "meetings.called", "meetings.goes", "meetings.moved"

LET_STAND = timedelta(hours=1)
"""A meeting is not called by itself sooner after it was planned: so long a slip of the pen can be put right."""
REACHED = (Notice.State.SENT, Notice.State.HANDING, Notice.State.UNCERTAIN)
NOT_CALLED = "Kallelsen är inte skickad."


@transaction.atomic
def call_meeting(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """Call those who are expected now. Raises Conflict when it has been done, or it is too late."""
    at = at or timezone.now()
    meeting.lock_if(Meeting.State.PLANNED, therefore=NOT_CALLED)
    if meeting.starts_at <= at:
        raise Conflict(f"Mötet skulle redan ha börjat. {NOT_CALLED}")
    if called_at(meeting):
        raise Conflict("Kallelsen är redan skickad.")
    NoticeCause.objects.note([_call(meeting, at, by=by)])


def tell_of_change(meeting: Meeting, *, at: datetime | None = None) -> None:
    """Tell those who have been called of the time and place that it has now."""
    if meeting.is_planned and called_at(meeting):
        key = f"{meeting.pk}.{meeting.sequence}"
        at = at or timezone.now()
        moved = NoticeCause.of(MOVED, key, at=at, meeting=meeting.pk, sequence=meeting.sequence)
        NoticeCause.objects.note([moved])


def called_at(meeting: Meeting) -> datetime | None:
    """When it was called; None where it has not been."""
    called = NoticeCause.objects.filter(kind=CALLED, key=f"{meeting.pk}")
    return called.values_list("happened_at", flat=True).first()


def calls_at(meeting: Meeting) -> datetime:
    """When it is called by itself."""
    return max(meeting.starts_at - timedelta(days=Group.current().call_days), meeting.created_at + LET_STAND)


def calls_due(at: datetime) -> list[NoticeCause]:
    """The causes of the calls that are to go out by then and have not."""
    until, settled = at + timedelta(days=Group.current().call_days), at - LET_STAND
    planned = Meeting.objects.planned()
    near = list(planned.filter(starts_at__gt=at, starts_at__lte=until, created_at__lte=settled))
    calls = NoticeCause.objects.filter(kind=CALLED, key__in=[f"{meeting.pk}" for meeting in near])
    called = set(calls.values_list("key", flat=True))
    return [_call(meeting, at) for meeting in near if f"{meeting.pk}" not in called]


def concerned_by_change(meeting: Meeting) -> QuerySet[Member]:
    """Those who have had the call, and those who are expected since.

    Less whose call still waits to be sent, for it tells when and where the meeting is then.
    """
    causes = NoticeCause.objects.filter(facts__meeting=meeting.pk, happened_at__gte=called_at(meeting))
    calls = Notice.objects.filter(cause__in=causes.filter(kind__in=(CALLED, GOES)))
    expected = [member.pk for member in expected_at(meeting)]
    either = Q(pk__in=calls.filter(state__in=REACHED).values("member")) | Q(pk__in=expected)
    members: QuerySet[Member] = Member.objects.active().filter(either).exclude(pk__in=calls.waiting().values("member"))
    return members


def expected_at(meeting: Meeting) -> list[Member]:
    """Whoever is expected from each organisation."""
    return [row.expected.member for row in rows(meeting) if row.expected]


def sits_for(table: list[AttendanceRow], member: Member) -> list[AttendanceRow]:
    """The rows of the organisations for which she is expected."""
    return [row for row in table if row.expected and row.expected.member == member]


def _call(meeting: Meeting, at: datetime, *, by: Actor | None = None) -> NoticeCause:
    called_by = by.member.pk if by else None
    return NoticeCause.of(CALLED, meeting.pk, at=at, due=at, meeting=meeting.pk, by=called_by)
