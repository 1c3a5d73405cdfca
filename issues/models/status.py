"""What an action demands of somebody today, asked in the database: a list can then begin with what burns."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, Q, Value, When

from issues.models.states import PROMISED
from issues.models.states import ActionState as State


class ActionStatus(models.TextChoices):
    """Derived from the state and the clocks, never stored; the first that holds counts."""

    QUESTION = "question", "Fråga till gruppen"
    SILENT = "silent", "Inget svar i tid"
    LATE = "late", "Försenad"
    ANSWER = "answer", "Väntar på svar"
    UNDER_WAY = "under_way", "Pågår"
    DECLINED = "declined", "Avböjd"
    DONE = "done", "Klar"
    DRAFT = "draft", "Utkast"
    NOTHING = "nothing", "Återtagen"


ATTENTION = (ActionStatus.QUESTION, ActionStatus.SILENT, ActionStatus.LATE)
"""What the samordnare takes up first: each has waited on somebody longer than agreed, or waits on her."""
UNENDED = (*ATTENTION, ActionStatus.ANSWER, ActionStatus.UNDER_WAY)
"""What somebody has left to do or to answer."""
OUT_OF_TIME = (ActionStatus.SILENT, ActionStatus.LATE)
"""What has waited on an organisation longer than agreed."""


def demand_on(day: date) -> Case:
    """The demand as an expression. The current handover must be joined under the name `sits`."""
    under_way = Q(state__in=PROMISED)
    return Case(
        When(state=State.QUESTION, then=Value(ActionStatus.QUESTION)),
        When(state=State.PROPOSED, sits__answer_due__lt=day, then=Value(ActionStatus.SILENT)),
        When(under_way, sits__planned__lt=day, then=Value(ActionStatus.LATE)),
        When(state=State.PROPOSED, then=Value(ActionStatus.ANSWER)),
        When(under_way, then=Value(ActionStatus.UNDER_WAY)),
        When(state=State.DECLINED, then=Value(ActionStatus.DECLINED)),
        When(state=State.DONE, then=Value(ActionStatus.DONE)),
        When(state=State.DRAFT, then=Value(ActionStatus.DRAFT)),
        default=Value(ActionStatus.NOTHING),
        output_field=models.CharField(),
    )


def in_order(demands: list[ActionStatus]) -> Case:
    """A sort key that puts the demands in this order; the others come last."""
    return Case(
        *(When(demand=demand, then=Value(position)) for position, demand in enumerate(demands)),
        default=Value(len(demands)),
        output_field=models.IntegerField(),
    )
