"""What an action needs of somebody today, asked in the database: a list can then begin with what burns."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, Q, Value, When


class Need(models.TextChoices):
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


ATTENTION = (Need.QUESTION, Need.SILENT, Need.LATE)
"""What the samordnare takes up first: each has waited on somebody longer than agreed, or waits on her."""


def need_on(day: date) -> Case:
    """The need as an expression. The current handover must be joined under the name `sits`."""
    under_way = Q(state__in=["accepted", "ongoing"])
    return Case(
        When(state="question", then=Value(Need.QUESTION)),
        When(state="proposed", sits__answer_due__lt=day, then=Value(Need.SILENT)),
        When(under_way, sits__planned__lt=day, then=Value(Need.LATE)),
        When(state="proposed", then=Value(Need.ANSWER)),
        When(under_way, then=Value(Need.UNDER_WAY)),
        *(When(state=same, then=Value(same)) for same in (Need.DECLINED, Need.DONE, Need.DRAFT)),
        default=Value(Need.NOTHING),
        output_field=models.CharField(),
    )


def in_order(needs: list[Need]) -> Case:
    """A sort key that puts the needs in this order; the others come last."""
    return Case(
        *(When(need=need, then=Value(position)) for position, need in enumerate(needs)),
        default=Value(len(needs)),
        output_field=models.IntegerField(),
    )
