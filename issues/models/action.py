from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import (
    Attribution,
    FreeHeading,
    FreeText,
    NotAllowed,
    Stateful,
    entered_by_somebody,
    page_of,
    precision_column,
    said_columns,
    said_day,
    said_day_is_whole,
    words_column,
)
from base.records.guards import DatabaseCheck, guarded_by
from base.records.search import searchable_text, searchable_vector
from base.records.versioned import NO_TEXTS
from base.swedish.said_days import SaidDay
from base.swedish.words import day_and_month
from issues.models import fixed
from issues.models.action_lists import ActionLists
from issues.models.answer import Answer, ensure_has_been, swedish_day
from issues.models.assignment import Assignment
from issues.models.event import Event, EventKind
from issues.models.issue import Issue
from issues.models.numbering import Tombstone
from issues.models.status import (
    ACTION_STATE_TEXTS,
    ACTION_TRANSITIONS,
    CARRIED,
    PROMISED,
    SAID,
    ActionState,
    ActionStatus,
    status_of,
)
from issues.models.supporting import ensure_others_support
from members.actor import Actor, Channel, Voice
from members.models import Member, Organisation


class ActionQuerySet(ActionLists["Action"]):
    pass


ONLY_A_DRAFT = "Åtgärden är ett utkast, så ingen har fått frågan än. Föreslå den först. Inget är ändrat."


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(*fixed.ACTION)
class Action(Stateful):
    """En åtgärd: what the group asks an organisation to do. The group has no budget; it proposes.

    Each handover is an Assignment with its own clock and answer; exactly one is current.
    """

    State = ActionState
    TRANSITIONS = ACTION_TRANSITIONS
    STATE_TEXTS = ACTION_STATE_TEXTS
    ENTERED_BY_NOBODY = SAID
    FOLLOWS = {
        Answer.Kind.ACCEPTED: State.ACCEPTED,
        Answer.Kind.DONE: State.DONE,
        Answer.Kind.DECLINED: State.DECLINED,
        Answer.Kind.QUESTION: State.QUESTION,
        Answer.Kind.PASSED_ON: State.QUESTION,
    }

    TOLD_AS = {Answer.Kind.PASSED_ON: Event.Kind.MOVED, Answer.Kind.DONE: Event.Kind.DONE}

    class Term(models.TextChoices):
        SHORT = "short", "Kort sikt"
        LONG = "long", "Lång sikt"

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="actions")
    title = FreeHeading("vad ska göras", max_length=160)
    text = FreeText("varför, och vad gruppen vet", max_length=4000, blank=True)
    term = models.CharField("sikt", max_length=20, choices=Term, blank=True)
    wished = models.DateField("önskas klart", null=True, blank=True)
    wished_precision = precision_column()
    wished_words = words_column("önskas klart")
    supporting = models.ManyToManyField(
        Organisation, through="ActionSupport", related_name="+", blank=True, verbose_name="stöd från"
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    escalation = models.OneToOneField("issues.Escalation", models.PROTECT, related_name="+", null=True, editable=False)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    done_at = models.DateTimeField("rapporterad klar", null=True, editable=False)
    done_on = models.DateField("klar", null=True, editable=False)  # as told, not when the button was pressed
    done_note = FreeText("vad som gjordes", max_length=2000, blank=True, editable=False)

    search_text = searchable_text("title", "text", "done_note")
    search_vector = searchable_vector("title", "text", "done_note")

    suggestion = ""  # of the register's, where a list has asked for it
    told_for: tuple[Organisation, ...] = ()  # of a draft that a list tells once for several
    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, done_on__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True, done_on__isnull=True)),
                name="action_done_has_a_time",
            ),
            DatabaseCheck(
                condition=Q(done_on__lte=swedish_day("done_at")),
                name="action_done_when_it_has_been",
            ),
            said_day_is_whole("action", "wished"),
            entered_by_somebody("action", or_nobody_in=SAID),
        ]
        indexes = [
            models.Index(fields=["state", "-created_at", "-id"], include=["issue"], name="action_by_state"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="action_by_done"),
            GinIndex(fields=["search_vector"], name="action_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="action_trigram"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return page_of("issues:action_detail", self.pk)

    # Questions

    @cached_property
    def current(self) -> Assignment:
        """The current assignment: joined by with_current(), else found among all of them."""
        return next(a for a in self.assignments.all() if a.ended_at is None)

    @property
    def wished_day(self) -> SaidDay | None:
        """The day that the group wishes it done by, as it was said."""
        return said_day(self, "wished")

    def status_on(self, day: date) -> ActionStatus:
        """The status on the day: what the action needs, and of whom."""
        return status_of(self.state, self.current, day)

    @property
    def is_draft(self) -> bool:
        """Whether nobody has been asked yet."""
        return self.state == self.State.DRAFT

    @property
    def is_promised(self) -> bool:
        """Whether an organisation has said yes and is not done."""
        return self.state in PROMISED

    @property
    def is_carried(self) -> bool:
        """Whether an organisation has it to do or answer, or has done it."""
        return self.state in CARRIED

    @property
    def is_asked(self) -> bool:
        """Whether an organisation has been asked and has not answered."""
        return self.state == self.State.PROPOSED

    @property
    def is_with_the_group(self) -> bool:
        """Whether it is the samordnare's turn: the organisation has asked back, or does not know whose it is."""
        return self.state == self.State.QUESTION

    @property
    def lacks_a_taker(self) -> bool:
        """Whether the organisation passed it on without naming another."""
        return bool(self.current.answer and self.current.answer.kind == Answer.Kind.PASSED_ON)

    def waits_on(self, member: Member) -> bool:
        """Whether it is her turn: the samordnare's of what has come back to the group, theirs who were asked."""
        if self.is_with_the_group:
            return member.is_coordinator
        return self.is_asked and self.current.organisation_id in member.organisation_ids

    def has_more_after(self, event: Event | None) -> bool:
        """Whether more has come to rest on what was said then: of the action, or the end of its issue."""
        rests_on_it = Q(action=self) | Q(kind=Event.Kind.CLOSED)
        return self.issue.events.that_move().filter(rests_on_it, pk__gt=event.pk if event else 0).exists()

    def why_it_stands(self, answer: Answer) -> str:
        """What has come to rest on the answer, so that it cannot be withdrawn; empty where nothing has."""
        if self.has_more_after(self.events.filter(answer=answer).order_by("pk").first()):
            return "Det har hänt mer efter svaret"
        return answer.told_in and f"Svaret står i {answer.told_in}"

    # Verbs

    @classmethod
    @transaction.atomic
    def draft(
        cls,
        *,
        issue: Issue,
        organisation: Organisation,
        by: Actor,
        answer_due: date | None = None,
        wished: date | SaidDay | None = None,
        supporting: Iterable[Organisation] = (),
        at: datetime | None = None,
        **facts: Any,
    ) -> Action:
        """Make a draft and return it. No clock runs and no event is written until it is proposed.

        Raises NotAllowed when the issue is closed, ValidationError on bad facts or when one who is asked would
        support itself.
        """
        at = at or timezone.now()
        issue.lock_open()
        ensure_others_support([organisation], supporting)
        action = cls(issue=issue, created_by=by.member, created_at=at, **said_columns("wished", wished), **facts)
        action.save_checked()
        action.supporting.add(*supporting)
        Assignment.objects.create(action=action, organisation=organisation, answer_due=answer_due, created_at=at)
        return action

    @transaction.atomic
    def propose(self, *, by: Actor, at: datetime | None = None, facts: Mapping[str, Any] | None = None) -> None:
        """Ask the organisation: the clock starts now, once. Raises Conflict when it is no longer a draft.

        `facts` for the timeline: of the decision it follows from, and whom else it asks (`asked_together`).
        """
        self.lock_if(self.State.DRAFT)
        at = at or timezone.now()
        self.set_state(self.State.PROPOSED, by=by, at=at)
        self._ask(self.current, by=by, at=at)
        self.issue.take_up(by=by, at=at)
        kind = Event.Kind.DECIDED if facts and "decision" in facts else Event.Kind.PROPOSED
        self._record(kind, by=by, at=at, facts=dict(facts or {}))

    @transaction.atomic
    def unpropose(self, *, by: Actor, at: datetime | None = None) -> None:
        """Make it a draft again, as the closing that proposed it is undone. Raises Conflict when it was answered."""
        self.lock()
        self.set_state(self.State.DRAFT, by=by, at=at or timezone.now())
        self.current.stop_clock()

    @transaction.atomic
    def hand_over(
        self,
        *,
        to: Organisation,
        message: str,
        by: Actor,
        answer_due: date | None = None,
        version: str = "",
        at: datetime | None = None,
    ) -> Assignment:
        """Ask an organisation anew: answer its question, ask it again after a no, or move the action elsewhere.

        Raises Conflict when the action is under way or at an end, EditConflict when it changed since `version`,
        NotAllowed when it is a draft, which nobody has been asked yet.
        """
        self.lock(version)
        at = at or timezone.now()
        if self.is_draft:
            raise NotAllowed(ONLY_A_DRAFT)
        old = self.current
        self.set_state(self.State.PROPOSED, by=by, at=at)
        self._ask(old.replace(organisation=to, message=message, answer_due=answer_due, at=at), by=by, at=at)
        self._record(Event.Kind.MOVED, by=by, at=at, facts={"how": old.handed_over_as(to)})
        return self.current

    @transaction.atomic
    def start(self, *, by: Voice, at: datetime | None = None) -> None:
        """Set it ongoing: the organisation has started. Raises Conflict."""
        self.lock()
        at = at or timezone.now()
        self.set_state(self.State.ONGOING, by=by, at=at)
        self._record(Event.Kind.STARTED, by=self._speaker(by), at=at)

    @transaction.atomic
    def finish(self, *, note: str, by: Voice, done_on: date | None = None, at: datetime | None = None) -> None:
        """Report it done, with what the organisation did and on which day (default the day of `at`).

        Raises Conflict, and ValidationError for a day to come or before the action: what was done before it was asked
        is answered so (`Assignment.already_done`).
        """
        self.lock_if(*PROMISED)
        at = at or timezone.now()
        made = min(timezone.localdate(self.created_at), timezone.localdate(at))
        if done_on and done_on < made:
            since = day_and_month(made, today=date.min)
            raise ValidationError({"done_on": f"Åtgärden kom till {since}. Välj den dagen eller en senare."})
        self._set_done(by=by, at=at, done_on=done_on, done_note=note)
        self._record(Event.Kind.DONE, by=self._speaker(by), at=at)

    @transaction.atomic
    def cancel(self, *, reason: str, by: Actor, version: str = "", at: datetime | None = None) -> None:
        """Take the group's proposal back. Raises Conflict, EditConflict when it changed since `version`.

        Of a draft, of which few know, no timeline tells: a tombstone keeps who took it back and why.
        """
        self.lock(version)
        at = at or timezone.now()
        was_draft = self.is_draft
        self.set_state(self.State.CANCELLED, by=by, at=at)
        if was_draft:
            Tombstone.leave(self, str(self.pk), why=reason[:500], by=by, at=at)
        else:
            self._record(Event.Kind.CANCELLED, by=by, at=at, text=reason)

    # Used by the verbs here and by the answers in assignment.py

    def lock(self, version: str = "", *, texts: Mapping[str, Any] = NO_TEXTS) -> None:
        """Lock the row and drop loaded assignments, so that of two who answer at once one waits."""
        self.__dict__.pop("current", None)
        super().lock(version, texts=texts)

    def last_saved(self) -> Attribution:
        """The attribution of the latest saving, with what was done last."""
        last = self.events.that_move().with_related().latest_first().first()
        saved = replace(super().last_saved(), what=str(last or ""))
        return replace(saved, who=str(last.organisation)) if last and last.channel == Channel.LINK else saved

    def state_entered(self) -> Attribution | None:
        """The attribution of the state; of one that a word by link led to, with whose that was."""
        entered = super().state_entered()
        if entered is None or self.state_by:
            return entered
        said = self.events.filter(at=entered.at, channel=Channel.LINK).first()
        return replace(entered, who=said.named) if said else entered

    def follow(self, assignment: Assignment, *, by: Voice, at: datetime) -> None:
        """Set the state that the current assignment's answer leads to, and record an event. Raises Conflict."""
        answer = assignment.answer
        if answer is None:
            return
        kind = self.TOLD_AS.get(Answer.Kind(answer.kind), Event.Kind.ANSWERED)
        if answer.kind == Answer.Kind.DONE:
            self._set_done(by=by, at=at, done_on=answer.done_on, done_note=answer.text)
        else:
            becomes = self.State.PROPOSED if answer.passed_to else self.FOLLOWS[Answer.Kind(answer.kind)]
            self.set_state(becomes, by=by, at=at)
        speaker = by.speaking_for(assignment.organisation, by.channel)
        self._record(kind, by=speaker, at=at, assignment=assignment, answer=answer)
        if answer.passed_to:
            following = assignment.replace(organisation=answer.passed_to, message=answer.text, answer_due=None, at=at)
            self._ask(following, by=by, at=at)

    def return_to_proposed(self, assignment: Assignment, *, by: Voice, at: datetime) -> None:
        """Set it proposed again, since its answer was withdrawn."""
        # Nobody has answered who was asked instead, and who was asked by a slip is not to read on.
        self.assignments.filter(ended_at=None).exclude(pk=assignment.pk).delete()
        self.__dict__.pop("current", None)
        self.go_back(self.State.PROPOSED, by=by, at=at)
        answer = assignment.answer
        speaker = by.taking_back(answer, assignment.organisation) if answer else by
        self._record(Event.Kind.WITHDRAWN, by=speaker, at=at, assignment=assignment, answer=answer)

    def go_back(self, state: str, *, by: Voice, at: datetime) -> None:
        """Set the state that it had before, without what was told when it was left.

        No transition by the table, which tells where an action may go: this takes back that it went.
        """
        undone = {"done_at": None, "done_on": None, "done_note": ""}
        entered = {"state": state, "state_since": at, "state_by": by.member}
        self.save(update_fields=self.set(entered | undone, by=by))

    # Private

    def _ask(self, assignment: Assignment, *, by: Voice, at: datetime) -> None:
        """Start the clock of the assignment that has become the current one."""
        assignment.start_clock(self.issue, by=by, at=at)
        self.current = assignment

    def _set_done(self, *, by: Voice, at: datetime, done_on: date | None, done_note: str) -> None:
        """Set it done. Raises ValidationError for a day to come, Conflict."""
        done_on = done_on or timezone.localdate(at)
        ensure_has_been(done_on, at)
        facts = {"done_at": at, "done_on": done_on, "done_note": done_note}
        self.set_state(self.State.DONE, by=by, at=at, **facts)

    def _speaker(self, by: Voice) -> Voice:
        """The actor, speaking for the organisation that has the action."""
        return by.speaking_for(self.current.organisation, by.channel)

    def _record(self, kind: EventKind, *, by: Voice, at: datetime, **points: Any) -> None:
        assignment = points.pop("assignment", None) or self.current
        self.issue.record(kind, by=by, at=at, action=self, assignment=assignment, **points)
