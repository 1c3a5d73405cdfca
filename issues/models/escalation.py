from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Conflict, EditConflict, FreeLine, FreeText, NotAllowed, Timestamped
from base.records.guards import guarded_by
from base.swedish.words import day_and_month
from issues.models import fixed
from issues.models.action import Action
from issues.models.answer import TIME_TO_WITHDRAW, ensure_has_been
from issues.models.assignment import Assignment
from issues.models.escalation_path import EscalationPath, rungs_for
from issues.models.event import Event, EventKind
from issues.models.status import PROMISED, ActionState
from members.actor import Actor
from members.models import Member

ESCALATED_IN = frozenset({ActionState.PROPOSED, ActionState.DECLINED}) | PROMISED
"""An organisation is silent, has said no, or has not done what it promised."""
NOT_SAVED = "Inget är sparat."
NOT_ABOVE = f"Åtgärden kan inte eskaleras till {{}} nu. Se vilka som kan väljas, och välj igen. {NOT_SAVED}"


@pghistory.track()
@guarded_by(*fixed.ESCALATION)
class Escalation(Timestamped):
    """En eskalering: a question that the group lifts over the organisation's head, and what is decided there.

    to     those it went to, in the words of that day
    rung   the first or the second of those its kind of organisation has
    by     who wrote it down
    ruling what they decided, the latest that stands

    The action's `escalation` is the latest that stands. `TOLD_IN` are questions of the apps above: where what was
    written last is told for good, and so stands.
    """

    TOLD_IN: ClassVar[list[Callable[[Escalation], str]]] = []

    action = models.ForeignKey(Action, models.PROTECT, related_name="escalations")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    rung = models.PositiveSmallIntegerField(editable=False)
    to = FreeLine("till", max_length=120)
    registry_no = FreeLine("diarienummer", max_length=60, blank=True)
    raised_on = models.DateField("eskalerad")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    ruling = models.OneToOneField("issues.Ruling", models.PROTECT, related_name="+", null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(ruling=None, withdrawn_at=None),
                name="question_escalated_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(rung__in=[1, 2]), name="escalation_of_two_rungs"),
        ]

    def __str__(self) -> str:
        return f"{self.action}, {self.to}"

    # Questions

    @classmethod
    def of(cls, action: Action) -> Escalation | None:
        """The latest that stands of the question to whom has it now; what it was lifted from others tells nothing."""
        lifted = action.escalation
        return lifted if lifted and lifted.assignment_id == action.current.pk else None

    @property
    def is_open(self) -> bool:
        """Whether it waits for their decision."""
        return self.ruling is None and self.withdrawn_at is None

    @property
    def written_at(self) -> datetime:
        """When what was written last was: the decision, else that it was escalated."""
        return self.ruling.created_at if self.ruling else self.created_at

    @property
    def last_minute(self) -> str:
        """The time of day until which it can be taken back: 14.05."""
        return f"{timezone.localtime(self.written_at + TIME_TO_WITHDRAW):%H.%M}"

    def why_it_stands(self, at: datetime) -> str:
        """Why what was written last cannot be taken back, as a sentence begins; empty while it can."""
        if at > self.written_at + TIME_TO_WITHDRAW:
            return "Det är äldre än tio minuter"
        kind = Event.Kind.RULED if self.ruling else Event.Kind.ESCALATED
        told = self.action.events.filter(escalation=self, kind=kind).order_by("-pk").first()
        if self.action.has_more_after(told):
            return "Det har hänt mer sedan dess"
        where = next(filter(None, (where(self) for where in self.TOLD_IN)), "")
        return where and f"Det står i {where}"

    # Verbs

    @classmethod
    @transaction.atomic
    def escalate(
        cls,
        action: Action,
        *,
        to: str,
        rung: int,
        by: Actor,
        registry_no: str = "",
        raised_on: date | None = None,
        version: str = "",
        at: datetime | None = None,
    ) -> Escalation:
        """Lift it to those above the organisation, and return that.

        Raises EditConflict when the action changed since `version`, or its organisation's are not lifted to them (any
        longer, or now); Conflict when there is nothing to lift, or it is lifted already, or its issue is closed;
        ValidationError for a day before the question or to come.
        """
        action.lock(version)
        action.issue.lock_open()
        at = at or timezone.now()
        if action.state not in ESCALATED_IN:
            raise Conflict(action.refusal(NOT_SAVED))
        latest = action.escalations.filter(assignment=action.current, withdrawn_at=None).order_by("-pk").first()
        if latest and latest.is_open:
            since = day_and_month(latest.raised_on, today=date.min)
            raise Conflict(f"Åtgärden är redan eskalerad till {latest.to} {since}. {NOT_SAVED}")
        rungs = dict(rungs_for(action.current.organisation, EscalationPath.known()))
        if rungs.get(rung) != to or (latest and rung <= latest.rung):
            raise EditConflict(NOT_ABOVE.format(to))
        day = raised_on or timezone.localdate(at)
        ensure_has_been(day, at, "raised_on")
        _ensure_not_before(timezone.localdate(action.current.asked_at), day, "raised_on", "Frågan ställdes")
        facts = {"to": to, "rung": rung, "registry_no": registry_no, "raised_on": day}
        escalation = cls(action=action, assignment=action.current, by=by.member, created_at=at, **facts)
        escalation.save_checked()
        escalation._is_told(Event.Kind.ESCALATED, by=by, at=at, latest=escalation)
        return escalation

    @classmethod
    @transaction.atomic
    def write_ruling(
        cls,
        action: Action,
        *,
        decision: str,
        by: Actor,
        decided_on: date | None = None,
        registry_no: str = "",
        version: str = "",
        at: datetime | None = None,
    ) -> Escalation:
        """Write down what they decided whom it waits for.

        Raises EditConflict as `escalate`, Conflict when that is written down already, ValidationError for a day before
        it or to come.
        """
        action.lock(version)
        at = at or timezone.now()
        standing = action.escalations.filter(assignment=action.current, withdrawn_at=None)
        latest = standing.select_related("ruling").order_by("-pk").first()
        if latest is None or not latest.is_open:
            already = f"Beslutet står redan: {latest.ruling}" if latest else "Åtgärden är inte eskalerad."
            raise Conflict(f"{already} {NOT_SAVED}")
        day = decided_on or timezone.localdate(at)
        ensure_has_been(day, at, "decided_on")
        _ensure_not_before(latest.raised_on, day, "decided_on", "Åtgärden eskalerades")
        facts = {"decision": decision, "decided_on": day, "by": by.member, "created_at": at}
        latest.action, latest.ruling = action, Ruling.objects.create(escalation=latest, **facts)
        latest.registry_no = registry_no or latest.registry_no
        latest.save(update_fields=["ruling", "registry_no", "updated_at"])
        latest._is_told(Event.Kind.RULED, by=by, at=at, latest=latest, ruling=latest.ruling)
        return latest

    @transaction.atomic
    def withdraw_latest(self, *, by: Actor, written: str = "", at: datetime | None = None) -> None:
        """Take back what was written last: the decision, else that it was escalated.

        `written` names that, as `written_at` does. Raises Conflict when it is taken back, NotAllowed after ten minutes,
        when something has come after it or when minutes tell it.
        """
        action = self.action
        action.lock()
        action.issue.lock()
        self.refresh_from_db(from_queryset=Escalation.objects.select_related("assignment", "ruling"))
        self.action, at = action, at or timezone.now()
        if self.withdrawn_at or (written and written != self.written_at.isoformat()):
            raise Conflict("Det är redan taget tillbaka. Inget är ändrat.")
        if why := self.why_it_stands(at):
            raise NotAllowed(f"{why}, så det står fast. Skriv en anteckning om det blev fel.")
        ruling = self.ruling
        if ruling:
            ruling.withdrawn_at, self.ruling = at, None
            ruling.save()
        else:
            self.withdrawn_at = at
        self.save()
        standing = self.action.escalations.filter(withdrawn_at=None).order_by("-pk").first()
        self._is_told(Event.Kind.WITHDRAWN, by=by, at=at, latest=standing, ruling=ruling)

    # Private

    def _is_told(
        self, kind: EventKind, *, by: Actor, at: datetime, latest: Escalation | None, ruling: Ruling | None = None
    ) -> None:
        """Record the event, and set the action's latest that stands."""
        action = self.action
        action.save(update_fields=action.set({"escalation": latest}, by=by))
        points = {"action": action, "assignment": self.assignment, "escalation": self, "ruling": ruling}
        action.issue.record(kind, by=by, at=at, **points)


@pghistory.track()
@guarded_by(*fixed.RULING)
class Ruling(Timestamped):
    """Ett beslut efter eskalering: what those decided whom it went to. It never changes; it can be taken back."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="rulings")
    decision = FreeText("deras beslut", max_length=2000)
    decided_on = models.DateField("beslutad")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["escalation"], condition=Q(withdrawn_at=None), name="escalation_ruled_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="ruling_says_something"),
        ]

    def __str__(self) -> str:
        return self.decision


def _ensure_not_before(first: date, day: date, field: str, what: str) -> None:
    """Raise ValidationError for a day before the one on which that happened."""
    if day < first:
        since = day_and_month(first, today=date.min)
        raise ValidationError({field: f"{what} {since}. Välj den dagen eller en senare."})
