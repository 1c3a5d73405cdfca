"""A whole text in all its versions, to be found in what minutes have frozen of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from base.swedish.passages import NoPassage, pattern
from temagrupp.redaction.again import TELLING
from temagrupp.redaction.finding import FoundText
from temagrupp.redaction.function import history_of


def versions_of(place: FoundText) -> list[str]:
    """The text as it stands, and each that the history has of it, the longest first."""
    versions = {place.text}
    history: Any = history_of(place.texts.model)
    if history:
        lines = history.objects.order_by().filter(pgh_obj=place.key)
        versions.update(lines.values_list(place.column, flat=True).distinct())
    return sorted(filter(None, versions), key=lambda text: (-len(text), text))


def whole_pattern(versions: Iterable[str]) -> str:
    """The expression that finds each of them; empty when all are too short to be looked for: "Ja" stands everywhere."""
    return "|".join(_patterns(versions))


def _patterns(versions: Iterable[str]) -> Iterator[str]:
    for text in versions:
        if len(text.split()) >= TELLING:
            try:
                yield pattern(text, longest=len(text))
            except NoPassage:  # nothing but signs
                continue
