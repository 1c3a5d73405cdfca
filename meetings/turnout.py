"""How an organisation was at a meeting: its word and its glyph, one set for every page."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from meetings.models import OrganisationAtMeeting, Presence

Capacity, State = Presence.Capacity, OrganisationAtMeeting.State


class Turnout(Enum):
    """How an organisation was there: its word in a table, in a sentence about one meeting, and its glyph."""

    ORDINARY = "Ordinarie", "ordinarie", "present"
    DEPUTY = "Ersättare", "ersättare", "deputy"
    OTHER = "Någon annan", "någon annan", "somebody"
    EXCUSED = "Förhinder", "förhinder", "excused"
    ABSENT = "Frånvarande", "frånvarande", "absent"
    VACANT = "Ingen utsedd", "ingen utsedd", "unfilled"
    OUTSIDE = "Inte med", "inte med", "outside"

    def __init__(self, heading: str, word: str, glyph: str) -> None:
        self.heading, self.word, self.glyph = heading, word, glyph

    @property
    def is_there(self) -> bool:
        return self in {Turnout.ORDINARY, Turnout.DEPUTY, Turnout.OTHER}


def came(state: str, capacities: Collection[str]) -> Turnout:
    if state == State.REPRESENTED:
        if Capacity.ORDINARY in capacities:
            return Turnout.ORDINARY
        return Turnout.DEPUTY if Capacity.DEPUTY in capacities else Turnout.OTHER
    return {State.EXCUSED: Turnout.EXCUSED, State.VACANT: Turnout.VACANT}.get(State(state), Turnout.ABSENT)
