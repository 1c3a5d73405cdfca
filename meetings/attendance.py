"""The attendance of a meeting: who may sit for each organisation, who is expected, and who is there.

Each organisation stands in exactly one row. Who is expected follows from the seats on the day and from what those who
sit have answered to the call: the ordinary, else the deputy, unless she cannot come.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from meetings.models import CallAnswer, Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import CLOSED
from meetings.models.presence import AttendanceSpan, SeatedSpan
from members.actor import Actor
from members.models import Member, NoticeChoice, Organisation, Seat, Subject

State = OrganisationAtMeeting.State
Answer = CallAnswer.Answer


@dataclass(frozen=True)
class Reply:
    """What somebody who sits has answered to the call; `words` which part of the meeting she comes to.

    `is_of_another_time`: the meeting was moved after it.
    """

    answer: str = ""
    words: str = ""
    is_of_another_time: bool = False


NO_REPLY = Reply()


@dataclass
class AttendanceRow:
    """An organisation at a meeting with its seats, the answers of those who sit, and presences.

    presences  of whoever speaks for it, one at a time
    others     further participants from it
    """

    at_meeting: OrganisationAtMeeting
    seated: dict[str, Member] = field(default_factory=dict)
    said: dict[Member, Reply] = field(default_factory=dict)
    without_mail: list[Member] = field(default_factory=list)  # by their own choice
    first_days: dict[Member, date] = field(default_factory=dict)  # of those whose seat begins on a coming day
    presences: list[Presence] = field(default_factory=list)
    others: list[Presence] = field(default_factory=list)
    elsewhere: Presence | None = None  # of whoever is expected, when it was found that she sits there already

    @property
    def ordinary(self) -> Member | None:
        return self.seated.get(Seat.Role.ORDINARY)

    @property
    def deputy(self) -> Member | None:
        return self.seated.get(Seat.Role.DEPUTY)

    @property
    def there(self) -> list[Presence]:
        """All who are there from it, whoever speaks first."""
        return [*self.presences, *self.others]

    @property
    def excused(self) -> list[Member]:
        """Those who cannot come."""
        return [member for member, said in self.said.items() if said.answer == Answer.NO]

    def expects(self, member: Member) -> bool:
        return bool(self.expected and self.expected.member == member)

    def answer_of(self, member: Member) -> Reply:
        return self.said.get(member, NO_REPLY)

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
    def expected(self) -> SeatedSpan | None:
        """The span of whoever is expected: the ordinary, else the deputy, unless excused; None when nobody is."""
        if self.ordinary and self._may_come(self.ordinary):
            return SeatedSpan(self.ordinary, Presence.Capacity.ORDINARY)
        if self.deputy and self.deputy_may_come:
            return SeatedSpan(self.deputy, Presence.Capacity.DEPUTY)
        return None

    @property
    def deputy_may_come(self) -> bool:
        return bool(self.deputy and self._may_come(self.deputy))

    def _may_come(self, member: Member) -> bool:
        """Whether nothing hinders her: who may no longer sign in is told of nothing either."""
        return member.is_active and member not in self.excused

    @property
    def expected_state(self) -> str:
        """The state that it comes to when all goes as expected."""
        if self.expected:
            return State.REPRESENTED
        if self.is_vacant:
            return State.VACANT
        return State.EXCUSED if self.excused else State.ABSENT

    @property
    def by_deputy(self) -> bool:
        """Whether a deputy sits for it, or is expected to."""
        if self.is_noted:
            return any(presence.capacity == Presence.Capacity.DEPUTY for presence in self.presences)
        return bool(self.expected and self.expected.capacity == Presence.Capacity.DEPUTY)


def rows(meeting: Meeting) -> list[AttendanceRow]:
    """One row for each organisation, in the group's order."""
    table: dict[int, AttendanceRow] = {}
    somebody_sits = False
    for found in _with_seats(meeting):
        somebody_sits |= found.has_others or found.state != State.UNNOTED
        row = table.setdefault(found.organisation_id, AttendanceRow(found))
        seat: Seat | None = getattr(found, "seat", None)
        if seat is None:
            continue
        member = seat.member
        row.seated[seat.role] = member
        if found.answer:
            row.said[member] = Reply(found.answer, found.words, meeting.was_moved_after(found.said_at))
        if seat.is_coming and seat.first_day:
            row.first_days[member] = seat.first_day
        if found.wants_no_mail:
            row.without_mail.append(member)
    if somebody_sits:
        for presence in meeting.presences.exclude(organisation=None).in_order():
            if presence.organisation_id in table:
                row = table[presence.organisation_id]
                (row.presences if presence.part == Presence.Part.SPEAKS else row.others).append(presence)
    return list(table.values())


def _with_seats(meeting: Meeting) -> Any:
    """The organisations once for each seat on the day of the meeting, with what who sits has answered to the call."""
    seats = FilteredRelation("organisation__seats", condition=Q(organisation__seats__period__contains=meeting.day))
    answers = FilteredRelation("seat__member__call_answers", condition=Q(seat__member__call_answers__meeting=meeting))
    without = NoticeChoice.objects.against(Subject.MEETINGS).filter(member=OuterRef("seat__member"))
    others = Presence.objects.filter(meeting=meeting, organisation=OuterRef("organisation")).beside()
    found: Any = meeting.organisations.annotate(seat=seats, has_others=Exists(others)).alias(said=answers)
    said = {name: F(f"said__{name}") for name in ("answer", "words", "said_at")}
    found = found.annotate(**said, wants_no_mail=Exists(without))
    return found.select_related("organisation", "seat__member").in_order("-seat__role", "seat")  # the ordinary first


def seated(meeting: Meeting) -> QuerySet[Member]:
    """Everybody who has a seat on the day of the meeting: those who may answer the call."""
    seats = Seat.objects.current(meeting.day)
    members: QuerySet[Member] = Member.objects.filter(pk__in=seats.values("member")).in_order()
    return members


@transaction.atomic
def note_expected(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> list[AttendanceRow]:
    """Note every unnoted organisation: represented by whoever is expected, else excused, absent or vacant.

    Returns the rows that were unnoted. Some may be so still, of which whoever is expected sits `elsewhere`: she can
    sit in one place only, and a person must say in which.
    Raises NotAllowed when the meeting has closed.
    """
    meeting.lock_open(CLOSED)  # before the rows are read: what somebody notes meanwhile is hers
    unnoted = [row for row in rows(meeting) if not row.is_noted]
    noted: list[OrganisationAtMeeting] = []
    new: list[Presence] = []
    taken = {presence.member_id: presence for presence in meeting.presences.in_order() if presence.member}
    for row in unnoted:
        span = row.expected
        if span and span.member.pk in taken:
            row.elsewhere = taken[span.member.pk]
            continue
        row.at_meeting.set({"state": row.expected_state, "updated_at": timezone.now()}, by=by)
        noted.append(row.at_meeting)
        if span:
            new.append(Presence.of(meeting, span, organisation=row.organisation, by=by, at=at))
            taken[new[-1].member_id] = new[-1]
    OrganisationAtMeeting.objects.bulk_update(noted, ["state", "updated_at", "updated_by"])
    Presence.objects.bulk_create(new)
    return unnoted


def one_after_the_other(first: AttendanceSpan, then: AttendanceSpan | None) -> list[AttendanceSpan]:
    """The spans of one place: whoever takes over sits from the heading after the other left, to the end."""
    if then is None or first.last is None:
        return [first]
    return [first, replace(then, first=first.last + 1, last=None)]
