"""What the pages of a restricted issue or observation call it, and where they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from base.swedish.words import capital, in_words
from issues.models import Issue, Observation
from members.models import Member


@dataclass(frozen=True)
class RestrictedPages:
    """The pages about who sees one thing, whatever kind of thing it is."""

    thing: Issue | Observation
    prefix: str
    key: str | int
    the: str

    @property
    def named(self) -> str:
        return reverse(f"issues:{self.prefix}named", args=[self.key])

    @property
    def openings(self) -> str:
        return reverse(f"issues:{self.prefix}openings", args=[self.key])

    def unname(self, member: int) -> str:
        return reverse(f"issues:{self.prefix}unname", args=[self.key, member])


def pages_of(thing: Issue | Observation) -> RestrictedPages:
    if isinstance(thing, Issue):
        return RestrictedPages(thing, "", thing.number, "ärendet")
    return RestrictedPages(thing, "observation_", thing.pk, "observationen")


def becomes_visible(issue: Issue, member: Member) -> list[str]:
    """What others come to see when the restriction of the issue is lifted, and what stays as it is.

    Of observations that are restricted themselves, and that she is not named on, nothing is said.
    """
    seen = issue.observations.visible_to(member).aggregate(own=Count("pk", filter=Q(restricted=True)), all=Count("pk"))
    opened, own = seen["all"] - seen["own"], seen["own"]
    actions, notes = issue.actions.handed_out().count(), issue.notes.standing().count()
    events = issue.events.visible_to(member).count()
    parts = [
        "Rubrik, beskrivning och plats.",
        f"{_number(opened, 'observation', 'observationer')}, för gruppen och dem som svarar i ärendet."
        if opened
        else "",
        f"{_number(actions, 'åtgärd', 'åtgärder')} med frågor och svar." if actions else "",
        f"{_number(notes, 'anteckning', 'anteckningar')}, för gruppen." if notes else "",
        f"{_number(events, 'händelse', 'händelser')}, även varför spridningen begränsades och vilka som var namngivna.",
        f"{_number(own, 'observation', 'observationer')} är begränsad för sig och förblir det." if own == 1 else "",
        f"{_number(own, 'observation', 'observationer')} är begränsade var för sig och förblir det." if own > 1 else "",
    ]
    return [part for part in parts if part]


def _number(number: int, one: str, many: str) -> str:
    return capital(in_words(number, one, many))
