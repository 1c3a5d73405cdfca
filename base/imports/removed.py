"""Why a table that was read in is no longer there, where an app above knows and who asks may know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

WHY_REMOVED: list[Callable[[int, Any], Http404 | None]] = []
"""What an app above says of the table with that key to that member, where it removed it."""


def missing(key: int, *, to: Any) -> Http404:
    """What is raised for a table that is not there, or is not hers."""
    told = (why(key, to) for why in WHY_REMOVED)
    return next(filter(None, told), None) or Http404()
