"""How large a register is, and one filled to any size: what happened in the group, and what protects people in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from benchmarks import protecting
from benchmarks.filling import IN_EACH_ISSUE, ISSUES_AT_A_MEETING, ISSUES_PER_HUNDRED, Filling
from issues.models import Action, Answer, Closure, Event, Issue, Observation
from meetings.models import Meeting


@dataclass
class Size:
    """How many rows there are of each kind."""

    observations: int
    issues: int
    actions: int
    events: int
    meetings: int

    @classmethod
    def now(cls) -> Size:
        counted = (Observation, Issue, Action, Event, Meeting)
        return cls(*(model._default_manager.count() for model in counted))

    def __str__(self) -> str:
        return ", ".join(f"{number:,} {name}".replace(",", " ") for name, number in vars(self).items())


@transaction.atomic
def fill(observations: int, *, now: datetime | None = None) -> Size:
    """Fill a register, in which the story is told, with so many observations. Returns what is in it then."""
    filling = Filling(now or timezone.now())
    issues = observations * ISSUES_PER_HUNDRED // 100
    for back in range((issues - 1) // ISSUES_AT_A_MEETING + 1):
        filling.hold_meeting(back)
    for turn in range(issues):
        filling.open_issue(turn)
    for turn in range(observations - issues * IN_EACH_ISSUE):
        filling.note(turn)
    protecting.protect(filling)
    filling.copy(first=[Closure, Answer], last=[Meeting])
    filling.freeze_minutes()
    protecting.mask_minutes(filling)
    return Size.now()
