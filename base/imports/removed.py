"""Why a table that was read in is no longer there, where an app above knows and who asks may know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

WHY_REMOVED: list[Callable[[int, Any, str], Http404 | None]] = []
"""What an app above says of the table with that key to that member, where it removed it; and where to read it again."""


def missing(key: int, *, to: Any, again: str) -> Http404:
    """What is raised for a table that is not there, or is not hers; `again` is the address to read it anew."""
    told = (why(key, to, again) for why in WHY_REMOVED)
    return next(filter(None, told), None) or Http404()
