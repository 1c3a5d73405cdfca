"""The minutes as a document: what the page shows, with the group as its sender."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from base.documents.tree import Block, Column, Document, Facts, Paragraph, Subheading, Table
from meetings import letterhead
from meetings.minutes.reading import (
    NO_ACTIONS,
    MinutesHeadingView,
    MinutesItemView,
    MinutesView,
    draft_view,
    frozen_view,
)
from meetings.models import Meeting, Minutes

ATTENDANCE = (Column("Organisation", 2), Column("Närvarande", 3))
ACTIONS = (Column("Beslut", 9), Column("Åtgärd", 21), Column("Ansvarig", 25), Column("Svar senast", 18))


def minutes_document(meeting: Meeting, minutes: Minutes | None) -> Document:
    """The document of a frozen version; without one, of the draft."""
    if minutes is None:
        return _document(draft_view(meeting), timezone.now())
    return _document(frozen_view(minutes), minutes.made_at)


def _document(minutes_view: MinutesView, made_at: datetime) -> Document:
    return Document(
        title="Minnesanteckningar",
        about=minutes_view.title,
        sender=letterhead.sender(minutes_view.group),
        day=minutes_view.day,
        made_at=made_at,
        blocks=(
            Facts(minutes_view.facts),
            *_attendance(minutes_view),
            *(block for heading in minutes_view.headings for block in _heading(heading)),
            *_actions(minutes_view),
            *([Paragraph(minutes_view.saved, soft=True)] if minutes_view.saved else []),
        ),
        draft=minutes_view.draft,
    )


def _attendance(minutes_view: MinutesView) -> Iterator[Block]:
    yield Subheading("Närvaro")
    yield Table(ATTENDANCE, tuple((row.organisation, row.sat) for row in minutes_view.attendance))
    if minutes_view.guests:
        yield Paragraph(f"Adjungerade: {minutes_view.guests}.")


def _heading(heading: MinutesHeadingView) -> Iterator[Block]:
    yield Subheading(heading.title)
    for sentence in heading.sentences:
        yield Paragraph(sentence)
    for item in heading.items:
        yield from _item(item)


def _item(item: MinutesItemView) -> Iterator[Block]:
    if item.title:
        yield Subheading(f"{item.title} {item.issue}".rstrip(), level=3)
    if item.passing:
        yield Paragraph(item.passing, soft=True, leads_on=bool(item.note or item.decisions))
    if item.note:
        yield Paragraph(item.note)
    for decision in item.decisions:
        yield Paragraph(decision.text, lead=f"{decision.name}:")


def _actions(minutes_view: MinutesView) -> Iterator[Block]:
    yield Subheading("Åtgärder som föreslås")
    rows = tuple(
        (action.decision, action.title, action.organisation, action.answer_due) for action in minutes_view.actions
    )
    yield Table(ACTIONS, rows) if rows else Paragraph(NO_ACTIONS)
