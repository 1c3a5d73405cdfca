"""Who was first: what one who came second is told, and the refusals that tell it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.swedish.words import swedish_moment


class NotAllowed(ValidationError):
    """The thing is not in a state where this can be done."""


class Conflict(NotAllowed):
    """Somebody else was first; the sentence says who and when."""

    tells_who_was_first = True


class EditConflict(Conflict):
    """Somebody else saved the same thing while this was being written."""


@dataclass(frozen=True)
class Attribution:
    """Who did something, when, and what it was in words where that is known."""

    who: str
    at: datetime
    what: str = ""

    @classmethod
    def in_history(cls, row: Any) -> "Attribution":
        """Of a row of a trigger history, which knows the member when a page was behind it."""
        member_id = (row.pgh_context or {}).get("user") if row else None
        member = get_user_model()._default_manager.filter(pk=member_id).first()
        return cls(str(member or "Någon annan"), row.pgh_created_at if row else timezone.now())

    @property
    def when(self) -> str:
        """i dag 14.05, torsdag 19 november 16.30"""
        return swedish_moment(self.at, today=timezone.localdate())

    def __str__(self) -> str:
        return f"{self.who}, {self.when}"
