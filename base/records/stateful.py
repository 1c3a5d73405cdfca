from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, ClassVar

from django.db import models

from base.records.conflicts import Attribution, Conflict
from base.records.timestamped import Timestamped


class Stateful(Timestamped):
    """What goes from state to state by a table of moves: of two who move it at once, the second is told of the first.

    TRANSITIONS   state → the states it may become
    STATE_TEXTS  state → how that is told to one who thought it was another ("Ärendet är redan avslutat")
    """

    TRANSITIONS: ClassVar[Mapping[Any, Set[Any]]]
    STATE_TEXTS: ClassVar[Mapping[Any, str]]
    state = models.CharField(max_length=20)  # each narrows it to its own states

    class Meta:
        abstract = True

    def can_become(self, state: str) -> bool:
        return state in self.TRANSITIONS[self.state]

    def ensure_may_become(self, state: str) -> None:
        """Raises Conflict."""
        if not self.can_become(state):
            raise Conflict(self.already)

    def lock_if(self, *states: str, otherwise: str = "") -> None:
        """Hold the row, which must stand in one of the states. Raises Conflict, in those words if there are any."""
        self.lock()
        if self.state not in states:
            raise Conflict(otherwise or self.already)

    def move(self, state: str, **facts: Any) -> None:
        """Set the state of a locked row, and the facts that come with it. Raises Conflict."""
        self.ensure_may_become(state)
        self.set({"state": state, **facts})
        self.save(update_fields=["state", *facts, "updated_at"])

    @property
    def already(self) -> str:
        """Where it stands and who saw to it, for the one who came second."""
        moved = self.moved()
        return f"{self.stands}{f' ({moved})' if moved else ''}. Inget är ändrat."

    @property
    def stands(self) -> str:
        return self.STATE_TEXTS[self.state]

    def moved(self) -> Attribution | None:
        """Who brought it to where it stands; None when it stands where it began."""
        came = self.state_entered()
        return came and Attribution.in_history(came)

    def state_entered(self) -> Any:
        """The row of its history with which it came to where it stands; None when it stands where it began."""
        before = self.history.exclude(state=self.state).order_by("pgh_id").last()
        return before and self.history.filter(pgh_id__gt=before.pgh_id).order_by("pgh_id").first()
