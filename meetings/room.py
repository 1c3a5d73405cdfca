"""The position in the agenda during a meeting: current line, previous, next, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from meetings.agenda.building import AgendaHeading, AgendaLine, points, points_discussed
from meetings.models import AgendaItem


@dataclass
class RoomPosition:
    """One item's place in the agenda as the member sees it. A removed item has none."""

    agenda: list[AgendaHeading]
    item: AgendaItem

    @cached_property
    def headings(self) -> list[AgendaHeading]:
        """The headings with at least one line that the member may see."""
        return [heading for heading in self.agenda if heading.lines]

    @cached_property
    def lines(self) -> list[AgendaLine]:
        return [line for heading in self.headings for line in heading.lines]

    @property
    def step(self) -> int:
        """The item's number among `total`, counted from one; nought when it is not on the agenda."""
        return next((n for n, line in enumerate(self.lines, start=1) if line.item == self.item), 0)

    @property
    def total(self) -> int:
        return points(self.headings)

    @property
    def spoken(self) -> int:
        return points_discussed(self.headings)

    @property
    def left(self) -> int:
        return self.total - self.spoken

    @property
    def line(self) -> AgendaLine | None:
        return self.lines[self.step - 1] if self.step else None

    @property
    def previous(self) -> AgendaLine | None:
        return self.lines[self.step - 2] if self.step > 1 else None

    @property
    def following(self) -> AgendaLine | None:
        return self.lines[self.step] if 0 < self.step < self.total else None

    @cached_property
    def heading(self) -> AgendaHeading | None:
        """The heading the item stands under."""
        return next((heading for heading in self.headings if self.line in heading.lines), None)

    @property
    def beside(self) -> list[AgendaLine]:
        """The other lines under the heading that have not been spoken of."""
        lines = self.heading.lines if self.heading else []
        return [line for line in lines if line != self.line and not line.is_discussed]
