"""A deputy who takes over, and an ordinary who is back: a button in the row, for the fields that say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from base.swedish.points import at_point
from meetings.attendance import AttendanceRow
from meetings.forms.attendance_choices import choice_of
from meetings.models import Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import Spot, following, read, spelled
from meetings.parts import Parts, parts_at
from meetings.room import RoomPosition
from members.models import Seat

VALUE = re.compile(r"(?P<row>[0-9]{1,18})\.(?P<after>[0-9]{1,4}(\.[0-9]{1,3})?)(?P<back>-back)?")
NOT_ANY_LONGER = "har ändrats medan sidan låg öppen, och ingen har tagit över. Se efter vem som var närvarande."
ORDINARY, DEPUTY = Presence.Capacity.ORDINARY, Presence.Capacity.DEPUTY


@dataclass(frozen=True)
class TakingOver:
    """That the deputy speaks for the organisation from the spot after that one, or that the ordinary `is_back` then."""

    row: AttendanceRow
    person: AttendanceSpan
    after: Spot
    parts: Parts
    is_back: bool = False

    @property
    def value(self) -> str:
        """What the button sends: the point is the one that it says, however far the meeting has come since."""
        return f"{self.row.at_meeting.pk}.{spelled(self.after)}{'-back' if self.is_back else ''}"

    @property
    def words(self) -> str:
        """Gun Prototyp tar över från punkt 7 · Omar Prov är tillbaka från § 20."""
        return f"{self.person.person} {'är tillbaka' if self.is_back else 'tar över'} från {self._point}"

    @property
    def receipt(self) -> str:
        told = "är tillbaka" if self.is_back else "tar över"
        return f"{self.person.person} {told} för {self.row.organisation} från {self._point}."

    @property
    def _point(self) -> str:
        return at_point(self.parts.number(following(self.after)))


def change_of(row: AttendanceRow, after: Spot | None, parts: Parts) -> TakingOver | None:
    """What is offered at a spot: that the deputy takes over after it, or that the ordinary is back."""
    return taking_over(row, after, parts) or coming_back(row, after, parts)


def taking_over(row: AttendanceRow, after: Spot | None, parts: Parts) -> TakingOver | None:
    """What is offered while the ordinary alone is noted, to the end, and there is a deputy and a next point."""
    if after is None or len(row.presences) != 1 or not (row.deputy and row.deputy.is_active):
        return None
    [speaking] = row.presences
    if (speaking.capacity, speaking.last) != (ORDINARY, None) or not _is_next(after, speaking, parts):
        return None
    return TakingOver(row, AttendanceSpan(row.deputy, DEPUTY), after, parts)


def coming_back(row: AttendanceRow, after: Spot | None, parts: Parts) -> TakingOver | None:
    """What is offered while the deputy speaks to the end since the ordinary left, and there is a next point."""
    if after is None or [one.capacity for one in row.presences] != [ORDINARY, DEPUTY]:
        return None
    left, speaking = row.presences
    if speaking.last is not None or not _is_next(after, speaking, parts):
        return None
    return TakingOver(row, left.as_span, after, parts, is_back=True)


def _is_next(after: Spot, speaking: Presence, parts: Parts) -> bool:
    """Whether there is a point after that one, at which whoever speaks has spoken."""
    return speaking.first < following(after) < parts.end + 1


def offered_at(position: RoomPosition, table: list[AttendanceRow]) -> list[TakingOver]:
    """Who may take over, or be back, after the item that the room shows."""
    parts = parts_at(position)
    return [offer for row in table if (offer := change_of(row, parts.current, parts))]


def taken_over(row: AttendanceRow, after: Spot, parts: Parts) -> TakingOver | None:
    """What a button is for that was pressed twice, or by two: she has taken over from that very point."""
    if len(row.presences) != 2 or row.deputy is None:
        return None
    speaking, then = row.presences
    facts = (speaking.capacity, speaking.last, then.member, then.capacity, then.first, then.last)
    if facts != (ORDINARY, after, row.deputy, DEPUTY, following(after), None):
        return None
    return TakingOver(row, AttendanceSpan(row.deputy, DEPUTY), after, parts)


def come_back(row: AttendanceRow, after: Spot, parts: Parts) -> TakingOver | None:
    """The same of the button by which the first is back."""
    if len(row.presences) != 3:
        return None
    first, _, back = row.presences
    if (back.member, back.first, back.last) != (first.member, following(after), None):
        return None
    return TakingOver(row, first.as_span, after, parts, is_back=True)


def asked_for(data: Any, table: list[AttendanceRow], parts: Parts) -> tuple[AttendanceRow | None, TakingOver | None]:
    """The row of the button that was pressed, and what it is for; None where it is so no longer."""
    sent = VALUE.fullmatch(str(data.get("takes_over") or "")) if data else None
    row = next((row for row in table if sent and row.at_meeting.pk == int(sent["row"])), None)
    if row is None or sent is None:
        return row, None
    after = read(sent["after"])
    offered, done = (coming_back, come_back) if sent["back"] else (taking_over, taken_over)
    return row, offered(row, after, parts) or done(row, after, parts)


def filled_in(data: Any, asked: TakingOver) -> Any:
    """What would have been sent if somebody had filled in the fields of the row, also where it was not on the page."""
    filled, prefix, first = data.copy(), asked.row.at_meeting.anchor, asked.row.presences[0]
    shown = {"who": choice_of(asked.row, first), "first": spelled(first.first)}
    if asked.is_back:
        said = {"back": spelled(following(asked.after))}
        shown |= {"last": spelled(first.last or asked.after), "then": choice_of(asked.row, asked.row.presences[1])}
    else:
        said = {"last": spelled(asked.after), "then": Seat.Role.DEPUTY.value}
    for name, value in {**shown, **said}.items():
        if name in said or f"{prefix}-{name}" not in filled:
            filled[f"{prefix}-{name}"] = value
    return filled
