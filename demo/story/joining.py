"""How people come to sit in the group, and leave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.story.calendar import Calendar, at_clock
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.reading import Record
from demo.story.teller import Teller
from members.actor import Actor
from members.models import Seat

SEATS = {"ordinarie": Seat.Role.ORDINARY, "ersättare": Seat.Role.DEPUTY}
ROLES = {*SEATS, "handläggare", "samordnare", "läsare", "gäst"}


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    """Each takes her place at the beginning or when the data says, and some leave."""
    begins = at_clock(calendar.first_day, "08.00")
    for row in data.members:
        role = row.choice("roll", {role: role for role in ROLES})
        joined = calendar.moment(f"{row.get('från')} 08.00") if row.get("från") else begins
        yield Happening(joined, _Joins(row, role), row)
        if left := row.get("slutar"):
            yield Happening(calendar.moment(f"{left} 17.00"), _Leaves(row), row)


@dataclass(frozen=True)
class _Joins:
    row: Record
    role: str

    def __call__(self, teller: Teller) -> None:
        name, short_name = self.row["namn"], self.row.get("organisation")
        organisation = teller.organisations[short_name] if short_name else None
        marks = {"is_coordinator": self.role == "samordnare", "is_reader": self.role == "läsare"}
        member = teller.members.get(name) or teller.admit(name, organisation, marks)
        if self.role == "handläggare":
            member.answer_for([organisation] if organisation else [], by=teller.appointing)
        elif self.role in SEATS and organisation:
            since = teller.formed if not self.row.get("från") else teller.clock.now.date()
            by, role = teller.appointing, SEATS[self.role]
            Seat.appoint(organisation=organisation, member=member, role=role, since=since, by=by)


@dataclass(frozen=True)
class _Leaves:
    row: Record

    def __call__(self, teller: Teller) -> None:
        teller.members[self.row["namn"]].change(by=Actor.of(teller.coordinator), is_active=False)
