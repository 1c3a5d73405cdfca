from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ClassVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.records import FreeText, Timestamped, precision_column, said_day, said_day_is_whole, words_column
from base.records.guards import DatabaseCheck, guarded_by
from base.swedish.said_days import SaidDay
from base.swedish.words import swedish_moment
from issues.models import fixed
from members.actor import Channel, by_link, said_by_somebody
from members.models import Member, Organisation

TIME_TO_WITHDRAW = timedelta(minutes=10)
TIME_TO_CHECK = timedelta(days=14)
"""For the samordnare, of what came by link: whoever has the mail may have said it, and she reads it when she works."""


def time_to_withdraw(channel: str, *, leads: bool) -> timedelta:
    """How long what was said may be taken back; `leads` of the samordnare."""
    return TIME_TO_CHECK if leads and channel == Channel.LINK else TIME_TO_WITHDRAW


"""How long an answer can be taken back, if nothing has come to rest on it before."""


def swedish_day(column: str) -> models.Func:
    """The Swedish day of a column with a moment, for a constraint."""
    template = "(%(expressions)s AT TIME ZONE 'Europe/Stockholm')::date"
    return models.Func(column, template=template, output_field=models.DateField())


def ensure_has_been(day: date, at: datetime, field: str = "done_on") -> None:
    """Raise ValidationError for something done on a day to come."""
    if day > timezone.localdate(at):
        raise ValidationError({field: "Dagen har inte varit än. Välj i dag eller en tidigare dag."})


@pghistory.track()
@guarded_by(*fixed.ANSWER)
class Answer(Timestamped):
    """Ett svar: what an organisation said to a question from the group, and who said it.

    It never changes; it can only be withdrawn, and one stands for each handover. `TOLD_IN` are questions of the apps
    above: where the answer is told for good, in words; empty where it is not.
    """

    TOLD_IN: ClassVar[list[Callable[[Answer], str]]] = []

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "Åtar sig"
        DONE = "done", "Redan gjort"
        DECLINED = "declined", "Avböjer"
        QUESTION = "question", "Begär komplettering"
        PASSED_ON = "passed_on", "Inte vårt ansvarsområde"

    class Reason(models.TextChoices):
        PRIORITY = "priority", "Annat går före"
        BUDGET = "budget", "Ryms inte i budget"
        BASIS = "basis", "Underlaget räcker inte"
        OTHER = "other", "Annat skäl"

    class CostBand(models.TextChoices):
        UNDER_50 = "under_50", "Under 50 000 kr"
        TO_250 = "to_250", "50 000–250 000 kr"
        OVER_250 = "over_250", "Över 250 000 kr"

    assignment = models.ForeignKey("issues.Assignment", models.PROTECT, related_name="answers")
    kind = models.CharField("svar", max_length=20, choices=Kind)
    reason = models.CharField("skäl", max_length=20, choices=Reason, blank=True)
    text = FreeText("kommentar", max_length=2000, blank=True)
    next_step = FreeText("nästa steg", max_length=1000, blank=True)
    planned = models.DateField("planerat klart", null=True, blank=True)
    planned_precision = precision_column()
    planned_words = words_column("planerat klart")
    done_on = models.DateField("klar", null=True, blank=True)  # of what was done already
    cost_band = models.CharField("ungefärlig kostnad", max_length=20, choices=CostBand, blank=True)
    passed_to = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)

    by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    capacity = models.CharField(max_length=20, choices=Member.Role, blank=True)
    channel = models.CharField("hur svaret kom", max_length=20, choices=Channel, default=Channel.SIGNED_IN)
    given_at = models.DateTimeField(default=timezone.now)

    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    withdrawn_why = FreeText("varför det togs tillbaka", max_length=1000, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(withdrawn_at__isnull=True), name="assignment_has_one_answer"
            ),
            models.CheckConstraint(
                condition=~Q(kind="declined") | (~Q(reason="") & ~Q(text="") & ~Q(next_step="")),
                name="answer_declined_with_reason_text_and_next_step",
            ),
            models.CheckConstraint(
                condition=~Q(kind="accepted") | Q(planned__isnull=False), name="answer_accepted_with_a_date"
            ),
            said_day_is_whole("answer", "planned"),
            said_by_somebody("answer"),
            models.CheckConstraint(
                condition=Q(kind="done", done_on__isnull=False) & ~Q(text="")
                | ~Q(kind="done") & Q(done_on__isnull=True),
                name="answer_done_with_a_day_and_what",
            ),
            DatabaseCheck(condition=Q(done_on__lte=swedish_day("given_at")), name="answer_done_when_it_has_been"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False) & (Q(withdrawn_by__isnull=False) | Q(channel=Channel.LINK)),
                name="answer_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.when_said}: {self.get_kind_display().lower()}."

    @property
    def who(self) -> str:
        """Who gave it: Omar Prov; Tekniska förvaltningen, via länk."""
        return str(self.by) if self.by else by_link(self.assignment.organisation)

    @property
    def when_said(self) -> str:
        """Who answered when, inside a sentence: Omar Prov svarade i dag 14.05."""
        if self.by:
            return f"{self.by} svarade {self.when}"
        return f"{self.assignment.organisation} svarade {self.get_channel_display()} {self.when}"

    @property
    def planned_day(self) -> SaidDay | None:
        """The day that was promised, as it was said."""
        return said_day(self, "planned")

    @property
    def when(self) -> str:
        """The moment in words: i dag 14.05, torsdag 19 november 16.30."""
        return swedish_moment(self.given_at, today=timezone.localdate())

    def withdraw_until(self, *, leads: bool = False) -> datetime:
        return self.given_at + time_to_withdraw(self.channel, leads=leads)

    @property
    def last_minute(self) -> str:
        """The time of day until which it can be withdrawn: 14.15."""
        return f"{timezone.localtime(self.withdraw_until()):%H.%M}"

    @property
    def told_in(self) -> str:
        """Where it is told for good, and so stands; empty where it is not."""
        return next(filter(None, (where(self) for where in self.TOLD_IN)), "")

    def is_withdrawable(self, at: datetime, *, leads: bool = False) -> bool:
        """Whether there is still time to withdraw it; `leads` for the samordnare."""
        return at <= self.withdraw_until(leads=leads)
