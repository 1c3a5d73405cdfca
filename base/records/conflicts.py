"""The exceptions that a verb refuses with, and the attribution of what was done before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils import timezone

from base.swedish.clock import wall_clock
from base.swedish.words import swedish_day, swedish_moment


class NotAllowed(ValidationError):
    """Refusal: the row is not in a state where this can be done."""


class Conflict(NotAllowed):
    """Refusal: somebody else was first; the sentence says who and when."""


class EditConflict(Conflict):
    """Refusal: somebody else changed what the form showed. Sent again, it is about what is so now."""

    refreshes_form = True


class Acting(Protocol):
    """Protocol of the actor of a verb, as far as this floor needs it; `members.actor.Actor` is one."""

    @property
    def member(self) -> Any: ...


@dataclass(frozen=True)
class Attribution:
    """Who did something, when, and what it was in words where that is known."""

    who: str
    at: datetime
    what: str = ""

    @property
    def when(self) -> str:
        """The moment in words: i dag 14.05, torsdag 19 november 16.30."""
        return swedish_moment(self.at, today=timezone.localdate())

    @property
    def dated(self) -> str:
        """Who, and the day by its date, for what is read on other days too: Maja Exempel, lördag 28 november 14.05."""
        shown = wall_clock(self.at)
        return f"{self.who}, {swedish_day(shown.date(), today=timezone.localdate())} {shown:%H.%M}"

    def __str__(self) -> str:
        return f"{self.who}, {self.when}"
