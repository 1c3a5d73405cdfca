"""The minutes as a document to hand on: what the page shows, from the same content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from meetings import paper
from meetings.minutes_reading import draft_of, read
from meetings.models import Meeting, Minutes, Section
from temagrupp.documents.tree import Block, Column, Document, Facts, Heading, Paragraph, Table

WHY_A_DRAFT = "Så skulle det bli om mötet avslutades nu."
ATTENDANCE = (Column("Organisation", 2), Column("Närvarande", 3))
ACTIONS = (Column("Beslut", 2), Column("Åtgärd", 6), Column("Vem får frågan", 5), Column("Svar senast", 4))


def minutes_document(meeting: Meeting, minutes: Minutes | None) -> Document:
    """A version as it was frozen; without one the draft of what it would be."""
    if minutes is None:
        return _document(read(draft_of(meeting)), timezone.now(), draft=WHY_A_DRAFT)
    return _document(read(minutes.content), minutes.made_at, saved=_saved(minutes))


def _document(told: dict[str, Any], made_at: datetime, *, saved: str = "", draft: str = "") -> Document:
    return Document(
        title="Minnesanteckningar",
        about=told["title"],
        sender=paper.sender(told["group"]),
        day=timezone.localdate(told["starts_at"]),
        made_at=made_at,
        blocks=(
            _facts(told),
            *_attendance(told),
            *(block for heading in told["headings"] for block in _heading(heading, told)),
            *_actions(told["actions"]),
            *([Paragraph(saved, soft=True)] if saved else []),
        ),
        draft=draft,
    )


def _saved(minutes: Minutes) -> str:
    replaces = f" Ersätter version {minutes.version - 1}." if minutes.version > 1 else ""
    return f"Version {minutes.version}, sparad {paper.printed_at(minutes.made_at)} av {minutes.made_by}.{replaces}"


def _facts(told: dict[str, Any]) -> Facts:
    facts = {
        "Tid": _held(told),
        "Plats": told["place"],
        "Ordförande": told["chair"],
        "Sekreterare": told["secretary"],
    }
    return Facts(tuple((name, value) for name, value in facts.items() if value))


def _held(told: dict[str, Any]) -> str:
    if not told["started_at"]:
        return paper.day(told["starts_at"])
    return paper.time_span(told["started_at"], told["closed_at"])


def _attendance(told: dict[str, Any]) -> Iterator[Block]:
    yield Heading("Närvaro")
    yield Table(ATTENDANCE, tuple((row["organisation"], _sat(row)) for row in told["attendance"]))
    if told["guests"]:
        guests = "; ".join(f"{person['name']}{person['span']}" for person in told["guests"])
        yield Paragraph(f"Adjungerade: {guests}.")


def _sat(row: dict[str, Any]) -> str:
    people = [f"{person['name']}, {person['capacity'].lower()}{person['span']}" for person in row["people"]]
    return "; ".join(people) or str(row["state_name"])


def _heading(heading: dict[str, Any], told: dict[str, Any]) -> Iterator[Block]:
    yield Heading(f"{heading['number']}. {heading['title']}")
    if heading["reports"]:
        reports = ", ".join(f"{report['organisation']} {report['observations']}" for report in heading["reports"])
        yield Paragraph(f"Nya observationer sedan förra mötet: {reports}.")
    if heading["number"] == Section.NEXT_MEETING:
        yield Paragraph(_next_meeting(told["next"]))
    if heading["is_empty"]:
        yield Paragraph("Inget att ta upp.")
    for item in heading["items"]:
        yield from _item(item)


def _next_meeting(following: dict[str, Any] | None) -> str:
    if not following:
        return "Tiden är inte bestämd."
    when = f"{paper.day(following['starts_at'])} klockan {paper.clock(following['starts_at'])}"
    return f"{when}, {following['place']}." if following["place"] else f"{when}."


def _item(item: dict[str, Any]) -> Iterator[Block]:
    if not item["standing"]:
        number = f"{item['number']} " if "." in item["number"] else ""
        issue = f" (ärende {item['issue']})" if item["issue"] else ""
        yield Heading(f"{number}{item['title']}{issue}", level=3)
        yield from _in_passing(item)
    if item["note"]:
        yield Paragraph(item["note"])
    for decision in item["decisions"]:
        feedback = f" Återkoppling: ”{decision['feedback']}”" if decision["feedback"] else ""
        yield Paragraph(
            f"{decision['text']}{feedback}", lead=" ".join(filter(None, ("Beslut", decision["number"]))) + ":"
        )


def _in_passing(item: dict[str, Any]) -> Iterator[Block]:
    """Why the item stood there, who presented it, and whether it was left."""
    presenter = f"Föredragande {item['presenter']}." if item["presenter"] else ""
    left = "" if item["spoken_of"] else "Togs inte upp."
    if words := " ".join(filter(None, (item["reason"], presenter, left))):
        yield Paragraph(words, soft=True)


def _actions(actions: Iterable[dict[str, str]]) -> Iterator[Block]:
    yield Heading("Åtgärder som föreslås")
    rows = tuple((a["number"] or "Utkast", a["title"], a["organisation"], a["answer_due"]) for a in actions)
    yield Table(ACTIONS, rows) if rows else Paragraph("Mötet föreslog inga nya åtgärder.")
