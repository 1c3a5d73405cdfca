"""The attendance of a meeting: who may sit for each organisation, who is expected, and who is there.

Each organisation stands in exactly one row. Who is expected follows from the seats on the day and from what those who
sit have answered to the call: the ordinary, else the deputy, unless she cannot come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from meetings.models import CallAnswer, Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import CLOSED, excused_as
from meetings.models.presence import AttendanceSpan, SeatedSpan
from meetings.models.spot import Spot, following, last_before
from meetings.officers import officers_unnoted
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
        return [*self.excused_by_place.values()]

    @property
    def has_said_no(self) -> dict[str, Member]:
        """Those who have answered the call that they cannot come, by the place that each has."""
        return {role: member for role, member in self.seated.items() if self.answer_of(member).answer == Answer.NO}

    @property
    def excused_by_place(self) -> dict[str, Member]:
        """Those who cannot come by the place that each has, or had when it was noted at the meeting."""
        cannot = self.has_said_no | self.at_meeting.excused_by_place
        return {role.value: cannot[role] for role in (Seat.Role.ORDINARY, Seat.Role.DEPUTY) if role in cannot}

    def is_heard_at(self, where: Spot) -> bool:
        """Whether somebody speaks for it there."""
        return any(
            one.items.lower <= where and not (one.items.upper and one.items.upper <= where) for one in self.presences
        )

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
    def said_of_part(self) -> Reply | None:
        """What whoever is noted for the whole meeting had answered, where it was to come to a part of it."""
        whole = [one for one in self.presences if one.member and not one.span]
        said = [self.answer_of(one.member) for one in whole if one.member]
        return next((reply for reply in said if reply.answer == Answer.PARTLY), None)

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
    return _rows_and_noted(meeting)[0]


def rows_and_others(meeting: Meeting) -> tuple[list[AttendanceRow], list[Presence]]:
    """One row for each organisation, in the group's order, and those who come from none of them.

    These are guests, and where attendance is noted the chair and the secretary.
    """
    table, beside, is_noted = _rows_and_noted(meeting)
    unnoted = officers_unnoted(meeting, noted_or_seated(table), beside) if is_noted else []
    return table, [*beside, *unnoted]


def _rows_and_noted(meeting: Meeting) -> tuple[list[AttendanceRow], list[Presence], bool]:
    """One row for each organisation, those beside who are noted, and whether any attendance is."""
    table: dict[int, AttendanceRow] = {}
    guests: list[Presence] = []
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
        for presence in meeting.presences.in_order():
            if presence.organisation_id is None:
                guests.append(presence)
            elif presence.organisation_id in table:
                row = table[presence.organisation_id]
                (row.presences if presence.part == Presence.Part.SPEAKS else row.others).append(presence)
    return list(table.values()), guests, somebody_sits


def noted_or_seated(table: Iterable[AttendanceRow]) -> set[int | None]:
    """Those who are there for an organisation or, of one that is not noted yet, may be: by their keys."""
    there = {one.member_id for row in table for one in row.there}
    return there | {member.pk for row in table if not row.is_noted for member in row.seated.values()}


def _with_seats(meeting: Meeting) -> Any:
    """The organisations once for each seat on the day of the meeting, with what who sits has answered to the call."""
    seats = FilteredRelation("organisation__seats", condition=Q(organisation__seats__period__contains=meeting.day))
    answers = FilteredRelation("seat__member__call_answers", condition=Q(seat__member__call_answers__meeting=meeting))
    without = NoticeChoice.objects.against(Subject.MEETINGS).filter(member=OuterRef("seat__member"))
    of_none = Q(organisation=OuterRef("organisation")) | Q(organisation=None)
    others = Presence.objects.filter(of_none, meeting=meeting).beside()
    found: Any = meeting.organisations.annotate(seat=seats, has_others=Exists(others)).alias(said=answers)
    said = {name: F(f"said__{name}") for name in ("answer", "words", "said_at")}
    found = found.annotate(**said, wants_no_mail=Exists(without))
    found = found.select_related("organisation", "seat__member", *excused_as({}))
    return found.in_order("-seat__role", "seat")  # the ordinary first


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
    meeting.lock_attendance(CLOSED)  # before the rows are read: what somebody notes meanwhile is hers
    unnoted = [row for row in rows(meeting) if not row.is_noted]
    noted: list[OrganisationAtMeeting] = []
    new: list[Presence] = []
    there = meeting.presences.exclude(part=Presence.Part.RELIEVED).in_order()  # who led sits for hers besides
    taken = {presence.member_id: presence for presence in there if presence.member}
    for row in unnoted:
        span = row.expected
        if span and span.member.pk in taken:
            row.elsewhere = taken[span.member.pk]
            continue
        facts = {"state": row.expected_state, **excused_as(row.has_said_no), "updated_at": timezone.now()}
        row.at_meeting.set(facts, by=by)
        noted.append(row.at_meeting)
        if span:
            new.append(Presence.of(meeting, span, organisation=row.organisation, by=by, at=at))
            taken[new[-1].member_id] = new[-1]
    OrganisationAtMeeting.objects.bulk_update(noted, ["state", *excused_as({}), "updated_at", "updated_by"])
    Presence.objects.bulk_create(new)
    return unnoted


def one_after_the_other(
    first: AttendanceSpan, then: AttendanceSpan | None, back: Spot | None = None
) -> list[AttendanceSpan]:
    """The spans of one place: whoever takes over sits from the spot after the one that the other left.

    She sits to the end, or until the first is `back`, from that spot to the end.
    """
    if first.last is None:
        return [first]
    until = back and last_before(back)
    between = [replace(then, first=following(first.last), last=until)] if then else []
    return [first, *between, *([replace(first, first=back, last=None)] if back else [])]
