"""Every form that changes something, filled in: what the table of their statements sends.

A deed gets the world ready, inside what is taken back afterwards, and says where it is sent and what is typed.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from django.utils import timezone

from issues.models import Counter

Sent = tuple[str, tuple[Any, ...], dict[str, Any]]
"""A route, the parts of its address, and what is typed."""

ENDING: dict[str, Any] = {"outcome": "solved", "feedback": "Det lyser igen."}


def to(route: str, *parts: Any, **typed: Any) -> Sent:
    return route, parts, typed


def prefixed(prefix: str, typed: dict[str, Any]) -> dict[str, Any]:
    return {f"{prefix}-{name}": value for name, value in typed.items()}


def free_the_numbers() -> None:
    """Let what is new get numbers far above those that the factories have taken, which nobody counts."""
    year = timezone.localdate().year
    for series, each in product(Counter.Series, (year, year + 1)):
        Counter.objects.update_or_create(series=series, year=each, defaults={"last": 500_000})
