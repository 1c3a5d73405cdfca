"""The attendance of a meeting: who may sit for each organisation, who is expected, and who is there.

Each organisation stands in exactly one row. Who is expected follows from the seats on the day and from who has said
that she cannot come: the ordinary, else the deputy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from meetings.models import Excuse, Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import CLOSED, AttendanceSpan
from members.actor import Actor
from members.models import Member, Organisation, Seat

State = OrganisationAtMeeting.State


@dataclass
class AttendanceRow:
    """An organisation at a meeting with its seats, excuses and presences."""

    at_meeting: OrganisationAtMeeting
    seated: dict[str, Member] = field(default_factory=dict)
    excused: list[Member] = field(default_factory=list)
    presences: list[Presence] = field(default_factory=list)
    elsewhere: Presence | None = None  # of whoever is expected, when it was found that she sits there already

    @property
    def ordinary(self) -> Member | None:
        return self.seated.get(Seat.Role.ORDINARY)

    @property
    def deputy(self) -> Member | None:
        return self.seated.get(Seat.Role.DEPUTY)

    @property
    def organisation(self) -> Organisation:
        return self.at_meeting.organisation

    @property
    def state(self) -> str:
        return self.at_meeting.state

    @property
    def is_noted(self) -> bool:
        return self.state != State.UNNOTED

    @property
    def is_vacant(self) -> bool:
        """Whether nobody has been appointed."""
        return not (self.ordinary or self.deputy)

    @property
    def expected(self) -> AttendanceSpan | None:
        """The span of whoever is expected: the ordinary, else the deputy, unless excused; None when nobody is."""
        if self.ordinary and self.ordinary not in self.excused:
            return AttendanceSpan(self.ordinary, Presence.Capacity.ORDINARY)
        if self.deputy and self.deputy not in self.excused:
            return AttendanceSpan(self.deputy, Presence.Capacity.DEPUTY)
        return None

    @property
    def expected_state(self) -> str:
        """The state that it comes to when all goes as expected."""
        if self.expected:
            return State.REPRESENTED
        return State.VACANT if self.is_vacant else State.EXCUSED

    @property
    def by_deputy(self) -> bool:
        """Whether a deputy sits for it, or is expected to."""
        if self.is_noted:
            return any(presence.capacity == Presence.Capacity.DEPUTY for presence in self.presences)
        return bool(self.expected and self.expected.capacity == Presence.Capacity.DEPUTY)


def rows(meeting: Meeting) -> list[AttendanceRow]:
    """One row for each organisation, in the group's order."""
    at_meeting = meeting.organisations.select_related("organisation").in_order()
    table = {row.organisation_id: AttendanceRow(row) for row in at_meeting}
    excused = Exists(Excuse.objects.filter(meeting=meeting, member=OuterRef("member")))
    seats: QuerySet[Any] = Seat.objects.current(meeting.day).filter(organisation__in=table).annotate(excused=excused)
    for seat in seats.select_related("member"):
        row = table[seat.organisation_id]
        row.seated[seat.role] = seat.member
        if seat.excused:
            row.excused.append(seat.member)
    if any(row.is_noted for row in table.values()):  # else nobody sits yet
        for presence in meeting.presences.exclude(organisation=None).in_order():
            if presence.organisation_id in table:
                table[presence.organisation_id].presences.append(presence)
    return list(table.values())


def seated(meeting: Meeting) -> QuerySet[Member]:
    """Everybody who has a seat on the day of the meeting: those who may be excused."""
    seats = Seat.objects.current(meeting.day)
    members: QuerySet[Member] = Member.objects.filter(pk__in=seats.values("member")).in_order()
    return members


@transaction.atomic
def note_expected(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> list[AttendanceRow]:
    """Note every unnoted organisation: represented by whoever is expected, else excused or vacant.

    Returns the rows that were unnoted. Some may be so still, of which whoever is expected sits `elsewhere`: she can
    sit in one place only, and a person must say in which.
    Raises NotAllowed when the meeting has closed.
    """
    meeting.lock_open(CLOSED)  # before the rows are read: what somebody notes meanwhile is hers
    unnoted = [row for row in rows(meeting) if not row.is_noted]
    noted: list[OrganisationAtMeeting] = []
    new: list[Presence] = []
    taken = {presence.member_id: presence for presence in meeting.presences.in_order()}
    for row in unnoted:
        span = row.expected
        if span and span.member.pk in taken:
            row.elsewhere = taken[span.member.pk]
            continue
        row.at_meeting.set({"state": row.expected_state, "updated_at": timezone.now()}, by=by)
        noted.append(row.at_meeting)
        if span:
            taken[span.member.pk] = Presence.of(meeting, span, organisation=row.organisation, by=by, at=at)
            new.append(taken[span.member.pk])
    OrganisationAtMeeting.objects.bulk_update(noted, ["state", "updated_at", "updated_by"])
    Presence.objects.bulk_create(new)
    return unnoted


@transaction.atomic
def admit_guest(meeting: Meeting, span: AttendanceSpan, *, by: Actor, at: datetime | None = None) -> Presence:
    """Note somebody as adjungerad. Raises ValidationError when she sits elsewhere, NotAllowed."""
    meeting.lock_open(CLOSED)
    return Presence.seat(meeting, span, organisation=None, by=by, at=at)


@transaction.atomic
def strike_guest(presence: Presence, *, by: Actor) -> None:
    """Remove a guest who was noted by mistake; nobody who sits for an organisation. Raises NotAllowed."""
    presence.meeting.lock_open(CLOSED)
    for row in Presence.objects.guests().filter(pk=presence.pk):  # another may have, while this one waited
        row.discard(by=by)


def one_after_the_other(first: AttendanceSpan, then: AttendanceSpan | None) -> list[AttendanceSpan]:
    """The spans of one place: whoever takes over sits from the heading after the other left, to the end."""
    if then is None or first.last is None:
        return [first]
    return [first, AttendanceSpan(then.member, then.capacity, first.last + 1)]
