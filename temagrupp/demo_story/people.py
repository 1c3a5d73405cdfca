"""The demo's people, who are all invented, and how they come to sit in the group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from members.models import Seat
from temagrupp.demo_story.calendar import Calendar, at_clock
from temagrupp.demo_story.happening import Happening
from temagrupp.demo_story.reading import Record
from temagrupp.demo_story.working_hours import BY_WORDS, Hours

if TYPE_CHECKING:
    from temagrupp.demo_story.data import Data
    from temagrupp.demo_story.teller import Teller

PASSWORD = "ljus i tunneln"  # noqa: S105 for show
"""For everyone in the demo; it opens nothing else."""

COORDINATOR = "Maja Exempel"
ACCOUNTS = {
    "samordnare": COORDINATOR,
    "ordinarie": "Omar Prov",
    "ersättare": "Gun Prototyp",
    "handläggare": "Tove Test",
    "läsare": "Sara Mall",
    "gäst": "Per Modell",
}
"""One person for each role, to sign in as."""

SEATS = {"ordinarie": Seat.Role.ORDINARY, "ersättare": Seat.Role.DEPUTY}
ROLES = {*SEATS, "handläggare", "samordnare", "läsare", "gäst"}
PLAIN = str.maketrans("åäöÅÄÖ ", "aaoAAO.")


@dataclass(frozen=True)
class Person:
    """A member as the data knows her: `organisation` by its short name, nothing for a guest."""

    name: str
    title: str
    organisation: str
    hours: Hours


def person(row: Record) -> Person:
    row.only("namn", "titel", "organisation", "roll", "från", "slutar", "arbetstid")
    return Person(row["namn"], row.get("titel"), row.get("organisation"), row.choice("arbetstid", BY_WORDS, "kontor"))


def address(name: str) -> str:
    """`omar.prov@trygghet.example`: no mail to that ending reaches anybody."""
    return f"{name.translate(PLAIN).lower()}@trygghet.example"


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
            member.answer_for([organisation] if organisation else [])
        elif self.role in SEATS and organisation:
            since = teller.formed if not self.row.get("från") else teller.clock.now.date()
            Seat.appoint(organisation=organisation, member=member, role=SEATS[self.role], since=since)


@dataclass(frozen=True)
class _Leaves:
    row: Record

    def __call__(self, teller: Teller) -> None:
        teller.members[self.row["namn"]].change(is_active=False)
