"""What the triggers have kept of a row, version by version."""

from typing import Any

from django.db.models import Model, QuerySet


def history_of(row: Model) -> QuerySet[Any]:
    """Every version of the row, oldest first."""
    history: QuerySet[Any] = row.history  # type: ignore[attr-defined]  # made by pghistory, which has no types
    return history.order_by("pgh_id")
