"""What was answered or done since the last meeting and needs no talk: one list under the log, and no points."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Case, F, Q, Subquery, When
from django.db.models.functions import Coalesce

from base.documents.tree import Column
from base.records import among
from issues.models import Action, Answer
from issues.models.action import ActionQuerySet
from issues.models.status import PROMISED, ActionStatus
from issues.texts.action import action_state
from meetings.agenda.rules import HAPPENED, NEVER
from meetings.models import Meeting
from meetings.models.held import told_until
from members.actor import Channel

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
    meeting: Meeting, actions: ActionQuerySet, day: date, placed: Collection[int], followed: Collection[int] = ()
) -> tuple[Answered, dict[int, Action]]:
    """Those of the actions that were answered yes or done since the meeting before this closed, in their order; and
    by their keys those that are placed on the agenda, where they are spoken of, or that are `followed` up.

    A no is a point of its own. In one query.
    """
    before = Meeting.objects.closed().with_whole_agenda().filter(held__lt=meeting.held_at)  # type: ignore[misc]  # annotated by closed()
    last = Coalesce(Subquery(before.values(told=told_until())[:1]), NEVER)
    # What ended long ago is not read: each of the few by an index of its own.
    few = (Q(pk__in=[*placed, *followed]), Q(state__in=PROMISED), Q(done_at__gt=last))
    first, *others = (Action.objects.filter(condition).values("pk") for condition in few)
    known: Any = actions.filter(among(first.union(*others, all=True))).with_status(day)
    known = known.alias(last=last).annotate(happened=HAPPENED)
    needs_no_talk = Q(happened__gt=F("last"), status__in=(ActionStatus.UNDER_WAY, ActionStatus.DONE))
    needs_no_talk &= ~Q(pk__in=_done_before_the_register())
    named = {*placed, *followed}
    is_named = Q(pk__in=named)
    # Of none that are named the case would be a bare 1, which to SQL is the first column.
    named_first = [Case(When(is_named, then=0), default=1)] if named else []
    is_news = Case(When(needs_no_talk & ~Q(pk__in=placed), then=True), default=False)
    found = known.filter(is_named | needs_no_talk).annotate(is_news=is_news).with_current()
    rows = list(found.order_by(*named_first, "happened", "pk")[: len(named) + SHOWN + 1])
    answered = Answered(sorted((action for action in rows if action.is_news), key=attrgetter("happened", "pk")))
    answered.is_cut = len(answered) > SHOWN
    del answered[SHOWN:]
    return answered, {action.pk: action for action in rows if action.pk in named}


def _done_before_the_register() -> ActionQuerySet:
    """The actions that were done when the group's old list was brought in."""
    told = Answer.objects.filter(channel=Channel.OLD_LIST, kind=Answer.Kind.DONE, withdrawn_at=None)
    known: Any = Action.objects.filter(state=Action.State.DONE, assignments__answer__in=told).values("pk")
    done: ActionQuerySet = known
    return done


def answered_rows(answered: Iterable[Action], day: date) -> tuple[tuple[str, str, str], ...]:
    """Each action with who answers for it and what was answered, for a table."""
    return tuple(
        (action.title, str(action.current.organisation), str(action_state(action, day).verdict)) for action in answered
    )
