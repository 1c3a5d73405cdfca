"""When a meeting was held and how its minutes came to the register, in the words of their first lines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from meetings import letterhead
from meetings.models.held import known_end

NO_ORIGINAL = "Originalet finns inte i registret."


def held_in_words(content: dict[str, Any]) -> str:
    """The time of the meeting: from start to end where known; the day alone when it was never started."""
    if not content["started_at"]:
        return letterhead.day(moment_in(content["starts_at"]))
    started, said = moment_in(content["started_at"]), content.get("ended_at")
    ended = said and moment_in(said)
    if "ended_at" not in content:  # older ones say when they were closed
        ended = known_end(started, content["closed_at"] and moment_in(content["closed_at"]))
    return letterhead.time_span(started, ended)


def entered_in_words(on_paper: dict[str, Any] | None) -> str:
    """How it came to the register: I registret 30 november 2026 av Maja Exempel. Originalet är bilaga 1."""
    if on_paper is None:
        return ""
    files = on_paper["files"]
    original = f"Originalet är bilaga 1{f'–{files}' if files > 1 else ''}." if files else NO_ORIGINAL
    day = date_format(date.fromisoformat(on_paper["entered"]), "j F Y")
    return f"I registret {day} av {on_paper['by']}. {original}"


def moment_in(text: str) -> datetime:
    return datetime.fromisoformat(text)
