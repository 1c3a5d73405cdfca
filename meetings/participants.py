"""Those at a meeting who speak for no organisation: further participants from one, and guests.

They are noted one by one, or several at once in words: a line for each, with name, title and where she comes from.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from base.records import not_restricted
from meetings.attendance import AttendanceRow
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting, Presence, Presenter
from meetings.models.attendance import CLOSED, excused_as
from meetings.models.presence import GUEST_CAPACITIES, OFFICES, AttendanceSpan
from meetings.models.presenter import NamedPerson, Presenting
from meetings.models.spot import Spot, part_in_words
from meetings.named_lines import BETWEEN, Accounts, each_line, named_person
from meetings.officers import change_relieved, note_officer, office_in
from members.actor import Actor
from members.models import Member

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity
KINDS = {Capacity(key).label.casefold(): key for key in GUEST_CAPACITIES}
NOBODY_CAME = {State.EXCUSED, State.ABSENT, State.VACANT}


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be noted: `row` of the organisation that she comes from, or None for a guest.

    kind   as what a guest is there, where that is said of her
    """

    span: AttendanceSpan
    row: AttendanceRow | None = None
    kind: str = ""

    def during(self, first: Spot, last: Spot | None) -> Newcomer:
        return replace(self, span=replace(self.span, first=first, last=last))

    def noted_as(self, guest: str) -> Newcomer:
        """As what she is there, if she is a guest of whom nothing else is said."""
        return self if self.row else replace(self, span=replace(self.span, capacity=self.kind or guest))


def of_member(member: Member, table: Iterable[AttendanceRow]) -> Newcomer:
    """A member from the organisation that she has a seat for; else she is a guest."""
    for row in table:
        for role, seated in row.seated.items():
            if seated == member:
                return Newcomer(AttendanceSpan(member, role), row)
    return Newcomer(AttendanceSpan(member, Capacity.GUEST))


def of_presenter(who: Presenting, table: list[AttendanceRow]) -> Newcomer:
    """One who presents an item: at the organisation that she is said to come from, else as a guest."""
    if isinstance(who, Member):
        return of_member(who, table)
    names = {word: row for row in table for word in _called(row)}
    return _newcomer(who, names.get(who.home.casefold()), None, table)


def presenting(meeting: Meeting, table: list[AttendanceRow], beside: Iterable[Presence]) -> dict[str, Presenting]:
    """Those who present something on the agenda and neither sit, lead the meeting nor are noted, by key; one query.

    Of what is restricted nobody is told.
    """
    standing = AgendaItem.objects.at(meeting).on_agenda().filter(not_restricted("issue"))
    named = Presenter.objects.filter(item__in=standing.values("pk")).select_related("member__organisation", "contact")
    known: set[Hashable] = {*meeting.in_office.values()}
    known |= {member.pk for row in table for member in row.seated.values()}
    known |= {one.member_id or one.name.casefold() for row in table for one in row.presences}
    known |= {one.member_id or one.name.casefold() for one in beside}
    offered: dict[str, Presenting] = {}
    for presenter in named.order_by("pk"):
        key = presenter.member_id or presenter.name.casefold()
        if key not in known:
            offered[f"{presenter.pk}"] = presenter.who
            known.add(key)
    return offered


def in_words(text: str, table: list[AttendanceRow]) -> list[Newcomer]:
    """Those of the lines: name, title, organisation or other place. Raises ValidationError, which tells of each line.

    What stands last is where she comes from; of two words the second is a title unless it names an organisation.
    Somebody who has an account is known by her name, as is who has a seat for the organisation. Of a guest a line may
    say as what she is there: Anna Exempel, adjungerad, kurator, Jouren · Anna Exempel (adjungerad).
    """
    if not text.strip():
        return []
    names, accounts = {word: row for row in table for word in _called(row)}, Accounts.known()

    def read(line: str) -> Newcomer:
        rest, kind = _kind_said(line)
        guest = newcomer(rest)
        return replace(guest, kind=kind) if kind and guest.row is None else newcomer(line)

    def newcomer(line: str) -> Newcomer:
        person = named_person(line, names.__contains__)
        if person.name.casefold() in KINDS:
            raise ValidationError(f"”{person.name}” säger inte vem det är. Skriv namnet först på raden.")
        if person.address:
            raise ValidationError("Närvaron har inga e-postadresser. Ta bort den från raden.")
        return _newcomer(person, names.get(person.home.casefold()), accounts.of(person), table)

    def key(one: Newcomer) -> Hashable:
        return one.span.person.casefold(), one.span.home.casefold(), one.row and id(one.row)

    return each_line(text, read, key)


