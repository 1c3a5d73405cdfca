"""The clock of the room against the plan: when an item was to begin and end, as `agenda/clock_times.py` reckons it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from meetings.agenda.lines import AgendaLine
from meetings.models import Meeting

FORESEEN = 120
"""For how many minutes the page knows what the clock will say, for a script that shows it."""
LEFT_OPEN = timedelta(hours=12)
"""After so long a meeting is not being held: it waits to be closed."""


@dataclass(frozen=True)
class RoomClock:
    """What the clock says at one item, which was planned to stand between two moments; None where nobody planned it."""

    begins: datetime | None
    ends: datetime | None

    @classmethod
    def at(cls, meeting: Meeting, lines: Sequence[AgendaLine], step: int) -> RoomClock | None:
        """The clock at the item of that number, while the meeting is under way; one left open has no plan any more."""
        if not meeting.is_under_way:
            return None
        if not step or timezone.now() - meeting.held_at > LEFT_OPEN:
            return cls(None, None)
        return cls(lines[step - 1].planned_at, lines[step - 1].planned_until)

    def words(self, now: datetime) -> str:
        """The time, how it is against the plan, and as planned how much is left of the item: a phone has little room.

        Klockan 13.22, 3 min efter planen · Klockan 13.22, enligt planen, 8 min kvar
        """
        told = f"Klockan {timezone.localtime(now):%H.%M}"
        if self.begins is None:
            return told
        late, early = _minutes(now - (self.ends or self.begins)), max(0, _minutes(self.begins - now))
        if late > 0:
            return f"{told}, {late} min efter planen"
        if early:
            return f"{told}, {early} min före planen"
        return f"{told}, enligt planen{f', {-late} min kvar' if self.ends and late < 0 else ''}"

    @property
    def now(self) -> str:
        return self.words(timezone.now())

    @property
    def to_come(self) -> str:
        """What it says minute by minute from now, each after a bar, for a script that reckons nothing itself."""
        now = timezone.now()
        return "|".join(self.words(now + timedelta(minutes=minute)) for minute in range(FORESEEN))

    @property
    def seconds(self) -> int:
        """How much of the minute has gone, of which the page tells."""
        return timezone.localtime(timezone.now()).second


def _minutes(length: timedelta) -> int:
    """Whole minutes, those of a minute that has begun counted from the first of it."""
    return int(length.total_seconds() // 60)
