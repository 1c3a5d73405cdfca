"""The minutes as the page shows them: the frozen content, with its times as times again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from meetings.minutes_writing import minutes_content
from meetings.models import Meeting


def read(content: dict[str, Any]) -> dict[str, Any]:
    """The content of any version, moments parsed. Nothing is looked up: what was frozen is what is shown."""
    moments = {name: _moment(content[name]) for name in ("starts_at", "started_at", "closed_at")}
    following = content["next"] and {**content["next"], "starts_at": _moment(content["next"]["starts_at"])}
    return {**content, **moments, "next": following}


def draft_of(meeting: Meeting) -> dict[str, Any]:
    """What the minutes would say if the meeting closed now."""
    return minutes_content(meeting, meeting.following())


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
