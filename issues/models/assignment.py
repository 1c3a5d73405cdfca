from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import (
    Conflict,
    FreeLine,
    FreeText,
    NotAllowed,
    Timestamped,
    precision_column,
    said_columns,
    said_day,
    said_day_is_whole,
    words_column,
)
from base.records.guards import DatabaseCheck, guarded_by
from base.swedish.order import swedish_key
from base.swedish.said_days import SaidDay
from issues.models import fixed
from issues.models.answer import Answer, ensure_has_been
from issues.models.status import CARRIED, ActionStatus, any_of
from members.actor import Channel, Voice, by_link
from members.models import AnswersFor, Member, Organisation, Seat

NOTHING: Mapping[str, Any] = {}
HANDED_ON = "Frågan har lämnats till någon annan."
ELSEWHERE = f"{HANDED_ON} Ditt svar är inte sparat."

HAS_SAID_SO = "har redan svarat att frågan inte är deras"


def answered_by(members: models.QuerySet[Member]) -> Q:
    """The organisations that one of the members answers for, or sits for."""
    seats = Seat.objects.current().filter(member__in=members)
    handled = AnswersFor.objects.filter(member__in=members)
    return Q(pk__in=seats.values("organisation")) | Q(pk__in=handled.values("organisation"))


def not_theirs(handovers: Iterable[Assignment]) -> list[Organisation]:
    """Those whose latest answer that stands, of these about one action, is that it is not theirs; in order."""
    in_turn = sorted(handovers, key=lambda each: each.pk)
    latest = {each.organisation: each.answer.kind for each in in_turn if each.answer}
    refused = (each for each, kind in latest.items() if kind == Answer.Kind.PASSED_ON)
    return sorted(refused, key=lambda each: swedish_key(str(each)))


def ensure_goes_on(to: Organisation | None, handovers: Iterable[Assignment]) -> None:
    """Raise ValidationError when a question would be passed to one that has said that it is not theirs."""
    if to and to in not_theirs(handovers):
        raise ValidationError({"to": f"{to} {HAS_SAID_SO}. Skicka den till samordnaren i stället."})


def _new_nonce() -> str:
    return secrets.token_urlsafe(9)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, actions: models.QuerySet[Any]) -> AssignmentQuerySet:
        """The assignments of the actions; visible to whoever may see the action."""
        return self.filter(action__in=actions.values("pk"))

    def current(self) -> AssignmentQuerySet:
        return self.filter(ended_at=None)

    def carried(self) -> AssignmentQuerySet:
        """The current assignments by which somebody answers for an action now, or has done it."""
        return self.current().filter(action__state__in=CARRIED)

    def of(self, organisation_ids: Iterable[int]) -> AssignmentQuerySet:
        return self.filter(organisation__in=organisation_ids)

    def asked(self) -> AssignmentQuerySet:
        """The assignments that are or were a question; one of a draft is not, and opens no issue to anybody."""
        return self.filter(asked_at__isnull=False)

    def renew_links(self) -> None:
        """Give them other links: what was mailed with the old ones opens nothing any more."""
        self.update(link_nonce=_new_nonce())

    def in_status(self, statuses: Collection[ActionStatus], day: date) -> AssignmentQuerySet:
        """The current assignments of actions that have one of the statuses on the day."""
        return self.current().filter(any_of(statuses, day, action="action__", assignment=""))


