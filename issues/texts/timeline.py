"""The lines of a timeline: what is alike and comes in a row is told as one that unfolds.

Every event stays a row of its own; the lines are made when the page is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from base.swedish.words import capital, in_words
from issues.models import Event, Issue
from issues.models.event import closed_words, observation_words

ALIKE = {
    Event.Kind.OBSERVED: ("observation kopplad", "observationer kopplade"),
    Event.Kind.DETACHED: ("observation bortkopplad", "observationer bortkopplade"),
}
"""The kinds that come many at once, one and many of each."""
LATEST = 6
"""Lines that stand open on the first page; the others unfold."""


@dataclass(frozen=True)
class TimelineLine:
    """An event, or several of one kind by one person on one day."""

    events: list[Event]

    @property
    def latest(self) -> Event:
        return self.events[0]

    @property
    def is_folded(self) -> bool:
        return len(self.events) > 1

    @property
    def words(self) -> str:
        """How many there are of them: Nio observationer kopplade."""
        one, many = ALIKE[Event.Kind(self.latest.kind)]
        return f"{capital(in_words(len(self.events), one, many))}."


def timeline(events: Iterable[Event]) -> list[TimelineLine]:
    """The lines of the events, which keep their order."""
    return [TimelineLine(list(alike)) for _, alike in groupby(events, _what_is_alike)]


def event_words(event: Event, issue: Issue) -> str:
    """The sentence of an event on its issue's page, without what the page says already.

    That is the feedback of the closing, and the category and place that an observation shares with the issue.
    """
    if event.closure_id and event.closure_id == issue.closure_id:
        return closed_words(event.closure, with_feedback=False)
    if event.kind in ALIKE and event.observation_id:
        return observation_words(event, on_page_of=issue)
    return str(event)


def _what_is_alike(event: Event) -> Hashable:
    if event.kind not in ALIKE:
        return id(event)
    day = timezone.localdate(event.at)
    return event.kind, day, event.by_id, event.organisation_id, event.capacity, event.channel
