"""A page that is no longer there, told with what became of it (410) where who asks may know."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404


@dataclass(frozen=True)
class WayOn:
    """A link to go on by."""

    label: str
    url: str


@dataclass(eq=False)
class Gone(Http404):
    """What became of it in sentences, under a heading."""

    heading: str
    words: str
    steps: list[WayOn] = field(default_factory=list)
