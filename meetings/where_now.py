"""Where a meeting under way is: at the item that those who write have before them, as a script of theirs tells."""

from __future__ import annotations

from django.core.cache import cache

from meetings.models import AgendaItem, Meeting
from meetings.models.agenda import AgendaItemQuerySet

KEPT = 12 * 60 * 60
"""Seconds for which it is known: longer than a meeting."""


def tell_where(item: AgendaItem) -> None:
    """Those who write are at the item."""
    cache.set(_key(item.meeting), item.pk, KEPT)


def where_told(meeting: Meeting) -> int | None:
    """The key of the item that was told last; None where nobody has, or the meeting is not under way."""
    told: int | None = cache.get(_key(meeting)) if meeting.is_under_way else None
    return told


def item_now(meeting: Meeting, items: AgendaItemQuerySet) -> AgendaItem | None:
    """That of the items which the meeting has come to; where nobody has told it the first that is not discussed."""
    told = where_told(meeting)
    return (items.filter(pk=told, removed=False).first() if told else None) or items.current()


def _key(meeting: Meeting) -> str:
    return f"wall-{meeting.pk}"
