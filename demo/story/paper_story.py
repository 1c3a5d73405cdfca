"""Meetings that were held before the register, and are entered from their papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from base.documents.pdf import pdf
from base.documents.tree import Block, Document, Paragraph, Subheading
from base.files.gate import clear
from demo.story.calendar import Calendar
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.meeting_story import LENGTH
from demo.story.reading import Record
from demo.story.teller import Teller
from demo.story.working_hours import Hours
from meetings import letterhead
from meetings.on_paper import enter_meeting


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    for record in data.paper_meetings:
        record.only("vecka", "skrivs_in", "plats", "narvarande", "forhinder", "beslut", "text")
        moment = Hours.OFFICE.at_work(calendar.moment(record["skrivs_in"]), calendar.now)
        yield Happening(moment, partial(_is_entered, record=record, calendar=calendar), record)


def _is_entered(teller: Teller, *, record: Record, calendar: Calendar) -> None:
    """The samordnare types what stands in the binder, and adds the paper itself."""
    starts_at = calendar.meeting(record["vecka"])
    excused = [teller.organisations[name] for name in record.list("forhinder")]
    decisions = record.list("beslut")
    blocks: tuple[Block, ...] = (Paragraph(record["text"]), Subheading("Beslut"), *map(Paragraph, decisions))
    sender, day = letterhead.sender(), starts_at.date()
    paper = Document("Minnesanteckningar", record["plats"], sender, day, made_at=starts_at + LENGTH, blocks=blocks)
    enter_meeting(
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        place=record["plats"],
        people="\n".join(record.list("narvarande")),
        excused=excused,
        decisions="\n".join(decisions),
        files=[clear(pdf(paper), "Minnesanteckningar på papper.pdf")],
        chair=teller.coordinator,
        secretary=teller.coordinator,
        **teller.acts(),
    )
