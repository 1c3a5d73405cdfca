from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from base.records import Attribution, FreeLine, FreeText, NotAllowed, Stateful
from base.records.search import searchable_text, searchable_vector
from issues.models.assignment import Assignment
from issues.models.channel import Channel
from issues.models.event import Event
from issues.models.issue import Issue
from issues.models.status import (
    CARRIED,
    ENDED,
    PROMISED,
    ActionState,
    ActionStatus,
    any_of,
    place_among,
    status_in_sql,
    status_of,
)
from members.models import Group, Member, Organisation


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, member: Member) -> ActionQuerySet:
        """What hangs on visible issues.

        A draft is part of the unfinished minutes it was typed into: the samordnare and whoever typed it know of it,
        the chair and the secretary read it in the room; everybody else when the meeting has closed and it is asked.
        A förvaltning that met it before then would plan for a question that may be struck.
        """
        seen = self.filter(issue__in=Issue.objects.visible_to(member).values("pk"))
        return seen if member.is_coordinator else seen.filter(self._handed_out() | Q(created_by=member))

    def handed_out(self) -> ActionQuerySet:
        """Asked of somebody once: neither a draft nor a draft that was taken back."""
        return self.filter(self._handed_out())

    def _handed_out(self) -> Q:
        asked = Assignment.objects.filter(action=OuterRef("pk"), asked_at__isnull=False)
        return Q(Exists(asked)) & ~Q(state=ActionState.DRAFT)

    def open(self) -> ActionQuerySet:
        """Not yet at an end: somebody has something left to do or to answer."""
        return self.exclude(state__in=ENDED)

    def assigned_to(self, organisation_ids: Iterable[int]) -> ActionQuerySet:
        """Those whose current assignment is one of the organisations'."""
        current = Assignment.objects.current().filter(action=OuterRef("pk"), organisation__in=organisation_ids)
        return self.filter(Exists(current))

    def with_status(self, day: date) -> ActionQuerySet:
        """With `status` on the day, and joined the `current_assignment` that it is read from."""
        return self.in_status(ActionStatus, day)

    def in_status(self, statuses: Collection[ActionStatus], day: date) -> ActionQuerySet:
        """Those that have one of the statuses on the day, each as with_status()."""
        current = models.FilteredRelation("assignments", condition=Q(assignments__ended_at=None))
        found = self.annotate(current_assignment=current).filter(any_of(statuses, day))  # before: one join serves both
        return found.annotate(status=status_in_sql(statuses, day))

    def in_order_of_need(self, *groups: Iterable[ActionStatus]) -> ActionQuerySet:
        """Of those with_status(): what is needed most first; where a list has groups, group by group."""
        first = [place_among(groups)] if groups else ["status"]
        return self.order_by(*first, "current_assignment__answer_due", "pk")  # type: ignore[misc]

    def counts_by_status(self) -> Counter[ActionStatus]:
        """Of those with_status()."""
        counted = self.order_by().values_list("status").annotate(models.Count("pk"))  # type: ignore[misc]
        return Counter({ActionStatus(status): number for status, number in counted})

    def counts_by_organisation(self) -> dict[int, Counter[ActionStatus]]:
        """The same for each organisation that has any of them, by its pk."""
        by_both = self.order_by().values_list("current_assignment__organisation", "status")  # type: ignore[misc]
        counts: defaultdict[int, Counter[ActionStatus]] = defaultdict(Counter)
        for organisation, status, number in by_both.annotate(models.Count("pk")):
            counts[organisation][ActionStatus(status)] = number
        return dict(counts)

    def with_moved_dates(self) -> ActionQuerySet:
        """After with_assignments(): also how each promised day came to be what it is."""
        return self.prefetch_related("assignments__date_changes__by")

    def with_assignments(self, *also: str) -> ActionQuerySet:
        """With the issue and every handover, newest first: what the state's sentence is made of.

        `also` names whom else of a handover a page tells of.
        """
        trail = Assignment.objects.select_related("organisation", "answered_by", "passed_to", *also).order_by("-pk")
        return self.select_related("issue").prefetch_related(models.Prefetch("assignments", queryset=trail))


ONLY_A_DRAFT = "Åtgärden är ett utkast, så ingen har fått frågan än. Föreslå den först. Inget är ändrat."


