"""The minutes in words, as the page shows them and as they are handed on: of a frozen version, or of the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from meetings import letterhead
from meetings.minutes.writing import minutes_content
from meetings.models import Heading, Meeting, Minutes

WHY_A_DRAFT = "Så skulle det bli om mötet avslutades nu."
NOTHING = "Inget att ta upp."
NO_ACTIONS = "Mötet föreslog inga nya åtgärder."


@dataclass(frozen=True)
class Told:
    """All that stands in the minutes, in its order. `draft` is why it is one, `saved` which version it is."""

    group: str
    title: str
    day: date
    facts: tuple[tuple[str, str], ...]
    attendance: tuple[ToldAttendance, ...]
    guests: str
    headings: tuple[ToldHeading, ...]
    actions: tuple[ToldAction, ...]
    draft: str = ""
    saved: str = ""


@dataclass(frozen=True)
class ToldAttendance:
    """`sat` is who, or why nobody."""

    organisation: str
    sat: str
    is_there: bool


@dataclass(frozen=True)
class ToldHeading:
    """`sentences` stand before the items: what was reported, when the next meeting is, that there was nothing."""

    number: int
    title: str
    sentences: tuple[str, ...]
    items: tuple[ToldItem, ...]


@dataclass(frozen=True)
class ToldItem:
    """`title` is empty where nothing but the heading itself was spoken of; `passing` is said in passing."""

    title: str
    issue: str
    passing: str
    note: str
    decisions: tuple[ToldDecision, ...]


@dataclass(frozen=True)
class ToldDecision:
    name: str
    text: str


@dataclass(frozen=True)
class ToldAction:
    decision: str
    title: str
    organisation: str
    answer_due: str


def told_as_frozen(minutes: Minutes) -> Told:
    """Any version. Nothing is looked up: what was frozen is what is told."""
    return _told(minutes.content, saved=saved(minutes))


def told_as_draft(meeting: Meeting) -> Told:
    """What the minutes would say if the meeting closed now."""
    return _told(minutes_content(meeting, meeting.following()), draft=WHY_A_DRAFT)


def saved(minutes: Minutes) -> str:
    """Version 2, sparad 25 november 2026 klockan 14.50 av Maja Exempel. Ersätter version 1."""
    replaces = f" Ersätter version {minutes.version - 1}." if minutes.version > 1 else ""
    return f"Version {minutes.version}, sparad {letterhead.printed_at(minutes.made_at)} av {minutes.made_by}.{replaces}"


# Private


def _told(content: dict[str, Any], *, draft: str = "", saved: str = "") -> Told:
    return Told(
        group=content["group"],
        title=content["title"],
        day=timezone.localdate(_moment(content["started_at"] or content["starts_at"])),
        facts=tuple((name, value) for name, value in _facts(content) if value),
        attendance=tuple(_attendance(row) for row in content["attendance"]),
        guests="; ".join(f"{person['name']}{person['span']}" for person in content["guests"]),
        headings=tuple(_heading(heading, content) for heading in content["headings"]),
        actions=tuple(_action(action) for action in content["actions"]),
        draft=draft,
        saved=saved,
    )


def _facts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Tid", _held(content)
    yield "Plats", content["place"]
    yield "Ordförande", content["chair"]
    yield "Sekreterare", content["secretary"]


def _held(content: dict[str, Any]) -> str:
    """From the gavel to the end, where that is known: what is written down another day began at its hour."""
    if not content["started_at"]:
        return letterhead.day(_moment(content["starts_at"]))
    began, closed = _moment(content["started_at"]), content["closed_at"] and _moment(content["closed_at"])
    return letterhead.time_span(began, letterhead.known_end(began, closed))


def _attendance(row: dict[str, Any]) -> ToldAttendance:
    people = [f"{person['name']}, {person['capacity'].lower()}{person['span']}" for person in row["people"]]
    return ToldAttendance(row["organisation"], "; ".join(people) or row["state_name"], is_there=bool(people))


def _heading(heading: dict[str, Any], content: dict[str, Any]) -> ToldHeading:
    return ToldHeading(
        heading["number"],
        f"{heading['number']}. {heading['title']}",
        tuple(_sentences(heading, content)),
        tuple(_item(item) for item in heading["items"]),
    )


def _sentences(heading: dict[str, Any], content: dict[str, Any]) -> Iterator[str]:
    if heading["reports"]:
        reports = ", ".join(f"{report['organisation']} {report['observations']}" for report in heading["reports"])
        since = "hittills" if content.get("is_first") else "sedan förra mötet"
        yield f"Nya observationer {since}: {reports}."
    if heading["rule"] == Heading.Rule.NEXT_MEETING:
        yield _next_meeting(content["next"])
    if _is_empty(heading):
        yield NOTHING


def _is_empty(heading: dict[str, Any]) -> bool:
    """Whether nothing was there to speak of. What belongs to every meeting, its opening and its end, is never empty."""
    is_standing = heading["kind"] == Heading.Kind.STANDING
    written = any(not item["standing"] or item["note"] or item["decisions"] for item in heading["items"])
    return not (is_standing or written or heading["reports"])


def _next_meeting(following: dict[str, Any] | None) -> str:
    if not following:
        return "Tiden är inte bestämd."
    starts_at = _moment(following["starts_at"])
    place = f", {following['place']}" if following["place"] else ""
    return f"{letterhead.day(starts_at)} klockan {letterhead.clock(starts_at)}{place}."


def _item(item: dict[str, Any]) -> ToldItem:
    number = f"{item['number']} " if "." in item["number"] else ""
    decisions = tuple(_decision(decision) for decision in item["decisions"])
    if item["standing"]:
        return ToldItem("", "", "", item["note"], decisions)
    issue = f"(ärende {item['issue']})" if item["issue"] else ""
    return ToldItem(f"{number}{item['title']}", issue, _passing(item), item["note"], decisions)


def _passing(item: dict[str, Any]) -> str:
    """Why the item stood there, who presented it, and whether it was left."""
    presenter = f"Föredragande {item['presenter']}." if item["presenter"] else ""
    left = "" if item["discussed"] else "Togs inte upp."
    return " ".join(filter(None, (item["reason"], presenter, left)))


def _decision(decision: dict[str, str]) -> ToldDecision:
    feedback = f" Återkoppling: ”{decision['feedback']}”" if decision["feedback"] else ""
    return ToldDecision(" ".join(filter(None, ("Beslut", decision["number"]))), f"{decision['text']}{feedback}")


def _action(action: dict[str, str]) -> ToldAction:
    return ToldAction(action["number"] or "Utkast", action["title"], action["organisation"], action["answer_due"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
