"""Those at a meeting who speak for no organisation: further participants from one, and guests.

They are noted one by one, or several at once in words: a line for each, with name, title and where she comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from base.swedish.text import normalize_line
from meetings.attendance import AttendanceRow
from meetings.models import Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import CLOSED
from meetings.models.presence import LONGEST_HOME, LONGEST_NAME, LONGEST_TITLE, AttendanceSpan
from members.actor import Actor
from members.models import Member

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity
NOBODY_CAME = {State.EXCUSED, State.ABSENT, State.VACANT}
MOST_LINES = 100
BETWEEN = re.compile(r"[,;\t]")


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be noted: `row` of the organisation that she comes from, or None for a guest."""

    span: AttendanceSpan
    row: AttendanceRow | None = None

    def during(self, first: int, last: int | None) -> Newcomer:
        return replace(self, span=replace(self.span, first=first, last=last))


def of_member(member: Member, table: Iterable[AttendanceRow]) -> Newcomer:
    """A member from the organisation that she has a seat for; else she is a guest."""
    for row in table:
        for role, seated in row.seated.items():
            if seated == member:
                return Newcomer(AttendanceSpan(member, role), row)
    return Newcomer(AttendanceSpan(member, Capacity.CO_OPTED))


def in_words(text: str, table: list[AttendanceRow]) -> list[Newcomer]:
    """Those of the lines: name, title, organisation or other place. Raises ValidationError, which tells of each line.

    What stands last is where she comes from; of two words the second is a title unless it names an organisation.
    Somebody who has a seat is known by the name of hers.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" ,;\t")]
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Det är {len(lines)} rader. Skriv högst {MOST_LINES} åt gången.")
    found: dict[tuple[object, ...], Newcomer] = {}
    errors = []
    for number, line in lines:
        try:
            newcomer = _read(line, table)
            key = (newcomer.span.person.casefold(), newcomer.span.home.casefold(), newcomer.row and id(newcomer.row))
            if key in found:
                raise ValidationError(f"{newcomer.span.person} står på två rader.")
            found[key] = newcomer
        except ValidationError as error:
            errors += [f"Rad {number}: {message}" for message in error.messages]
    if errors:
        raise ValidationError(errors)
    return list(found.values())


def _read(line: str, table: list[AttendanceRow]) -> Newcomer:
    name, *more = (normalize_line(part) for part in BETWEEN.split(line))
    names = {word: row for row in table for word in _called(row)}
    row = names.get(more[-1].casefold()) if more else None
    home = more.pop() if row or len(more) > 1 else ""
    title = ", ".join(filter(None, more))
    for words, limit, what in (
        (name, LONGEST_NAME, "Namnet är för långt."),
        (title, LONGEST_TITLE, "Titeln är för lång."),
        (home, LONGEST_HOME, "Det som står sist är för långt."),
    ):
        if len(words) > limit:
            raise ValidationError(f"{what} Det får plats {limit} tecken.")
    if not any(map(str.isalpha, name)):
        raise ValidationError("Skriv namnet först på raden.")
    if row is None:
        return Newcomer(AttendanceSpan(None, Capacity.CO_OPTED, name=name, title=title, home=home))
    for role, member in row.seated.items():
        if str(member).casefold() == name.casefold():
            return Newcomer(AttendanceSpan(member, role), row)
    return Newcomer(AttendanceSpan(None, Capacity.NONE, name=name, title=title), row)


def _called(row: AttendanceRow) -> set[str]:
    return {name.casefold() for name in (row.organisation.name, row.organisation.short_name) if name}


@transaction.atomic
def admit(meeting: Meeting, newcomer: Newcomer, *, by: Actor, at: datetime | None = None) -> Presence:
    """Note somebody who is there beside whoever speaks. From an organisation that nobody came from, she speaks for it.

    Raises ValidationError when she is noted already, NotAllowed when the meeting has closed.
    """
    meeting.lock_open(CLOSED)
    if newcomer.row is None:
        return Presence.seat(meeting, newcomer.span, organisation=None, by=by, at=at)
    at_meeting = newcomer.row.at_meeting
    organisation = at_meeting.organisation
    at_meeting.lock()
    speaks = at_meeting.state in NOBODY_CAME
    if speaks:
        at_meeting.save(update_fields=at_meeting.set({"state": State.REPRESENTED}, by=by))
    return Presence.seat(meeting, newcomer.span, organisation=organisation, by=by, at=at, is_beside=not speaks)


@transaction.atomic
def change_part(presence: Presence, *, first: int, last: int | None, by: Actor, version: str = "") -> None:
    """Another part of the meeting for who speaks for none. Raises EditConflict, ValidationError, NotAllowed."""
    meeting = presence.meeting
    meeting.lock_open(CLOSED)
    presence.lock(version)
    presence.set({"items": replace(presence.as_span, first=first, last=last).items}, by=by)
    presence.save_checked()


@transaction.atomic
def strike_participant(presence: Presence, *, by: Actor) -> None:
    """Remove who was noted by mistake and speaks for no organisation. Raises NotAllowed."""
    presence.meeting.lock_open(CLOSED)
    for row in Presence.objects.beside().filter(pk=presence.pk):  # another may have, while this one waited
        row.discard(by=by)