def _kind_said(line: str) -> tuple[str, str]:
    """The line without the word that says as what a guest is there, and what it says; "" where there is none."""
    parts = BETWEEN.split(line)
    for place, part in enumerate(parts):
        before, _, word = part.rpartition("(")
        kind = KINDS.get(word.strip(" )").casefold())
        if kind and (place or before.strip()):
            kept = [before] if before.strip() else []
            return ", ".join([*parts[:place], *kept, *parts[place + 1 :]]), kind
    return line, ""


def _newcomer(
    person: NamedPerson, row: AttendanceRow | None, account: Member | None, table: Iterable[AttendanceRow]
) -> Newcomer:
    if row is None and account:
        return of_member(account, table)
    if row is None:
        return Newcomer(AttendanceSpan(None, Capacity.GUEST, name=person.name, title=person.title, home=person.home))
    for role, member in row.seated.items():
        if str(member).casefold() == person.name.casefold():
            return Newcomer(AttendanceSpan(member, role), row)
    if account:
        return Newcomer(AttendanceSpan(account, Capacity.NONE), row)
    return Newcomer(AttendanceSpan(None, Capacity.NONE, name=person.name, title=person.title), row)


def _called(row: AttendanceRow) -> set[str]:
    return {name.casefold() for name in (row.organisation.name, row.organisation.short_name) if name}


@transaction.atomic
def admit(meeting: Meeting, newcomer: Newcomer, *, by: Actor, at: datetime | None = None) -> Presence:
    """Note somebody who is there beside whoever speaks. From an organisation that nobody came from, she speaks for it.

    Who was noted as excused is so no longer.

    Raises ValidationError when she is noted already, NotAllowed when the meeting has closed.
    """
    meeting.lock_attendance(CLOSED)
    if newcomer.row is None:
        _is_no_guest(meeting, newcomer.span)
        return Presence.seat(meeting, newcomer.span, organisation=None, by=by, at=at)
    at_meeting = newcomer.row.at_meeting
    organisation = at_meeting.organisation
    at_meeting.lock()
    speaks = at_meeting.state in NOBODY_CAME
    excused = {role: one for role, one in at_meeting.excused_by_place.items() if one != newcomer.span.member}
    if speaks or excused != at_meeting.excused_by_place:
        facts = {"state": State.REPRESENTED, **excused_as(excused)}
        at_meeting.save(update_fields=at_meeting.set(facts, by=by))
    return Presence.seat(meeting, newcomer.span, organisation=organisation, by=by, at=at, is_beside=not speaks)


def _is_no_guest(meeting: Meeting, span: AttendanceSpan) -> None:
    """Raises ValidationError where she leads the meeting or writes, and so stands in its minutes for that part."""
    if one := office_in(meeting, span):
        part = part_in_words(one.first, one.last, meeting.first_paragraph)
        office = " ".join(filter(None, (one.get_capacity_display().lower(), part)))
        raise ValidationError(f"{one.person} är mötets {office} och står redan i anteckningarna.")


@transaction.atomic
def change_part(
    presence: Presence, *, first: Spot, last: Spot | None, by: Actor, capacity: str = "", version: str = ""
) -> None:
    """Another part of the meeting for who speaks for none, and of a guest as what she is there.

    Raises EditConflict, ValidationError, NotAllowed.
    """
    if presence.is_officer:
        note_officer(presence, first=first, last=last, by=by, version=version)
        return
    if presence.was_relieved:
        change_relieved(presence, first=first, last=last, by=by, version=version)
        return
    meeting = presence.meeting
    meeting.lock_attendance(CLOSED)
    presence.lock(version)
    span = replace(presence.as_span, first=first, last=last, capacity=capacity or presence.capacity)
    if presence.organisation_id is None:
        _is_no_guest(meeting, span)
        if led := Presence.objects.relieved().taken(meeting, span, None):
            raise ValidationError(led.noted_already)
    presence.set({"items": span.items, "capacity": span.capacity}, by=by)
    presence.save_checked()


@transaction.atomic
def strike_participant(presence: Presence, *, by: Actor) -> None:
    """Remove who was noted by mistake and speaks for no organisation. Raises NotAllowed."""
    presence.meeting.lock_attendance(CLOSED)
    noted = Presence.objects.beside().exclude(capacity__in=OFFICES)
    for row in noted.filter(pk=presence.pk):  # another may have, while this one waited
        row.discard(by=by)
