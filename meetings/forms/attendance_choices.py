"""What the form of an organisation's attendance offers: who is there for it, who is excused by name, or that nobody is.

A choice names its persons by their keys, so that it means the same when it is sent as when it was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from base.swedish.words import listed
from meetings.attendance import AttendanceRow
from meetings.models import OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import FIRST
from members.models import Member, Seat

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity
ORDINARY, DEPUTY = Seat.Role.ORDINARY.value, Seat.Role.DEPUTY.value


@dataclass(frozen=True)
class AttendanceChoice:
    """One of the answers to who is there: what it says, and what it notes. `away` is in whose place she is there."""

    label: str
    state: str = State.REPRESENTED
    person: AttendanceSpan | None = None
    excused: Mapping[str, Member] = field(default_factory=dict)
    away: Member | None = None


def choices_of(row: AttendanceRow) -> dict[str, AttendanceChoice]:
    """By its value each of the answers: a person, one who is excused, or that nobody came."""
    offered = {State.UNNOTED.value: _nobody(State.UNNOTED)}
    for key, person in people_of(row).items():
        excused = {role: one for role, one in row.has_said_no.items() if one != person.member}
        offered[key] = AttendanceChoice(_called(person), person=person, excused=excused)
        if away := _ordinary_away(row, person):
            instead = f"{_called(person)}, {away} har förhinder"
            excused = {ORDINARY: away, **excused}
            offered[instead_of(key, away)] = AttendanceChoice(instead, person=person, excused=excused, away=away)
    for people in _may_be_excused(row):
        offered[excused_choice(people)] = AttendanceChoice(_excused_label(people), State.EXCUSED, excused=people)
    if (not row.seated and not row.at_meeting.excused_by_place) or excused_choice({}) == choice_noted(row):
        offered[State.EXCUSED.value] = _nobody(State.EXCUSED)
    return offered | {state.value: _nobody(state) for state in (State.ABSENT, State.VACANT)}


def people_of(row: AttendanceRow) -> dict[str, AttendanceSpan]:
    """Choice → a person: who has the places, who is noted though another has them now, and further participants."""
    seated = {role: AttendanceSpan(row.seated[role], role) for role in (ORDINARY, DEPUTY) if role in row.seated}
    there = {choice_of(row, presence): replace(presence.as_span, first=FIRST, last=None) for presence in row.there}
    return there | seated


def choice_of(row: AttendanceRow, presence: Presence) -> str:
    """The choice that is the noted person: her capacity, and who she is where another has the place now."""
    if row.seated.get(presence.capacity) == presence.member and presence.member:
        return presence.capacity
    return f"{presence.capacity}-{presence.member_id or presence.person_key}"


def choice_noted(row: AttendanceRow) -> str:
    """The choice that is what is noted of the organisation."""
    if not row.presences:
        return excused_choice(row.at_meeting.excused_by_place) if row.state == State.EXCUSED else row.state
    speaking = row.presences[0]
    away = _ordinary_away(row, speaking.as_span)
    is_noted = away and row.at_meeting.excused_by_place.get(ORDINARY) == away
    return instead_of(choice_of(row, speaking), away) if away and is_noted else choice_of(row, speaking)


def instead_of(choice: str, away: Member) -> str:
    """That the person of the choice is there in her place: deputy-for-12, where deputy-12 is a deputy of before."""
    return f"{choice}-for-{away.pk}"


def excused_choice(people: Mapping[str, Member]) -> str:
    """That these are excused: excused-12-15."""
    return "-".join([State.EXCUSED.value, *(str(member.pk) for member in people.values())])


def _may_be_excused(row: AttendanceRow) -> Iterator[dict[str, Member]]:
    """The ordinary, the deputy or both, as they are noted or have the places now; with all who have said so already."""
    noted = row.at_meeting.excused_by_place if row.state == State.EXCUSED else {}
    offered = []
    for roles in ([ORDINARY], [DEPUTY], [ORDINARY, DEPUTY]):
        people = {role: row.seated[role] for role in roles if role in row.seated}
        if len(people) == len(roles) and row.has_said_no.keys() <= people.keys():
            offered.append(people)
    yield from offered
    if noted and noted not in offered:
        yield noted


def _ordinary_away(row: AttendanceRow, person: AttendanceSpan) -> Member | None:
    """The ordinary in whose place another is there, and who has not said before that she cannot come."""
    if person.capacity == Capacity.ORDINARY:
        return None
    away = row.at_meeting.excused_by_place.get(ORDINARY) or row.ordinary
    return away if away and away not in (person.member, row.has_said_no.get(ORDINARY)) else None


def _nobody(state: OrganisationAtMeeting.State) -> AttendanceChoice:
    return AttendanceChoice(str(state.label), state)


def _called(person: AttendanceSpan) -> str:
    return f"{person.person} ({Capacity(person.capacity).label.lower()})"


def _excused_label(people: Mapping[str, Member]) -> str:
    """Anmält förhinder: Omar Prov (ordinarie)."""
    named = [f"{member} ({Capacity(role).label.lower()})" for role, member in people.items()]
    return f"{State.EXCUSED.label}: {listed(named)}"
