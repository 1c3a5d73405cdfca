"""The stored state of an issue, and the status filters of the issue list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import Q

from issues.models.assignment import Assignment
from issues.models.status import UNANSWERED, ActionStatus


class IssueState(models.TextChoices):
    """The stored state of an issue. Whether actions are under way is asked of the actions."""

    NEW = "new", "Nytt"
    OPEN = "open", "Öppet"
    ON_HOLD = "on_hold", "Vilande"
    CLOSED = "closed", "Avslutat"
    STRUCK = "struck", "Struket"


UNCLOSED = (IssueState.NEW, IssueState.OPEN, IssueState.ON_HOLD)
"""The states of an open issue, named: an index finds these few, where it would read all that are "not closed"."""


class IssueStatusFilter(models.TextChoices):
    """The status filters of the issue list, computed from the current state. The values are part of addresses."""

    OPEN = "oppna", "öppna ärenden"
    WAITING = "vantar", "ärenden med obesvarad åtgärd"
    NEW = "nya", "nya ärenden"
    ON_HOLD = "vilar", "vilande ärenden"
    CLOSED_THIS_YEAR = "avslutade-i-ar", "ärenden avslutade i år"
    CLOSED = "avslutade", "avslutade ärenden"
    ALL = "alla", "alla ärenden"

    def condition(self, today: date) -> Q:
        if self is IssueStatusFilter.ALL:
            return Q()
        if self is IssueStatusFilter.WAITING:
            return has_action_in(UNANSWERED, today)
        if self is IssueStatusFilter.CLOSED_THIS_YEAR:
            return Q(state=IssueState.CLOSED, state_since__year=today.year)
        return Q(state__in=STATES[self])


def has_action_in(statuses: Collection[ActionStatus], today: date) -> Q:
    """The issues of which an action is in one of the statuses; also where the issue itself was closed meanwhile."""
    return Q(pk__in=Assignment.objects.in_status(statuses, today).values("action__issue"))


STATES: dict[IssueStatusFilter, tuple[IssueState, ...]] = {
    IssueStatusFilter.OPEN: UNCLOSED,
    IssueStatusFilter.NEW: (IssueState.NEW,),
    IssueStatusFilter.ON_HOLD: (IssueState.ON_HOLD,),
    IssueStatusFilter.CLOSED: (IssueState.CLOSED,),
    IssueStatusFilter.ALL: (*UNCLOSED, IssueState.CLOSED),
}
"""The filters that ask for the state alone."""
