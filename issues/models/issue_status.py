"""The stored state of an issue, and the status filters of the issue list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.db import models
from django.db.models import Q

from issues.models.assignment import Assignment
from issues.models.status import UNANSWERED, ActionStatus


class IssueState(models.TextChoices):
    """The stored state of an issue. Whether actions are under way is asked of the actions."""

    NEW = "new", "Nytt"
    OPEN = "open", "Öppet"
    ON_HOLD = "on_hold", "Vilar"
    CLOSED = "closed", "Avslutat"


class IssueStatusFilter(models.TextChoices):
    """The status filters of the issue list, computed from the current state. The values are part of addresses."""

    OPEN = "oppna", "öppna ärenden"
    WAITING = "vantar", "ärenden som väntar på svar"
    NEW = "nya", "nya ärenden"
    ON_HOLD = "vilar", "ärenden som vilar"
    CLOSED_THIS_YEAR = "avslutade-i-ar", "ärenden avslutade i år"
    CLOSED = "avslutade", "avslutade ärenden"
    ALL = "alla", "alla ärenden"

    def condition(self, today: date) -> Q:
        return CONDITIONS[self](today)


def has_action_in(statuses: Collection[ActionStatus], today: date) -> Q:
    """The issues of which an action is in one of the statuses; also where the issue itself was closed meanwhile."""
    return Q(pk__in=Assignment.objects.in_status(statuses, today).values("action__issue"))


CONDITIONS: dict[IssueStatusFilter, Callable[[date], Q]] = {
    IssueStatusFilter.OPEN: lambda today: ~Q(state=IssueState.CLOSED),
    IssueStatusFilter.WAITING: lambda today: has_action_in(UNANSWERED, today),
    IssueStatusFilter.NEW: lambda today: Q(state=IssueState.NEW),
    IssueStatusFilter.ON_HOLD: lambda today: Q(state=IssueState.ON_HOLD),
    IssueStatusFilter.CLOSED_THIS_YEAR: lambda today: Q(state=IssueState.CLOSED, closure__at__year=today.year),
    IssueStatusFilter.CLOSED: lambda today: Q(state=IssueState.CLOSED),
    IssueStatusFilter.ALL: lambda today: Q(),
}
