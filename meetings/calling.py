"""Kallelsen: those who are expected are called to a planned meeting once, some days before or when somebody says so.

That it has been called is its cause in the outbox; whom the call has reached are the notices of that cause.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from base.records import Conflict
from issues.notices import TOLD_AFTER
from meetings.attendance import AttendanceRow, rows
from meetings.guests import guests_of
from meetings.models import Meeting, MeetingChange
from meetings.running import who_run
from members.actor import Actor
from members.models import Group, Member, Notice, NoticeCause, Organisation
from members.outbox.one_by_one import one_by_one

CALLED, MOVED = "meetings.called", "meetings.moved"
TAKEN_BACK = "meetings.call_taken_back"
GOES, NOBODY, SOMEBODY = "meetings.goes", "meetings.nobody", "meetings.somebody"
CALLED_OFF = "meetings.called_off"
SINCE, RELEASED = "meetings.since", "meetings.released"
PRESENTS = "meetings.presents"
INVITE = (CALLED, GOES, SINCE, PRESENTS)
"""What tells somebody that she is to come."""

LET_STAND = timedelta(hours=1)
"""A meeting is not called by itself sooner after it was planned: so long a slip of the pen can be put right."""
NOT_CALLED = "Kallelsen är inte skickad."


@transaction.atomic
def call_meeting(
    meeting: Meeting, *, by: Actor, at: datetime | None = None, wait: timedelta = timedelta()
) -> NoticeCause:
    """Call those who are expected now, after a `wait` in which that can be taken back; returns the call.

    Raises Conflict when it has been done, or it is too late.
    """
    at = at or timezone.now()
    meeting.lock_if(Meeting.State.PLANNED, therefore=NOT_CALLED)
    if meeting.starts_at <= at:
        raise Conflict(f"Mötet skulle redan ha börjat. {NOT_CALLED}")
    if called_at(meeting):
        raise Conflict("Kallelsen är redan skickad.")
    expect_the_new(meeting, at=at)
    NoticeCause.objects.note([_call(meeting, at, by=by, wait=wait)])
    return _calls(meeting).get()


@transaction.atomic
def take_back_call(meeting: Meeting, call: int | None = None, *, by: Actor, at: datetime | None = None) -> None:
    """Let the call with that key, or the one that waits, not be sent; who took it back is kept, as a cause of no mail.

    Raises Conflict when it goes out, another was made since, or the meeting has begun.
    """
    meeting.lock_if(Meeting.State.PLANNED, therefore=NOT_CALLED)
    at = at or timezone.now()
    waiting = _calls(meeting).filter(addressed_at=None)
    taken_back = (waiting.filter(pk=call) if call else waiting).select_for_update(no_key=True).first()
    if not taken_back:
        raise Conflict("Kallelsen är redan på väg, och kan inte tas tillbaka.")
    key = f"{meeting.pk}.{taken_back.pk}"
    facts: dict[str, Any] = {"meeting": meeting.pk, "by": by.member.pk}
    taken_back.delete()
    undone = NoticeCause.of(TAKEN_BACK, key, at=at, thing=thing_of(meeting), **facts)
    undone.addressed_at = at  # there is nobody to tell
    NoticeCause.objects.note([undone])


@transaction.atomic
def expect_the_new(meeting: Meeting, *, at: datetime) -> None:
    """Expect the organisations that have joined the group since the meeting was planned."""
    known = meeting.organisations.values("organisation")
    if Organisation.objects.of_group(meeting.day).exclude(pk__in=known).exists():
        meeting.lock()
        if meeting.is_planned:
            meeting.expect_organisations(at=at)


def tell_of_change(meeting: Meeting, *, at: datetime | None = None) -> None:
    """Tell those who have been called of the time and place that it has now."""
    if not (meeting.is_planned and has_been_told(meeting)):
        return
    key, at = f"{meeting.pk}.{meeting.sequence}", at or timezone.now()
    facts: dict[str, Any] = {"meeting": meeting.pk, "sequence": meeting.sequence}
    moved = NoticeCause.of(MOVED, key, at=at, thing=thing_of(meeting), **facts)
    NoticeCause.objects.note([moved])


def ask_anew(meeting: Meeting, *, at: datetime | None = None) -> None:
    """Let what is held about the meeting be held by the time that it has now: it may have to come sooner."""
    at = at or timezone.now()
    held = Notice.objects.waiting().filter(cause__thing=thing_of(meeting), trouble="", due_at__gt=at)
    locked = held.select_for_update(no_key=True, of=["self"], skip_locked=True)  # less what is settled at this moment
    Notice.objects.filter(pk__in=[notice.pk for notice in locked]).update(due_at=at)


def tell_of_change_anew(meeting: Meeting, *, at: datetime, sequence: int, since: datetime) -> None:
    """Tell of the change with that sequence, where it had not been told when the meeting was called off."""
    dropped = Q(notices__state=Notice.State.DROPPED, notices__settled_at__gte=since)
    to_nobody = Q(addressed_at=None) | Q(addressed_at__gte=since)
    untold = to_nobody | Q(notices__state=Notice.State.WAITING) | dropped
    if NoticeCause.objects.filter(untold, kind=MOVED, key=f"{meeting.pk}.{sequence}").exists():
        tell_of_change(meeting, at=at)


def tell_called_off(meeting: Meeting, *, at: datetime) -> None:
    """Tell those who have been called that it is not held, when that can no longer be taken back."""
    if meeting.starts_at > at and has_been_told(meeting):
        key, thing = f"{meeting.pk}.{meeting.sequence}", thing_of(meeting)
        facts = {"meeting": meeting.pk, "sequence": meeting.sequence}
        cause = NoticeCause.of(CALLED_OFF, key, at=at, due=at + TOLD_AFTER, thing=thing, **facts)
        NoticeCause.objects.note([cause])


def causes_of_calling_off(meeting: Meeting) -> QuerySet[NoticeCause]:
    """The one by which those who have been called are told that it is off; none where nobody had been."""
    return NoticeCause.objects.filter(kind=CALLED_OFF, key=f"{meeting.pk}.{meeting.sequence}")


def about_meetings_to_end(at: datetime) -> Q:
    """The condition that a cause is about a meeting that has not ended: of that it is asked what each was told."""
    coming = Meeting.objects.filter(state__in=Meeting.COMING).values_list("pk", flat=True)
    return Q(facts__meeting__in=list(coming))


def called_at(meeting: Meeting) -> datetime | None:
    """When it was called; None where it has not been."""
    return _calls(meeting).values_list("happened_at", flat=True).first()


class Call(NamedTuple):
    """When a meeting was called, and whether the mails have left: they wait for the next run, or for the morning.

    It may be taken back, by its key, before it has been found out whom it goes to.
    """

    at: datetime
    has_left: bool
    goes_at: datetime
    addressed_at: datetime | None
    key: int

    @property
    def may_be_taken_back(self) -> bool:
        return self.addressed_at is None and self.goes_at > timezone.now()


class CallTakenBack(NamedTuple):
    """When a call was taken back before it was sent, and by whom."""

    at: datetime
    by: str


def call_of(meeting: Meeting) -> Call | None:
    return calls_of(meeting)[0]


def calls_of(meeting: Meeting) -> tuple[Call | None, CallTakenBack | None]:
    """The call that a meeting has, else the one that was taken back last, where there is any; in one statement."""
    told = Notice.objects.filter(cause=OuterRef("pk"))
    left = Exists(told.filter(state__in=Notice.REACHED)) | ~Exists(told.waiting())
    member = Cast(KeyTextTransform("by", OuterRef("facts")), BigIntegerField())
    found: Any = _calls(meeting) | NoticeCause.objects.filter(kind=TAKEN_BACK, key__startswith=f"{meeting.pk}.")
    found = found.annotate(
        left=left & Q(addressed_at__isnull=False),
        who=Subquery(Member.objects.filter(pk=member).values("name")[:1]),
    )
    undone = None
    for one in found.order_by("pk"):
        if one.kind == CALLED:
            return Call(one.happened_at, one.left, one.due_at, one.addressed_at, one.pk), None
        undone = CallTakenBack(one.happened_at, one.who or "")
    return None, undone


def has_been_told(meeting: Meeting) -> bool:
    """Whether anybody is told to come: by the call, or by a no that passed to the deputy before it."""
    has_reached = Q(kind__in=INVITE, facts__meeting=meeting.pk, notices__state__in=Notice.REACHED)
    return NoticeCause.objects.filter(Q(kind=CALLED, key=f"{meeting.pk}") | has_reached).exists()


def is_called(meeting: Meeting) -> bool:
    """Whether it has been found out whom the call goes to."""
    return _calls(meeting).exclude(addressed_at=None).exists()


def calls_at(meeting: Meeting, group: Group) -> datetime | None:
    """When it is called by itself, as the group has settled; None of one that begins before its planner is sure."""
    goes = max(meeting.starts_at - timedelta(days=group.call_days), meeting.created_at + LET_STAND)
    return goes if goes < meeting.starts_at else None


def calls_due(at: datetime) -> Iterator[NoticeCause]:
    """The causes of the calls that are to go out by then and have not."""
    until, settled = at + timedelta(days=Group.current().call_days), at - LET_STAND
    planned = Meeting.objects.planned()
    near = list(planned.filter(starts_at__gt=at, starts_at__lte=until, created_at__lte=settled))
    calls = NoticeCause.objects.filter(kind=CALLED, key__in=[f"{meeting.pk}" for meeting in near])
    called = set(calls.values_list("key", flat=True))

    def call_of(meeting: Meeting) -> list[NoticeCause]:
        expect_the_new(meeting, at=at)
        return [] if f"{meeting.pk}" in called else [_call(meeting, at)]

    yield from one_by_one(near, call_of, thing_of, at=at)


def told_of(meeting: int) -> QuerySet[Notice]:
    """The notices that tell a member that she is to come to the meeting with that key, or need not."""
    about = NoticeCause.objects.filter(kind__in=(*INVITE, RELEASED), facts__meeting=meeting)
    return Notice.objects.filter(cause__in=about).exclude(member=None)


def concerned_by_change(meeting: Meeting) -> list[Member]:
    """Those whom a call has reached and who are expected or present an item, and who have said that they cannot come.

    Who has not had it yet is told by it when and where the meeting is then, and who is not expected any longer, that
    she need not go. A no was to another time, also one that came before the call.
    """
    table = rows(meeting)
    expected = [row.expected.member for row in table if row.expected]
    excused = [member for row in table for member in row.excused]
    asked = {*expected, *who_run(meeting, table), *guests_of(meeting), *excused}
    reached = reached_by_call(meeting)
    told = {*told_of(meeting.pk).filter(state__in=Notice.REACHED).values_list("member", flat=True)}
    passed_over = excused if is_called(meeting) else []
    never_called = [member for member in dict.fromkeys(passed_over) if member.is_active and member.pk not in told]
    return [*(member for member in reached if member in asked), *never_called]


def is_told_by_call(cause: NoticeCause, member: Member) -> bool:
    """Whether another call to her seat, or one of the same kind, says what the cause would, as things are then.

    One that waits does, one that has come due since it happened, and one that was written when the cause was due.
    """
    calls = told_of(cause.facts["meeting"]).filter(member=member, cause__kind__in=(CALLED, SINCE, cause.kind))
    calls = calls.exclude(cause=cause)
    after = Q(due_at__gt=cause.happened_at) | Q(cause__addressed_at__gte=cause.due_at)
    calls = calls.filter(after | Q(state=Notice.State.WAITING))
    return calls.exclude(state=Notice.State.DROPPED).exists()


def reached_by_call(meeting: Meeting) -> list[Member]:
    """Those who have been told to come to it, and not since that they need not."""
    told = told_of(meeting.pk).filter(state__in=Notice.REACHED).select_related("cause").order_by("pk")
    last = {notice.member_id: notice.cause.kind for notice in told}
    to_come = [pk for pk, kind in last.items() if kind in INVITE]
    return list(Member.objects.active().filter(pk__in=to_come).in_order())


def told_last(meeting: Meeting, member: Member) -> Notice | None:
    """What has told her last that she is to come, or need not."""
    told = told_of(meeting.pk).filter(member=member, state__in=Notice.REACHED)
    return told.select_related("cause", "member").order_by("pk").last()


def has_missed_change(meeting: Meeting, member: Member, since: NoticeCause) -> bool:
    """Whether the time or place has changed after that, and she was not among those who were told of it."""
    key, after = f"{meeting.pk}.{meeting.sequence}", since.happened_at
    moved = NoticeCause.objects.filter(kind=MOVED, key=key, happened_at__gt=after)
    told = Notice.objects.filter(cause__in=moved, member=member).exclude(state=Notice.State.DROPPED)
    return moved.exists() and not told.exists()


def changes_untold(cause: NoticeCause, member: Member) -> list[MeetingChange]:
    """The changes that one whom the cause tells of the last has not been told of, the first first; [] where of all.

    The first says what she knows: those after it had been overtaken before they reached her.
    """
    first, meeting = cause.facts["sequence"], cause.facts["meeting"]
    told = Notice.objects.filter(cause=OuterRef("pk")).order_by()
    moved: Any = NoticeCause.objects.filter(kind=MOVED, facts__meeting=meeting, facts__sequence__lt=first)
    moved = moved.annotate(told=Subquery(told.filter(member=member).values("state")), tells_nobody=~Exists(told))
    for earlier in moved.order_by("-facts__sequence"):
        if earlier.told in Notice.REACHED or not (earlier.told or earlier.tells_nobody):  # she was not concerned then
            break
        if is_told_by_call(earlier, member):
            break
        first = earlier.facts["sequence"]
    return list(MeetingChange.objects.filter(meeting=meeting, sequence__gte=first).order_by("sequence"))


def times_released(meeting: Meeting, member: Member) -> int:
    """How often the meeting has been taken out of her calendar."""
    return told_of(meeting.pk).filter(member=member, cause__kind=RELEASED, state__in=Notice.REACHED).count()


def called_to(meeting: Meeting) -> list[Member]:
    """Whoever is expected from each organisation, and who leads it and writes."""
    table = rows(meeting)
    return [*(row.expected.member for row in table if row.expected), *who_run(meeting, table)]


def come_after_all(table: list[AttendanceRow], excused: int) -> list[AttendanceRow]:
    """The rows from which somebody is expected, of those that the member with that key sits for."""
    hers = (row for row in table if excused in {member.pk for member in row.seated.values()})
    return [row for row in hers if row.expected]


def sits_for(table: list[AttendanceRow], member: Member) -> list[AttendanceRow]:
    """The rows of the organisations for which she is expected."""
    return [row for row in table if row.expected and row.expected.member == member]


def called_on_first_day(meeting: Meeting, table: list[AttendanceRow]) -> dict[Member, date]:
    """Who expected is called on the first day of her seat, for until then she may not open the meeting; and that day.

    The call itself goes out before it: on that day she is one who has not been told.
    """
    coming = {row.expected.member: row for row in table if row.expected and row.expected.member in row.first_days}
    days = {member: row.first_days[member] for member, row in coming.items() if member not in row.without_mail}
    if not days:
        return {}
    calls_on = timezone.localdate(called_at(meeting) or calls_at(meeting, Group.current()) or meeting.starts_at)
    may_read = set(Member.objects.of_the_group().filter(pk__in=[member.pk for member in days]))
    return {member: day for member, day in days.items() if day > calls_on and member not in may_read}


def thing_of(meeting: Meeting) -> str:
    """As the causes name it."""
    return f"meeting:{meeting.pk}"


def _calls(meeting: Meeting) -> QuerySet[NoticeCause]:
    return NoticeCause.objects.filter(kind=CALLED, key=f"{meeting.pk}")


def _call(meeting: Meeting, at: datetime, *, by: Actor | None = None, wait: timedelta = timedelta()) -> NoticeCause:
    called_by = by.member.pk if by else None
    facts: dict[str, Any] = {"meeting": meeting.pk, "by": called_by}
    return NoticeCause.of(CALLED, meeting.pk, at=at, due=at + wait, thing=thing_of(meeting), **facts)
