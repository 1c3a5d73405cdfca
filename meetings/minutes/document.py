"""The minutes as a document to hand on: what the page shows, laid out for letterhead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from base.documents.tree import Block, Column, Document, Facts, Paragraph, Subheading, Table
from meetings import letterhead
from meetings.minutes.reading import NO_ACTIONS, Told, ToldHeading, ToldItem, told_as_draft, told_as_frozen
from meetings.models import Meeting, Minutes

ATTENDANCE = (Column("Organisation", 2), Column("Närvarande", 3))
ACTIONS = (Column("Beslut", 9), Column("Åtgärd", 21), Column("Vem får frågan", 25), Column("Svar senast", 18))


def minutes_document(meeting: Meeting, minutes: Minutes | None) -> Document:
    """A version as it was frozen; without one the draft of what it would be."""
    if minutes is None:
        return _document(told_as_draft(meeting), timezone.now())
    return _document(told_as_frozen(minutes), minutes.made_at)


def _document(told: Told, made_at: datetime) -> Document:
    return Document(
        title="Minnesanteckningar",
        about=told.title,
        sender=letterhead.sender(told.group),
        day=told.day,
        made_at=made_at,
        blocks=(
            Facts(told.facts),
            *_attendance(told),
            *(block for heading in told.headings for block in _heading(heading)),
            *_actions(told),
            *([Paragraph(told.saved, soft=True)] if told.saved else []),
        ),
        draft=told.draft,
    )


def _attendance(told: Told) -> Iterator[Block]:
    yield Subheading("Närvaro")
    yield Table(ATTENDANCE, tuple((row.organisation, row.sat) for row in told.attendance))
    if told.guests:
        yield Paragraph(f"Adjungerade: {told.guests}.")


def _heading(heading: ToldHeading) -> Iterator[Block]:
    yield Subheading(heading.title)
    for sentence in heading.sentences:
        yield Paragraph(sentence)
    for item in heading.items:
        yield from _item(item)


def _item(item: ToldItem) -> Iterator[Block]:
    if item.title:
        yield Subheading(f"{item.title} {item.issue}".rstrip(), level=3)
    if item.passing:
        yield Paragraph(item.passing, soft=True, leads_on=bool(item.note or item.decisions))
    if item.note:
        yield Paragraph(item.note)
    for decision in item.decisions:
        yield Paragraph(decision.text, lead=f"{decision.name}:")


def _actions(told: Told) -> Iterator[Block]:
    yield Subheading("Åtgärder som föreslås")
    rows = tuple((action.decision, action.title, action.organisation, action.answer_due) for action in told.actions)
    yield Table(ACTIONS, rows) if rows else Paragraph(NO_ACTIONS)
