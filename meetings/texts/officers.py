"""The sentences about who is chair or secretary after a change of it."""

from __future__ import annotations

from collections.abc import Iterable

from base.swedish.words import listed
from meetings.agenda.parts_following import look_over_words
from meetings.models import Meeting, Presence
from meetings.models.spot import FIRST, Spot, part_in_words
from meetings.officers import Relieving


def relieved_words(meeting: Meeting, done: Relieving, *, since: Spot) -> list[str]:
    """What a change of officers did: who is in office, who is no longer, and what that makes of guests."""
    removed = done.guests.removed
    return [
        in_office_now(meeting, done.now),
        in_office_no_longer(done.gone, since=since),
        f"{listed(removed)} är inte längre noterad som gäst." if removed else "",
        look_over_words(done.guests.look_over).strip(),
    ]


def in_office_now(meeting: Meeting, now: Iterable[Presence]) -> str:
    """Jonas Utkast är ordförande och sekreterare från punkt 4. · Siv Skriv är sekreterare för hela mötet.

    Before the meeting it is of the whole without saying so.
    """
    offices: dict[tuple[str, str], list[str]] = {}
    for one in now:
        part = part_in_words(one.first, one.last, one.first_paragraph)
        part = part or ("för hela mötet" if meeting.is_open else "")
        offices.setdefault((one.person, part), []).append(_office(one.capacity))
    said = ([person, "är", listed(names), part] for (person, part), names in offices.items())
    return " ".join(f"{' '.join(filter(None, words))}." for words in said)


def in_office_no_longer(gone: Iterable[Presence], *, since: Spot) -> str:
    """Jonas Utkast och Aino Låtsas står inte längre som ordförande. · … står inte längre som ordförande från punkt 11.

    Where another is so since a later spot than the first, whoever is gone from there may stand with a part before it.
    """
    offices: dict[tuple[str, str], dict[str, None]] = {}
    for one in gone:
        part = f" från {one.at_first}" if since > FIRST else ""
        offices.setdefault((one.capacity, part), {})[one.person] = None
    said = ((listed([*people]), _office(office), part) for (office, part), people in offices.items())
    return " ".join(f"{people} står inte längre som {office}{part}." for people, office, part in said)


def _office(capacity: str) -> str:
    return Presence.Capacity(capacity).label.lower()
