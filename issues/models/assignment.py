from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from base.records import Conflict, FreeLine, FreeText, NotAllowed, Timestamped
from base.swedish.words import swedish_moment
from issues.models.channel import Channel
from issues.models.status import CARRIED, ActionStatus, any_of
from members.models import Member, Organisation


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, actions: models.QuerySet[Any]) -> AssignmentQuerySet:
        """Every handover of the actions; whoever may know an action may know them."""
        return self.filter(action__in=actions.values("pk"))

    def current(self) -> AssignmentQuerySet:
        return self.filter(ended_at=None)

    def carried(self) -> AssignmentQuerySet:
        """Those by which somebody answers for an action now, or has done it."""
        return self.current().filter(action__state__in=CARRIED)

    def of(self, organisation_ids: Iterable[int]) -> AssignmentQuerySet:
        return self.filter(organisation__in=organisation_ids)

    def in_status(self, statuses: Collection[ActionStatus], day: date) -> AssignmentQuerySet:
        """The current ones of the actions that have one of the statuses on the day."""
        return self.current().filter(any_of(statuses, day, action="action__", assignment=""))


@pghistory.track()
@pgtrigger.register(
    pgtrigger.Protect(
        name="answer_given_once",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__answer__gt="") & pgtrigger.Q(new__answer__df=pgtrigger.F("old__answer")),
    )
)
class Assignment(Timestamped):
    """En överlämning: one handover of an action to an organisation, with its own clock and answer.

    The answer never changes once given; passing on or asking anew makes the next row, so the trail is data.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Ja, vi gör det"
        DECLINED = "declined", "Nej, inte nu"
        QUESTION = "question", "Vi behöver veta mer"
        PASSED_ON = "passed_on", "Det här är inte vår fråga"

    class Reason(models.TextChoices):
        PRIORITY = "priority", "Annat går före"
        BUDGET = "budget", "Ryms inte i budget"
        BASIS = "basis", "Underlaget räcker inte"
        OTHER = "other", "Annat skäl"

    class CostBand(models.TextChoices):
        UNDER_50 = "under_50", "Under 50 000 kr"
        TO_250 = "to_250", "50 000–250 000 kr"
        OVER_250 = "over_250", "Över 250 000 kr"

    action = models.ForeignKey("issues.Action", models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    message = FreeText("till den som får frågan", max_length=2000, blank=True)
    asked_at = models.DateTimeField("frågad", null=True, editable=False)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    answer_due = models.DateField("svar senast", null=True, blank=True)

    answer = models.CharField("svar", max_length=20, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    channel = models.CharField("hur svaret kom", max_length=20, choices=Channel, default=Channel.SIGNED_IN)
    planned = models.DateField("planerat klart", null=True, blank=True)
    reason = models.CharField("skäl", max_length=20, choices=Reason, blank=True)
    text = FreeText("kommentar", max_length=2000, blank=True)
    next_step = FreeText("nästa steg", max_length=1000, blank=True)
    cost_band = models.CharField("ungefärlig kostnad", max_length=20, choices=CostBand, blank=True)
    external_ref = FreeLine("ert ärendenummer", max_length=60, blank=True)
    passed_to = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(ended_at__isnull=True),
                name="action_sits_with_one_organisation",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="assignment_answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | (~Q(reason="") & ~Q(text="") & ~Q(next_step="")),
                name="assignment_declined_with_reason_text_and_next_step",
            ),
            models.CheckConstraint(
                condition=~Q(answer="accepted") | Q(planned__isnull=False),
                name="assignment_accepted_with_a_date",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ended_at", "answer"], name="assignment_by_organisation")]

    def __str__(self) -> str:
        return f"{self.action}, {self.organisation}"

    # Questions

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)

    @property
    def first_answer(self) -> str:
        """Who answered what and when, for the one who came second."""
        when = swedish_moment(self.answered_at, today=timezone.localdate()) if self.answered_at else ""
        return f"{self.answered_by} svarade ”{self.get_answer_display()}” {when}."

    def due_if_asked(self, usual: date) -> date:
        """The day to answer by, were they asked today: the one they were given, unless it has passed."""
        given = self.answer_due
        return given if given and given >= timezone.localdate() else usual

    # Verbs: the four answers

    def accept(
        self,
        *,
        by: Member,
        planned: date,
        text: str = "",
        cost_band: str = "",
        external_ref: str = "",
        channel: str = Channel.SIGNED_IN,
    ) -> None:
        """Yes, with a day of one's own. Raises Conflict when somebody was first."""
        said = f"Ja till ”{self.action}”, klart {date_format(planned, 'j F Y')}. {text}"
        facts = {"planned": planned, "text": text, "cost_band": cost_band, "external_ref": external_ref}
        self._answer(self.Answer.ACCEPTED, said, by=by, channel=channel, **facts)

    def decline(self, *, by: Member, reason: str, text: str, next_step: str, channel: str = Channel.SIGNED_IN) -> None:
        """No, with a reason the group can understand and what could come next. Raises Conflict."""
        said = f"Nej till ”{self.action}”: {self.Reason(reason).label.lower()}. {text} Nästa steg: {next_step}"
        self._answer(self.Answer.DECLINED, said, by=by, channel=channel, reason=reason, text=text, next_step=next_step)

    def ask(self, *, by: Member, text: str, channel: str = Channel.SIGNED_IN) -> None:
        """A question back to the group. Raises Conflict."""
        said = f"Fråga till gruppen om ”{self.action}”: {text}"
        self._answer(self.Answer.QUESTION, said, by=by, channel=channel, text=text)

    @transaction.atomic
    def pass_on(self, *, by: Member, to: Organisation | None, text: str = "", channel: str = Channel.SIGNED_IN) -> None:
        """Not ours. To a named organisation the question goes at once; to nobody it waits on the samordnare.

        Raises Conflict, and ValidationError when passed to oneself.
        """
        if to == self.organisation:
            raise ValidationError({"to": "Frågan ligger redan hos er. Välj någon annan."})
        whose = f"skickad vidare till {to}" if to else "vet inte vems frågan är, samordnaren väljer"
        said = f"Inte vår fråga, {whose}: {self.action}. {text}"
        self._answer(self.Answer.PASSED_ON, said, by=by, channel=channel, passed_to=to, text=text)
        if to:
            self.action.ask(self.replace(organisation=to, message=text, answer_due=None), by=by)

    # Used by the verbs of the action

    def start_clock(self, *, by: Member, usual: date) -> None:
        """Now they are asked. A day that passed while it was a draft gives way to the group's usual one."""
        self.asked_at, self.asked_by = timezone.now(), by
        self.answer_due = self.due_if_asked(usual)
        self.save(update_fields=["asked_at", "asked_by", "answer_due", "updated_at"])

    def stop_clock(self) -> None:
        """They are not asked after all; the day they were given stays."""
        self.asked_at = self.asked_by = None
        self.save(update_fields=["asked_at", "asked_by", "updated_at"])

    def replace(self, *, organisation: Organisation, message: str, answer_due: date | None) -> Assignment:
        """End this handover and make the next."""
        self.ended_at = timezone.now()
        self.save(update_fields=["ended_at", "updated_at"])
        return Assignment.objects.create(
            action=self.action, organisation=organisation, message=message, answer_due=answer_due
        )

    # Private

    @transaction.atomic
    def _answer(self, answer: Answer, said: str, *, by: Member, channel: str, **facts: Any) -> None:
        """Hold the action, see that nobody was first, then keep the answer and let the action follow it."""
        self.action.lock()
        self._ensure_unanswered()
        facts |= {"answer": answer, "answered_at": timezone.now(), "answered_by": by, "channel": channel}
        self.set(facts)
        self.action.follow(self, said)
        self.save(update_fields=[*facts, "updated_at"])

    def _ensure_unanswered(self) -> None:
        stored = Assignment.objects.select_related("answered_by").get(pk=self.pk)
        if stored.is_answered:
            raise Conflict(f"{stored.first_answer} Ditt svar är inte sparat, men det står kvar här.")
        if not stored.asked_at:
            raise NotAllowed("Frågan är inte ställd än.")
        if stored.ended_at:
            raise Conflict("Frågan har lämnats till någon annan. Ditt svar är inte sparat.")