@pghistory.track(exclude=["search_vector", "search_text"])
class Action(Stateful):
    """En åtgärd: what the group asks an organisation to do. The group has no budget; it proposes.

    Each handover is an Assignment with its own clock and answer; exactly one is current.
    """

    State = ActionState
    TRANSITIONS = {
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
    STATE_TEXTS = {
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
    title = FreeLine("vad ska göras", max_length=160)
    text = FreeText("varför, och vad gruppen vet", max_length=4000, blank=True)
    term = models.CharField("sikt", max_length=20, choices=Term, default=Term.SHORT)
    wished = models.DateField("önskas klart", null=True, blank=True)
    supporting = models.ManyToManyField(
        Organisation, through="ActionSupport", related_name="+", blank=True, verbose_name="stöd från"
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    done_at = models.DateTimeField("klar", null=True, editable=False)
    done_note = FreeText("vad som gjordes", max_length=2000, blank=True, editable=False)

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

    def status_on(self, day: date) -> ActionStatus:
        """What it needs, and of whom."""
        return status_of(self.state, self.current, day)

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

        Raises NotAllowed when the issue is closed, ValidationError on bad facts.
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
        """Ask the organisation: the clock starts now, once. Raises Conflict when it is no longer a draft.

        `decision` names the one it follows from ("Beslut 2026-58 på mötet 25 november").
        """
        self.lock_if(self.State.DRAFT)
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
        """A draft again, since the meeting that asked has not ended. Raises Conflict when it was answered."""
        self.lock()
        self.move(self.State.DRAFT)
        self.current.stop_clock()

    @transaction.atomic
    def hand_over(
        self, *, to: Organisation, message: str, by: Member, answer_due: date | None = None, seen: str = ""
    ) -> Assignment:
        """The samordnare asks anew: answers a question, asks again after a no, or moves it elsewhere.

        Raises Conflict when the action is under way or at an end, EditConflict when it moved since `seen`,
        NotAllowed when it is a draft, which nobody has been asked yet.
        """
        self.lock(seen)
        if self.is_draft:
            raise NotAllowed(ONLY_A_DRAFT)
        old = self.current
        self.move(self.State.PROPOSED)
        new = old.replace(organisation=to, message=message, answer_due=answer_due)
        self.ask(new, by=by)
        words = _handed_over(old, to)
        text = f"{words}: {message}" if message else f"{words}."
        self.issue.record(Event.Kind.MOVED, text, by=by, action=self)
        return new

    @transaction.atomic
    def start(self, *, by: Member, channel: str = Channel.SIGNED_IN) -> None:
        """The organisation has begun. Raises NotAllowed."""
        self.lock()
        self.move(self.State.ONGOING)
        self._record(Event.Kind.BEGUN, f"Påbörjad: {self.title}.", by=by, channel=channel)

    @transaction.atomic
    def finish(self, *, note: str, by: Member, channel: str = Channel.SIGNED_IN) -> None:
        """The organisation reports it done, with what was done. Raises NotAllowed."""
        self.lock()
        self.move(self.State.DONE, done_at=timezone.now(), done_note=note)
        self._record(Event.Kind.DONE, f"Klar: {self.title}. {note}".strip(), by=by, channel=channel)

    @transaction.atomic
    def cancel(self, *, reason: str, by: Member, seen: str = "") -> None:
        """The group takes its proposal back. Raises Conflict, EditConflict when it moved since `seen`."""
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

    def moved(self) -> Attribution | None:
        last = self.issue.events.filter(action=self).select_related("by").latest_first().first()
        return last.trace if last else None

    def last_saved(self) -> Attribution:
        return self.moved() or super().last_saved()

    def follow(self, assignment: Assignment, said: str) -> None:
        """Go where the answer of its current assignment leads, and tell of it. Raises Conflict."""
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


def in_order_of_need(actions: Iterable[Action], day: date) -> list[Action]:
    """Actions that are loaded, sorted as the queryset's method of the same name sorts them."""
    return sorted(actions, key=lambda one: (one.status_on(day), one.current.answer_due or date.max, one.pk))


def _handed_over(old: Assignment, to: Organisation) -> str:
    """Whether they get the answer they asked for, are asked again after a no or silence, or others are asked."""
    if to != old.organisation:
        return f"Överlämnad till {to}"
    return f"Svar till {to}" if old.answer == Assignment.Answer.QUESTION else f"Frågar {to} igen"
