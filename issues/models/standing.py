"""Where an issue may stand, as conditions on its row: for a filter, for a count, always from the current state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from issues.models.assignment import Assignment
from issues.models.states import ActionState, IssueState


class IssueStatusFilter(models.TextChoices):
    """What the group asks for when it looks through its issues. The values stand in addresses."""

    OPEN = "oppna", "öppna ärenden"
    WAITING = "vantar", "ärenden som väntar på svar"
    NEW = "nya", "nya ärenden"
    ON_HOLD = "vilar", "ärenden som vilar"
    CLOSED_THIS_YEAR = "avslutade-i-ar", "ärenden avslutade i år"
    CLOSED = "avslutade", "avslutade ärenden"
    ALL = "alla", "alla ärenden"

    def condition(self, today: date) -> Q:
        return CONDITIONS[self](today)


def is_waiting() -> Q:
    """An organisation has been asked and has not answered; also where the issue itself was closed meanwhile."""
    return Q(Exists(_unanswered()))


def is_silent(today: date) -> Q:
    """The same, and the day for the answer has passed."""
    return Q(Exists(_unanswered().filter(answer_due__lt=today)))


def _unanswered() -> models.QuerySet[Assignment]:
    proposed = Assignment.objects.unanswered().filter(action__state=ActionState.PROPOSED)
    return proposed.filter(action__issue=OuterRef("pk"))


CONDITIONS: dict[IssueStatusFilter, Callable[[date], Q]] = {
    IssueStatusFilter.OPEN: lambda today: ~Q(state=IssueState.CLOSED),
    IssueStatusFilter.WAITING: lambda today: is_waiting(),
    IssueStatusFilter.NEW: lambda today: Q(state=IssueState.NEW),
    IssueStatusFilter.ON_HOLD: lambda today: Q(state=IssueState.ON_HOLD),
    IssueStatusFilter.CLOSED_THIS_YEAR: lambda today: Q(state=IssueState.CLOSED, closed_at__year=today.year),
    IssueStatusFilter.CLOSED: lambda today: Q(state=IssueState.CLOSED),
    IssueStatusFilter.ALL: lambda today: Q(),
}
