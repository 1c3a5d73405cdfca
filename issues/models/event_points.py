from __future__ import annotations

from collections.abc import Iterable

from issues.models.event import Event

FEW_POINT_AT = ("answer", "date_change", "progress", "escalation", "closure", "note")


def load_points(events: Iterable[Event]) -> None:
    """Give events that are with_points() what only few of them point at, in one query, if any does."""
    pointing = {event.pk: event for event in events if any(getattr(event, f"{name}_id") for name in FEW_POINT_AT)}
    known = Event.objects.filter(pk__in=pointing).select_related(*FEW_POINT_AT, "answer__passed_to")
    for row in known if pointing else ():
        for name in FEW_POINT_AT:
            setattr(pointing[row.pk], name, getattr(row, name))
