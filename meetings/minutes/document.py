"""The minutes as a document: what the page shows, with the group as its sender."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from base.documents.tree import Block, Column, Document, Facts, Mark, Paragraph, Sender, Subheading, Table
from base.swedish.words import capital
from meetings import letterhead
from meetings.agenda.answered import ANSWERED
from meetings.minutes.editions import Edition
from meetings.minutes.reading import draft_view, frozen_view
from meetings.minutes.shown import MinutesHeadingView, MinutesItemView, MinutesView
from meetings.models import Heading, Meeting
from meetings.models.minutes import words_in
from meetings.standard_headings import previous
from members.models import Group

ATTENDANCE = (Column("Organisation", 2), Column("Närvarande", 3))
ACTIONS = (Column("Åtgärd", 20), Column("Ansvarig", 23), Column("Klart senast", 13), Column("Status", 21))


def minutes_document(edition: Edition, sender: Sender | None = None) -> Document:
    """The document of a frozen version, as it is read; `sender` is today's, where it is at hand."""
    return _document(frozen_view(edition), edition.made_at, sender)


def draft_document(meeting: Meeting) -> Document:
    """The document of the draft."""
    return _document(draft_view(meeting), timezone.now())


def example_document(edition: Edition, group: Group) -> Document:
    """The same version as its document would look by other settings, not saved yet: the word and the sender."""
    content = edition.content
    was, becomes = previous(words_in(content)), previous(group.minutes)
    headings = [
        heading | ({"title": becomes} if heading["rule"] == Heading.Rule.PREVIOUS and heading["title"] == was else {})
        for heading in content["headings"]
    ]
    told = content | {"headings": headings, "called": group.minutes_name, "group": group.signed_as}
    return _document(frozen_view(replace(edition, content=told)), edition.made_at, letterhead.sender(group=group))


def _document(minutes_view: MinutesView, made_at: datetime, sender: Sender | None = None) -> Document:
    """The sender is called as the group was when the meeting closed."""
    return Document(
        title=capital(minutes_view.called.name),
        about=minutes_view.title,
        sender=replace(sender or letterhead.sender(), name=minutes_view.group),
        day=minutes_view.day,
        made_at=made_at,
        blocks=(
            Facts(minutes_view.facts),
            *([Paragraph(minutes_view.saved, soft=True)] if minutes_view.saved else []),
            *_changed(minutes_view),
            *attendance_blocks(minutes_view),
            *(block for heading in minutes_view.headings for block in heading_blocks(heading)),
            *action_blocks(minutes_view),
            *appendix_blocks(minutes_view),
        ),
        mark=_mark(minutes_view),
    )


def _mark(minutes_view: MinutesView) -> Mark | None:
    if minutes_view.draft:
        return Mark("UTKAST", minutes_view.draft)
    return Mark("MASKERAD KOPIA", minutes_view.masked) if minutes_view.masked else None


def _changed(minutes_view: MinutesView) -> Iterator[Block]:
    """What a correction has put right, before all else."""
    if minutes_view.changed_since:
        yield Subheading(minutes_view.changed_since)
    if minutes_view.why:
        yield Paragraph(minutes_view.why)
    yield from map(Paragraph, minutes_view.changes)


def attendance_blocks(minutes_view: MinutesView) -> Iterator[Block]:
    yield Subheading("Närvaro")
    yield Table(ATTENDANCE, tuple((row.organisation, row.sat) for row in minutes_view.attendance))
    for capacity, people in minutes_view.guests:
        yield Paragraph(f"{capacity}: {people}.")


def heading_blocks(heading: MinutesHeadingView) -> Iterator[Block]:
    yield Subheading(heading.title)
    for sentence in heading.sentences:
        yield Paragraph(sentence, leads_on=bool(heading.said or heading.items or heading.answered))
    for organisation, text in heading.said:
        yield Paragraph(text, lead=f"{organisation}:")
    for item in heading.items:
        yield from _item(item)
    if heading.earlier:
        yield Subheading(heading.earlier_title, level=3)
        yield from map(Paragraph, heading.earlier)
    if heading.answered:
        yield Subheading(heading.answered_title, level=3)
        yield Table(ANSWERED, heading.answered)


def _item(item: MinutesItemView) -> Iterator[Block]:
    if item.title:
        yield Subheading(f"{item.title} {item.issue}".rstrip(), level=3)
    if item.passing:
        leads_on = bool(item.left or item.answers or item.note or item.decisions)
        yield Paragraph(item.passing, soft=True, leads_on=leads_on)
    if item.left:
        yield Paragraph(item.left)
    if item.note:
        yield Paragraph(item.note)
    for decision in item.decisions:
        yield Paragraph(decision.text, lead=f"{decision.name}:", struck=decision.is_struck)
    for answer in item.answers:
        yield Paragraph(answer)


def action_blocks(minutes_view: MinutesView) -> Iterator[Block]:
    if not (minutes_view.actions or minutes_view.no_actions):
        return
    yield Subheading("Åtgärdslista")
    rows = tuple(
        (
            _lines(action.title, action.decision),
            _lines(action.organisation, action.supporting),
            action.done_by,
            action.status,
        )
        for action in minutes_view.actions
    )
    yield Table(ACTIONS, rows) if rows else Paragraph(minutes_view.no_actions)


def appendix_blocks(minutes_view: MinutesView) -> Iterator[Block]:
    if minutes_view.appendices:
        yield Subheading("Bilagor")
        yield from map(Paragraph, minutes_view.appendices)


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))
