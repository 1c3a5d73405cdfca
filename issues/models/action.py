from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from base.records import MoveNotAllowed, Moving, Trace
from base.records.search import searchable_text, searchable_vector
from issues.models.action_queryset import ActionQuerySet
from issues.models.action_state import CARRIED, PROMISED, ActionState
from issues.models.assignment import Assignment
from issues.models.channel import Channel
from issues.models.event import Event
from issues.models.issue import Issue
from members.models import Group, Member, Organisation

ONLY_A_DRAFT = "Åtgärden är ett utkast, så ingen har fått frågan än. Föreslå den först. Inget är ändrat."


@pghistory.track(exclude=["search_vector", "search_text"])
class Action(Moving):
    """En åtgärd: what the group asks an organisation to do. The group has no budget; it proposes.

    Each handover is an Assignment with its own clock and answer; exactly one is current.
    """

    State = ActionState
    MOVES = {
        State.DRAFT: {State.PROPOSED, State.CANCELLED},
        State.PROPOSED: {
            State.PROPOSED,
            State.QUESTION,
            State.ACCEPTED,
            State.DECLINED,
            State.CANCELLED,
            State.DRAFT,
        },
        State.QUESTION: {State.PROPOSED, State.ACCEPTED, State.DECLINED, State.CANCELLED},
        State.ACCEPTED: {State.ONGOING, State.DONE, State.CANCELLED},
        State.ONGOING: {State.DONE, State.CANCELLED},
        State.DECLINED: {State.PROPOSED, State.CANCELLED},
        State.DONE: set(),
        State.CANCELLED: set(),
    }
    STANDS = {
        State.DRAFT: "Åtgärden är ett utkast",
        State.PROPOSED: "Åtgärden väntar på svar",
        State.QUESTION: "Frågan ligger redan hos gruppen",
        State.ACCEPTED: "Åtgärden är redan accepterad",
        State.ONGOING: "Åtgärden pågår redan",
        State.DECLINED: "Åtgärden är redan avböjd",
        State.DONE: "Åtgärden är redan klar",
        State.CANCELLED: "Åtgärden är redan återtagen",
    }
    ANSWERED = {
        Assignment.Answer.ACCEPTED: State.ACCEPTED,
        Assignment.Answer.DECLINED: State.DECLINED,
        Assignment.Answer.QUESTION: State.QUESTION,
        Assignment.Answer.PASSED_ON: State.QUESTION,
    }

    class Term(models.TextChoices):
        SHORT = "short", "Kortsiktig"
        LONG = "long", "Långsiktig"

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="actions")
    title = models.CharField("vad ska göras", max_length=160)
    text = models.TextField("varför, och vad gruppen vet", max_length=4000, blank=True)
    term = models.CharField("sikt", max_length=20, choices=Term, default=Term.SHORT)
    wished = models.DateField("önskas klart", null=True, blank=True)
    supporting = models.ManyToManyField(
        Organisation, through="Supporting", related_name="+", blank=True, verbose_name="stöd från"
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    done_at = models.DateTimeField("klar", null=True, editable=False)
    done_note = models.TextField("vad som gjordes", max_length=2000, blank=True, editable=False)

    search_text = searchable_text("title", "text", "done_note")
    search_vector = searchable_vector("title", "text", "done_note")

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="action_done_has_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-created_at", "-id"], name="action_by_state"),
            GinIndex(fields=["search_vector"], name="action_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="action_trigram"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("issues:action_detail", args=[self.pk])

    # Questions

    @cached_property
    def current(self) -> Assignment:
        """The handover that counts now; from the prefetched trail when there is one."""
        return next(a for a in self.assignments.all() if a.ended_at is None)

    @property
    def is_draft(self) -> bool:
        """Nobody has been asked yet."""
        return self.state == self.State.DRAFT

    @property
    def is_promised(self) -> bool:
        """An organisation has said yes and is not done."""
        return self.state in PROMISED

    @property
    def is_carried(self) -> bool:
        """Somebody answers for it now, or has done it."""
        return self.state in CARRIED

    @property
    def is_asked(self) -> bool:
        """The question lies open before an organisation."""
        return self.state == self.State.PROPOSED

    @property
    def is_with_the_group(self) -> bool:
        """The organisation has asked back, or does not know whose it is: the samordnare's turn."""
        return self.state == self.State.QUESTION

    @property
    def lacks_a_taker(self) -> bool:
        """It came back because nobody knew whose it is."""
        return self.current.answer == Assignment.Answer.PASSED_ON

    # Verbs

    @classmethod
    @transaction.atomic
    def draft(
        cls,
        *,
        issue: Issue,
        organisation: Organisation,
        by: Member,
        answer_due: date | None = None,
        supporting: Iterable[Organisation] = (),
        **facts: Any,
    ) -> Action:
        """Write down what will be asked of whom. No clock runs and the timeline is silent until it is proposed.

        Raises MoveNotAllowed when the issue is closed, ValidationError on bad facts.
        """
        issue.lock_open()
        action = cls(issue=issue, created_by=by, **facts)
        action.full_clean()
        action.save()
        action.supporting.set(supporting)
        Assignment.objects.create(action=action, organisation=organisation, answer_due=answer_due)
        return action

    @transaction.atomic
    def propose(self, *, by: Member, decision: str = "") -> None:
        """Ask the organisation: the clock starts now, once. Raises AlreadyDone when it is no longer a draft.

        `decision` names the one it follows from ("Beslut 2026-58 på mötet 25 november").
        """
        self.lock_in(self.State.DRAFT)
        self.move(self.State.PROPOSED)
        self.ask(self.current, by=by)
        self.issue.open(by=by)
        text = f"Åtgärd föreslagen för {self.current.organisation}: {self.title}."
        if decision:
            self.issue.record(Event.Kind.DECIDED, f"{decision}. {text}", by=by, action=self)
        else:
            self.issue.record(Event.Kind.PROPOSED, text, by=by, action=self)

    @transaction.atomic
    def unpropose(self) -> None:
        """A draft again, since the meeting that asked has not ended. Raises AlreadyDone when it was answered."""
        self.lock()
        self.move(self.State.DRAFT)
        self.current.stop_clock()

    @transaction.atomic
    def hand_over(
        self, *, to: Organisation, message: str, by: Member, answer_due: date | None = None, seen: str = ""
    ) -> Assignment:
        """The samordnare asks anew: answers a question, asks again after a no, or moves it elsewhere.

        Raises AlreadyDone when the action is under way or at an end, ChangedMeanwhile when it moved since `seen`,
        MoveNotAllowed when it is a draft, which nobody has been asked yet.
        """
        self.lock(seen)
        if self.is_draft:
            raise MoveNotAllowed(ONLY_A_DRAFT)
        old = self.current
        self.move(self.State.PROPOSED)
        new = old.replace(organisation=to, message=message, answer_due=answer_due)
        self.ask(new, by=by)
        words = _handed_over(old, to)
        text = f"{words}: {message}" if message else f"{words}."
        self.issue.record(Event.Kind.MOVED, text, by=by, action=self)
        return new

    @transaction.atomic
    def begin(self, *, by: Member, channel: str = Channel.SIGNED_IN) -> None:
        """The organisation has begun. Raises MoveNotAllowed."""
        self.lock()
        self.move(self.State.ONGOING)
        self._record(Event.Kind.BEGUN, f"Påbörjad: {self.title}.", by=by, channel=channel)

    @transaction.atomic
    def finish(self, *, note: str, by: Member, channel: str = Channel.SIGNED_IN) -> None:
        """The organisation reports it done, with what was done. Raises MoveNotAllowed."""
        self.lock()
        self.move(self.State.DONE, done_at=timezone.now(), done_note=note)
        self._record(Event.Kind.DONE, f"Klar: {self.title}. {note}".strip(), by=by, channel=channel)

    @transaction.atomic
    def cancel(self, *, reason: str, by: Member, seen: str = "") -> None:
        """The group takes its proposal back. Raises AlreadyDone, ChangedMeanwhile when it moved since `seen`."""
        self.lock(seen)
        nobody_was_told = self.is_draft
        self.move(self.State.CANCELLED)
        if not nobody_was_told:
            kind = Event.Kind.CANCELLED
            self.issue.record(kind, f"Återtagen: {self.title}. {reason}", by=by, action=self)

    # Used by the verbs here and by the answers in assignment.py

    def lock(self, seen: str = "") -> None:
        """The row and its trail: two who answer at once come one after the other."""
        self.__dict__.pop("current", None)
        super().lock(seen)

    def moved(self) -> Trace | None:
        last = self.issue.events.filter(action=self).select_related("by").latest_first().first()
        return last.trace if last else None

    def last_saved(self) -> Trace:
        return self.moved() or super().last_saved()

    def follow(self, assignment: Assignment, said: str) -> None:
        """Go where the answer of its current assignment leads, and tell of it. Raises AlreadyDone."""
        answer = Assignment.Answer(assignment.answer)
        self.move(self.State.PROPOSED if assignment.passed_to else self.ANSWERED[answer])
        kind = Event.Kind.MOVED if answer == Assignment.Answer.PASSED_ON else Event.Kind.ANSWERED
        links = {"organisation": assignment.organisation, "channel": assignment.channel}
        self.issue.record(kind, said.strip(), by=assignment.answered_by, action=self, **links)

    def ask(self, assignment: Assignment, *, by: Member) -> None:
        """Start the clock of a handover that has become the current one."""
        assignment.start_clock(by=by, usual=Group.current().answer_due())
        self.__dict__.pop("current", None)

    # Private

    def _record(self, kind: Event.Kind, text: str, *, by: Member, channel: str) -> None:
        organisation = self.current.organisation
        self.issue.record(kind, text, by=by, action=self, organisation=organisation, channel=channel)


def _handed_over(old: Assignment, to: Organisation) -> str:
    """Whether they get the answer they asked for, are asked again after a no or silence, or others are asked."""
    if to != old.organisation:
        return f"Överlämnad till {to}"
    return f"Svar till {to}" if old.answer == Assignment.Answer.QUESTION else f"Frågar {to} igen"
