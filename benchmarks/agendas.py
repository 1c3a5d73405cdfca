"""The headings of the meetings that were held, and the places under them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from benchmarks.copying import Rows
from meetings.models import AgendaTemplate, Heading, Meeting
from meetings.own_headings import COPIED

MINUTES = 10
"""Planned for each heading."""


class Agendas:
    def __init__(self) -> None:
        self.template = AgendaTemplate.objects.default()
        self.standard = list(self.template.headings.filter(removed=False).values(*COPIED))
        self.headings: dict[tuple[str, str], Heading] = {}
        self.under: defaultdict[tuple[str, str], int] = defaultdict(int)

    def begin(self, rows: Rows, meeting: Meeting, held: datetime) -> None:
        """The headings of the template became the meeting's own."""
        for facts in self.standard:
            own = rows.add(Heading, held, meeting=meeting, settled=True, **{**facts, "minutes": MINUTES})
            self.headings[meeting.number, own.rule] = own

    def last_under(self, rule: str, meeting: Meeting) -> dict[str, Any]:
        """The place of an item that comes after those under the heading, as the closing of the meeting stored it."""
        self.under[meeting.number, rule] += 1
        return {"heading": self.headings[meeting.number, rule], "position": self.under[meeting.number, rule]}