@pghistory.track()
@pgtrigger.register(
    pgtrigger.Trigger(
        name="answer_is_its_own",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__answer__isnull=False),
        func="""
            IF NOT EXISTS (
                SELECT FROM issues_answer
                WHERE id = NEW.answer_id AND assignment_id = NEW.id AND withdrawn_at IS NULL
            ) THEN RAISE EXCEPTION 'assignment % has an answer of its own that stands', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_is_its_own';
            END IF;
            RETURN NEW;
        """,
    )
)
@guarded_by(*fixed.ASSIGNMENT)
class Assignment(Timestamped):
    """En överlämning: one handover of an action to an organisation, with its own clock and answer.

    Passing on or asking anew makes the next row, so the trail is data.
    """

    deletable = True  # asked because of an answer that was taken back, and nobody has answered

    action = models.ForeignKey("issues.Action", models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(  # an index of its own begins with it
        Organisation, models.PROTECT, related_name="assignments", db_index=False
    )
    message = FreeText("till den som är ansvarig", max_length=2000, blank=True)
    asked_at = models.DateTimeField("frågad", null=True, editable=False)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    asked_channel = models.CharField(max_length=20, choices=Channel, default=Channel.SIGNED_IN, editable=False)
    link_nonce = models.CharField(max_length=24, blank=True, editable=False)  # of its link; a new one makes it void
    answer_due = models.DateField("svar senast", null=True, blank=True)
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="+", null=True, editable=False)  # that stands
    progress = models.OneToOneField("issues.Progress", models.PROTECT, related_name="+", null=True, editable=False)
    planned = models.DateField("planerat klart", null=True, blank=True)  # as promised, and as moved since
    planned_precision = precision_column()
    planned_words = words_column("planerat klart")
    stands_still = models.BooleanField(default=False, editable=False)  # its clock: nobody of theirs may read the issue
    external_ref = FreeLine("ert ärendenummer", max_length=60, blank=True)
    handler = models.ForeignKey(  # a person of theirs; the organisation has it whoever she is
        Member, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="handläggare", db_index=False
    )
    budget_year = models.PositiveSmallIntegerField("budgetår", null=True, blank=True)
    cost_band = models.CharField("ungefärlig kostnad", max_length=20, choices=Answer.CostBand, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(ended_at__isnull=True),
                name="action_sits_with_one_organisation",
            ),
            DatabaseCheck(
                condition=Q(asked_at=None, asked_by=None, asked_channel=Channel.SIGNED_IN)
                | Q(asked_at__isnull=False, asked_by__isnull=False) & ~Q(asked_channel=Channel.LINK)
                | Q(asked_at__isnull=False, asked_by=None, asked_channel=Channel.LINK),
                name="assignment_asked_by_somebody",
            ),
            said_day_is_whole("assignment", "planned"),
            models.CheckConstraint(
                condition=Q(budget_year__isnull=True) | Q(budget_year__range=(2000, 2100)),
                name="assignment_budget_year_is_a_year",
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(asked_at__isnull=False), name="assignment_answered_when_asked"
            ),
        ]
        indexes = [  # which actions an organisation has, and which it is or was asked about
            models.Index(
                fields=["organisation", "ended_at"], include=["action", "asked_at"], name="assignment_by_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action}, {self.organisation}"

    # Questions

    @property
    def is_answered(self) -> bool:
        return self.answer_id is not None

    @property
    def planned_day(self) -> SaidDay | None:
        """The day that is promised now, as it was said."""
        return said_day(self, "planned")

    @property
    def asker(self) -> str:
        """Who asked: Maja Exempel; where it was passed on by link, whoever had it: Tekniska förvaltningen, via länk."""
        if self.asked_by:
            return str(self.asked_by)
        before = [each for each in self.action.assignments.all() if self.pk > each.pk]
        return by_link(max(before, key=lambda each: each.pk).organisation)

    def handed_over_as(self, to: Organisation) -> str:
        """The kind of event of handing it over: an answer to their question, the same asked again, or others asked."""
        if to != self.organisation:
            return "other"
        return "reply" if self.answer and self.answer.kind == Answer.Kind.QUESTION else "again"

    def due_if_asked(self, day: date, usual: date) -> date:
        """The day to answer by if asked on `day`: the one they were given, unless it has passed."""
        given = self.answer_due
        return given if given and given >= day else usual

    # Verbs: the four answers

    def accept(
        self,
        *,
        by: Voice,
        planned: date | SaidDay,
        text: str = "",
        at: datetime | None = None,
        **noted: Any,
    ) -> Answer:
        """Answer yes, with a day of one's own. Raises Conflict when somebody was first.

        `cost_band`, `budget_year`, `external_ref` are noted as they are given, empty too; one not given stays.
        """
        facts = {**said_columns("planned", planned), "text": text, "cost_band": noted.get("cost_band", "")}
        return self._answer(Answer.Kind.ACCEPTED, by=by, at=at, noted=noted, **facts)

    def already_done(self, *, by: Voice, done_on: date, note: str, at: datetime | None = None) -> Answer:
        """Answer that it is done already, on a day that may lie before the question. Raises Conflict.

        Raises ValidationError when the day is yet to come.
        """
        at = at or timezone.now()
        ensure_has_been(done_on, at)
        return self._answer(Answer.Kind.DONE, by=by, at=at, text=note, done_on=done_on)

    def decline(self, *, by: Voice, reason: str, text: str, next_step: str, at: datetime | None = None) -> Answer:
        """Answer no, with a reason the group can understand and what could come next. Raises Conflict."""
        return self._answer(Answer.Kind.DECLINED, by=by, at=at, reason=reason, text=text, next_step=next_step)

    def ask(self, *, by: Voice, text: str, at: datetime | None = None) -> Answer:
        """Answer with a question back to the group. Raises Conflict."""
        return self._answer(Answer.Kind.QUESTION, by=by, at=at, text=text)

    def pass_on(self, *, by: Voice, to: Organisation | None, text: str = "", at: datetime | None = None) -> Answer:
        """Answer that it is not theirs. A named organisation is asked at once; else the samordnare chooses one.

        Raises Conflict, and ValidationError when passed to oneself, or to one that has said that it is not theirs: it
        would go round in circles.
        """
        if to == self.organisation:
            raise ValidationError({"to": "Frågan ligger redan hos er. Välj någon annan."})
        if to and self.action.issue.is_closed:
            raise ValidationError({"to": "Ärendet är avslutat, så ingen annan får frågan. Låt samordnaren avgöra."})
        return self._answer(Answer.Kind.PASSED_ON, by=by, at=at, passed_to=to, text=text)

    @transaction.atomic
    def withdraw_answer(
        self, *, by: Voice, given: int | None = None, why: str = "", at: datetime | None = None
    ) -> None:
        """Withdraw the answer that counts: the question is open again, and what they have noted of it stands.

        For ten minutes, or for the samordnare two weeks where it came by link; less when something that came later
        rests on it. `given` is the key of the one that is meant. Raises Conflict when that is withdrawn, NotAllowed
        when it stands for good.
        """
        action = self.action
        action.lock()
        at = at or timezone.now()
        self.refresh_from_db(from_queryset=Assignment.objects.select_related("answer", "organisation"))
        self.action, answer = action, self.answer
        if answer is None or (given and answer.pk != given):
            raise Conflict("Svaret är redan taget tillbaka.")
        if not answer.is_withdrawable(at, leads=by.leads):
            raise NotAllowed("Svaret är äldre än tio minuter och står fast. Berätta för samordnaren om det blev fel.")
        action.issue.lock()
        if stands := action.why_it_stands(answer):
            raise NotAllowed(f"{stands}, så det står fast. Berätta för samordnaren om det blev fel.")
        self._take_back(answer, by=by, why=why, at=at)

    @transaction.atomic
    def unanswer(self, *, by: Voice, at: datetime) -> None:
        """Take its answer back as the closing that gave it is undone, which has asked what rests on all of that."""
        action = self.action
        action.lock()
        self.refresh_from_db(from_queryset=Assignment.objects.select_related("answer", "organisation"))
        self.action = action
        if self.answer:
            self._take_back(self.answer, by=by, why="", at=at)

    # Used by the verbs of the action

    def start_clock(self, issue: Any, *, by: Voice, at: datetime) -> None:
        """Set it asked now, with a link of its own. A due day that has passed since becomes the group's usual one."""
        self.asked_at, self.asked_by, self.asked_channel = at, by.member, by.channel
        self.link_nonce = _new_nonce()
        day = timezone.localdate(at)
        self.answer_due = self.due_if_asked(day, by.group.answer_due(day))
        clock = self._set_clock(issue, by=by, at=at)
        asked = ["asked_at", "asked_by", "asked_channel", "link_nonce", "answer_due"]
        self.save(update_fields=[*asked, *clock, "updated_at"])

    def stop_clock(self) -> None:
        """Set it unasked; the due day is kept."""
        self.asked_at = self.asked_by = None
        self.asked_channel, self.link_nonce = Channel.SIGNED_IN, ""
        self.save(update_fields=["asked_at", "asked_by", "asked_channel", "link_nonce", "updated_at"])

    def replace(self, *, organisation: Organisation, message: str, answer_due: date | None, at: datetime) -> Assignment:
        """End this handover and make the next."""
        self.ended_at = at
        self.save(update_fields=["ended_at", "updated_at"])
        return Assignment.objects.create(
            action=self.action, organisation=organisation, message=message, answer_due=answer_due, created_at=at
        )

    def plan(self, day: date | SaidDay) -> None:
        """Set the day that is promised from now on."""
        self.save(update_fields=[*self._plan(day), "updated_at"])

    # Private

    def _take_back(self, answer: Answer, *, by: Voice, why: str, at: datetime) -> None:
        """Withdraw the answer of its locked action: the question is open again."""
        self.action.return_to_proposed(self, by=by, at=at)
        Answer.objects.filter(pk=answer.pk).update(
            withdrawn_at=at, withdrawn_by=by.member, withdrawn_why=why, updated_at=timezone.now()
        )
        self.answer = self.ended_at = None
        clock = self._set_clock(self.action.issue, by=by, at=at)
        self.save(update_fields=["answer", *self._plan(None), "ended_at", *clock, "updated_at"])

    def _set_clock(self, issue: Any, *, by: Voice, at: datetime) -> list[str]:
        """Let its clock go while somebody of theirs may read the issue, and return the columns that this sets.

        One that has stood still has the group's usual time anew.
        """
        stood, self.stands_still = self.stands_still, issue.restricted and not self._is_read(issue)
        if stood and not self.stands_still:
            self.answer_due = by.group.answer_due(timezone.localdate(at))
        return ["stands_still", "answer_due"]

    def _is_read(self, issue: Any) -> bool:
        theirs = Organisation.objects.filter(answered_by(issue.named.filter(is_active=True)), pk=self.organisation_id)
        return theirs.exists()

    def _plan(self, day: date | SaidDay | None) -> list[str]:
        """Set the columns of the promised day, and return which they are."""
        columns = said_columns("planned", day)
        for name, value in columns.items():
            setattr(self, name, value)
        return [*columns]

    @transaction.atomic
    def _answer(
        self,
        kind: Answer.Kind,
        *,
        by: Voice,
        at: datetime | None,
        noted: Mapping[str, Any] = NOTHING,
        **facts: Any,
    ) -> Answer:
        """Lock the action, check that nobody was first, then store the answer and set the action's state by it."""
        self.action.lock()
        at = at or timezone.now()
        handovers = Assignment.objects.select_related("answer__by", "organisation").filter(action=self.action_id)
        stored = {each.pk: each for each in handovers}
        self._ensure_unanswered(stored.get(self.pk))
        ensure_goes_on(facts.get("passed_to"), stored.values())
        who = {"by": by.member, "capacity": by.capacity, "channel": by.channel}
        self.answer = Answer.objects.create(assignment=self, kind=kind, given_at=at, created_at=at, **who, **facts)
        for name, value in noted.items():
            setattr(self, name, value)
        self.save(update_fields=["answer", *self._plan(self.answer.planned_day), *noted, "updated_at"])
        self.action.follow(self, by=by, at=at)
        return self.answer

    def lock_with_action(self, *states: str, otherwise: str = "Inget är sparat.") -> None:
        """Lock its action, in one of the states, and read it anew. Raises Conflict when they have it no longer."""
        action = self.action
        action.lock_if(*states)
        self.refresh_from_db(from_queryset=Assignment.objects.select_related("handler", "organisation"))
        self.action = action
        if self.ended_at:
            raise Conflict(f"{HANDED_ON} {otherwise}")

    def _ensure_unanswered(self, stored: Assignment | None) -> None:
        if stored is None:  # whoever passed it on took that back
            raise Conflict(ELSEWHERE)
        if stored.answer:
            raise Conflict(f"{stored.answer} Ditt svar är inte sparat, men det står kvar här.")
        if not stored.asked_at:
            raise NotAllowed("Frågan är inte ställd än.")
        if stored.ended_at:
            raise Conflict(ELSEWHERE)
