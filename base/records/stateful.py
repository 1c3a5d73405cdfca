from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import UTC, datetime
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from base.records.conflicts import Acting, Attribution, Conflict, EditConflict
from base.records.guards import DatabaseCheck, Guard, changed
from base.records.versioned import Versioned

NOTHING_CHANGED = "Inget är ändrat."


def entered_by_somebody(model: str, *, or_nobody_in: Iterable[Any] = ()) -> DatabaseCheck:
    """The constraint of a Stateful model that its state's time and who set it stand together.

    `or_nobody_in` are its ENTERED_BY_NOBODY.
    """
    somebody = models.Q(state_by__isnull=False)
    if or_nobody_in:
        somebody |= models.Q(state__in=sorted(or_nobody_in))
    together = models.Q(state_since=None, state_by=None) | models.Q(state_since__isnull=False) & somebody
    return DatabaseCheck(condition=together, name=f"{model}_state_entered_by_somebody")


class Stateful(Versioned):
    """Abstract of what changes state by a table of transitions, and knows since when and by whom it is in its state.

    Of two who change the state at once, the second is told of the first.

    TRANSITIONS  state → the states it may become
    STATE_TEXTS  state → how that is told to one who is refused something in it ("Ärendet är avslutat")
    ENTERED_BY_NOBODY  the states that the word of somebody who is no member may lead to
    """

    TRANSITIONS: ClassVar[Mapping[Any, Set[Any]]]
    STATE_TEXTS: ClassVar[Mapping[Any, str]]
    ENTERED_BY_NOBODY: ClassVar[Set[Any]] = frozenset()
    state = models.CharField(max_length=20)  # each narrows it to its own states
    state_since = models.DateTimeField(null=True, editable=False)  # null in the state it began in
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False, db_index=False
    )

    class Meta:
        abstract = True

    @classmethod
    def guards(cls) -> list[Guard]:
        """With one that since when and by whom it is so stands as long as it is so, if none enters a state anew."""
        lasting = [str(state) for state, following in cls.TRANSITIONS.items() if state not in following]
        stays = pgtrigger.Q(old__state=pgtrigger.F("new__state"), old__state__in=lasting)
        stays &= pgtrigger.Q(new__state_by__isnull=False) | pgtrigger.Q(
            old__state__in=sorted(map(str, cls.ENTERED_BY_NOBODY))
        )
        since = Guard(
            name="state_entered_once",
            sentence="Det står kvar när det blev så. Inget är ändrat.",
            condition=stays & pgtrigger.Q(old__state_since__isnull=False) & changed("state_since", "state_by"),
        )
        return [*super().guards(), since]

    def can_become(self, state: str) -> bool:
        return state in self.TRANSITIONS[self.state]

    def ensure_may_become(self, state: str) -> None:
        """Check that the state may be entered from this one. Raises Conflict."""
        if not self.can_become(state):
            raise Conflict(self.refusal())

    def lock_if(self, *states: str, therefore: str = NOTHING_CHANGED) -> None:
        """Lock the row, which must be in one of the states. Raises Conflict: the one it is in, and what follows."""
        self.lock()
        if self.state not in states:
            raise Conflict(self.refusal(therefore))

    def set_state(self, state: str, *, by: Acting, at: datetime, **facts: Any) -> None:
        """Change the state of a locked row, and the facts that come with it. Raises Conflict."""
        self.ensure_may_become(state)
        self.save(update_fields=self.set({"state": state, "state_since": at, "state_by": by.member, **facts}, by=by))

    @property
    def entry(self) -> str:
        """Names this very entering of the state, for an undo to say which one it takes back; empty in the first."""
        return self.state_since.astimezone(UTC).isoformat() if self.state_since else ""

    def check_entry(self, entry: str, otherwise: str) -> None:
        """Check that the state is still the one entered then; an empty name is not checked. Raises EditConflict."""
        if entry and entry != self.entry:
            raise EditConflict(f"{otherwise} ({self.state_entered()}). {NOTHING_CHANGED}")

    def refusal(self, therefore: str = NOTHING_CHANGED) -> str:
        """The sentence that refuses what the state does not allow: the state, who set it and when, what follows."""
        entered = self.state_entered()
        return f"{self.state_text}{f' ({entered})' if entered else ''}. {therefore}".strip()

    @property
    def state_text(self) -> str:
        return self.STATE_TEXTS[self.state]

    def state_entered(self) -> Attribution | None:
        """The attribution of the state: who set it, and when; None in the initial state."""
        return Attribution(str(self.state_by or "Någon annan"), self.state_since) if self.state_since else None
