"""The minutes as the page shows them: the frozen content, with its times as times again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from meetings.minutes_writing import minutes_content
from meetings.models import Meeting, Section


def read(content: dict[str, Any]) -> dict[str, Any]:
    """The content of any version, moments parsed. Nothing is looked up: what was frozen is what is shown."""
    moments = {name: _moment(content[name]) for name in ("starts_at", "started_at", "closed_at")}
    following = content["next"] and {**content["next"], "starts_at": _moment(content["next"]["starts_at"])}
    headings = [{**heading, "is_empty": _is_empty(heading)} for heading in content["headings"]]
    return {**content, **moments, "next": following, "headings": headings}


def draft_of(meeting: Meeting) -> dict[str, Any]:
    """What the minutes would say if the meeting closed now."""
    return minutes_content(meeting, meeting.following())


def _is_empty(heading: dict[str, Any]) -> bool:
    """Whether nothing was there to speak of. The frame of a meeting, its opening and its end, is never empty."""
    is_frame = not Section.ACTION_LOG <= heading["number"] <= Section.OTHER
    written = any(not item["standing"] or item["note"] or item["decisions"] for item in heading["items"])
    return not (is_frame or written or heading["reports"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
