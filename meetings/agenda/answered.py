"""What was answered or done since the last meeting and needs no talk: one list under the log, and no points."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Case, F, Q, Subquery, When
from django.db.models.functions import Coalesce

from base.documents.tree import Column
from base.records import among
from issues.models import Action
from issues.models.action import ActionQuerySet
from issues.models.status import PROMISED, ActionStatus
from issues.texts.action import action_state
from meetings.agenda.rules import HAPPENED, NEVER
from meetings.models import Meeting

SINCE_LAST = "Besvarade sedan förra mötet"
ANSWERED = (Column("Åtgärd", 4), Column("Ansvarig", 4), Column("Svar", 3))
"""The columns of the list in a document."""
SHOWN = 50
"""How many are listed."""
MORE = "Fler står i åtgärdslistan."


class Answered(list[Action]):
    """The actions to list. `is_cut` when there are more of them."""

    is_cut = False

    @property
    def more(self) -> str:
        return MORE if self.is_cut else ""

    @property
    def openly(self) -> Answered:
        """Those of them that may be on the wall and on paper: none of a restricted issue."""
        shown = Answered(action for action in self if not action.issue.restricted)
        shown.is_cut = self.is_cut and bool(shown)
        return shown


def answered_since_last(
    meeting: Meeting, actions: ActionQuerySet, day: date, placed: Collection[int]
) -> tuple[Answered, list[Action]]:
    """Those of the actions that were answered yes or done since the meeting before this closed, in their order; and
    those that are placed on the agenda, where they are spoken of. A no is a point of its own. In one query.
    """
    before = Meeting.objects.closed().filter(held__lt=meeting.held_at)  # type: ignore[misc]  # annotated by closed()
    last = Coalesce(Subquery(before.values("closed_at")[:1]), NEVER)
    # What ended long ago is not read: each of the few by an index of its own.
    few = (Q(pk__in=placed), Q(state__in=PROMISED), Q(done_at__gt=last))
    first, *others = (Action.objects.filter(condition).values("pk") for condition in few)
    known = actions.filter(among(first.union(*others, all=True))).with_status(day).alias(last=last, happened=HAPPENED)
    needs_no_talk = Q(happened__gt=F("last"), status__in=(ActionStatus.UNDER_WAY, ActionStatus.DONE))
    is_placed = Q(pk__in=placed)
    # Of none that are placed the case would be a bare 1, which to SQL is the first column.
    placed_first = [Case(When(is_placed, then=0), default=1)] if placed else []
    found = known.filter(is_placed | needs_no_talk).with_current().order_by(*placed_first, "happened", "pk")
    rows = list(found[: len(placed) + SHOWN + 1])
    answered = Answered(action for action in rows if action.pk not in placed)
    answered.is_cut = len(answered) > SHOWN
    del answered[SHOWN:]
    return answered, [action for action in rows if action.pk in placed]


def answered_rows(answered: Iterable[Action], day: date) -> tuple[tuple[str, str, str], ...]:
    """Each action with who answers for it and what was answered, for a table."""
    return tuple(
        (action.title, str(action.current.organisation), str(action_state(action, day).verdict)) for action in answered
    )
