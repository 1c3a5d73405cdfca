from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Greatest, Now
from django.utils import timezone

from base.records import Attribution, FreeText, StoredRow
from base.records.guards import DatabaseCheck, guarded_by
from base.swedish.words import capital
from issues.models import fixed
from issues.models.answer import Answer
from issues.models.assignment import Assignment
from issues.models.status import ActionState
from members.actor import Channel, Voice, by_link
from members.models import Member

logger = logging.getLogger(__name__)
UNTELLABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a sentence meets where facts are missing or are others than a verb writes."""


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, member: Member) -> EventQuerySet:
        """The events, of issues she is known to see, less those about an observation she does not see.

        What is noted only the group sees.

        Asked of each row alone: quick for the last event of a list's rows. Whoever may see an issue may see its
        observations unless they are restricted; a reader sees none but her own.
        """
        observations: Any = Event.observation.field.related_model
        readable = ~observations.hidden_from(member, "observation")
        if not member.is_in_group:
            asked = Assignment.objects.asked().of(member.handled_ids)
            readable &= Q(Exists(asked.filter(action__issue=OuterRef("issue"))))
        # It may lie in another issue now, which fewer may know of.
        issues: Any = self.model._meta.get_field("issue").related_model
        readable &= ~issues.hidden_from(member, "observation__issue")
        told = self if member.is_in_group else self.exclude(kind=EventKind.NOTED)
        return told.filter(Q(observation=None) | Q(observation__reporter=member) | readable)

    def standing(self) -> EventQuerySet:
        """Less what was taken back: an answer, how far, an escalation, that it is done, what a meeting had decided."""
        later = Event.objects.filter(issue=OuterRef("issue"), pk__gt=OuterRef("pk"))
        done = Cast(KeyTextTransform("done", "facts"), models.BigIntegerField())
        taken_back = later.alias(done=done).filter(kind=EventKind.WITHDRAWN, done=OuterRef("pk"))
        opened_again = later.filter(kind=EventKind.UNDONE, facts__meeting=OuterRef("facts__meeting"))
        stands = Q(answer=None) | Q(answer__withdrawn_at=None)
        stands &= ~Q(kind=EventKind.ESCALATED) | Q(escalation__withdrawn_at=None)
        stands &= ~Q(kind=EventKind.PROGRESS) | Q(progress__withdrawn_at=None)
        stands &= ~Q(kind=EventKind.RULED) | Q(ruling__withdrawn_at=None)
        return self.filter(stands, ~Exists(taken_back)).exclude(Q(kind=EventKind.DECIDED) & Exists(opened_again))

    def less_settled_questions(self) -> EventQuerySet:
        """Less what came back to the group, asked or passed on to nobody, and has been answered since."""
        came_back = Q(answer__kind=Answer.Kind.QUESTION) | Q(answer__kind=Answer.Kind.PASSED_ON, answer__passed_to=None)
        waits = Q(assignment__ended_at=None, action__state=ActionState.QUESTION)
        return self.filter(Q(answer=None) | ~came_back | waits)

    def that_move(self) -> EventQuerySet:
        """Those that say when something last happened in an open issue: nothing quiet, nothing restricted."""
        hidden = Q(observation__restricted=True) | Q(observation__issue__restricted=True)
        return self.filter(note=None).exclude(Q(kind__in=sorted(QUIET)) | hidden)

    def for_all_readers(self) -> EventQuerySet:
        """Less what some of the issue's readers do not see: a note, and what is about an observation."""
        return self.filter(observation=None).exclude(kind=EventKind.NOTED)

    def latest_first(self) -> EventQuerySet:
        return self.order_by("-at", "-pk")

    def with_related(self) -> EventQuerySet:
        """With all that the sentences are made of, less the texts that apps above keep (`load_sources`)."""
        answers = Answer.objects.select_related("passed_to")
        told = self.with_points().select_related("action")
        return told.prefetch_related(
            models.Prefetch("answer", answers), "date_change", "progress", "escalation", "ruling", "closure", "note"
        )

    def with_points(self) -> EventQuerySet:
        """With what many events point at, less the actions, for who has these already (`Event.load_actions`).

        What few point at is fetched apart (`load_points`): of more joins PostgreSQL plans longer than it reads.
        """
        return self.select_related("by", "organisation", "assignment__organisation", "observation__category")


class EventKind(models.TextChoices):
    OPENED = "opened", "öppnat"
    CHANGED = "changed", "ändrat"
    OBSERVED = "observed", "observation kopplad"
    DETACHED = "detached", "observation bortkopplad"
    TAKEN_BACK = "taken_back", "observation tillbakatagen"
    DISCUSSED = "discussed", "behandlat på möte"
    DECIDED = "decided", "beslut"
    STRUCK = "struck", "beslut struket"
    PROPOSED = "proposed", "åtgärd föreslagen"
    ANSWERED = "answered", "svar"
    WITHDRAWN = "withdrawn", "svar återtaget"
    MOVED = "moved", "överlämnad"
    STARTED = "started", "påbörjad"
    DATE_CHANGED = "date_changed", "nytt datum"
    PROGRESS = "progress", "läge"
    REMINDED = "reminded", "påminnelse"
    HANDLED = "handled", "handläggning"
    LINK_ENDED = "link_ended", "länk ogiltig"
    ESCALATED = "escalated", "eskalerad"
    RULED = "ruled", "beslut efter eskalering"
    DONE = "done", "klar"
    CANCELLED = "cancelled", "återtagen"
    PAUSED = "paused", "vilande"
    RESUMED = "resumed", "återupptaget"
    NOTED = "noted", "anteckning"
    RESTRICTED = "restricted", "begränsad spridning"
    LIFTED = "lifted", "begränsad spridning hävd"
    NAMED = "named", "namngiven"
    UNNAMED = "unnamed", "inte längre namngiven"
    CLOSED = "closed", "avslutat"
    REOPENED = "reopened", "återöppnat"
    REMAINS = "remains", "problemet kvarstår"
    UNDONE = "undone", "ångrat"
    MASKED = "masked", "maskerat"
    ISSUE_STRUCK = "issue_struck", "ärendet struket"
    RESTORED = "restored", "ärendet återställt"


QUIET = frozenset({EventKind.NOTED, EventKind.REMINDED, EventKind.HANDLED, EventKind.LINK_ENDED})
"""By these nothing has happened in the issue itself: they move no list, and nothing that was said rests on them."""


@guarded_by(fixed.EVENT)
class Event(StoredRow):
    """One thing that happened in an issue, as data: what, by whom in which capacity then, and what it points at.

    Its sentence (`str`) is made when it is read, and what a person wrote stands on the row it belongs to; `text` is
    for words that have no other row. Written by the verb that did it, in its transaction, and never changed: the
    application's database role may only add rows here.
    """

    append_only = True

    Kind = EventKind
    WEIGHTY = frozenset(
        {
            *(Kind.DECIDED, Kind.STRUCK, Kind.CLOSED, Kind.REOPENED, Kind.REMAINS),
            *(Kind.UNDONE, Kind.ISSUE_STRUCK, Kind.RESTORED),
        }
    )
    BESIDE_A_REPORT = frozenset({Kind.OBSERVED, Kind.TAKEN_BACK}) | QUIET - {Kind.NOTED}
    """What others report beside an observation, and what is quiet: nothing of it rests there."""

    issue = models.ForeignKey(  # an index of its own begins with it
        "issues.Issue", models.PROTECT, related_name="events", db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)  # by the database, whatever `at` tells
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, related_name="+", null=True)
    capacity = models.CharField(max_length=20, choices=Member.Role, blank=True)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.SIGNED_IN)

    action = models.ForeignKey("issues.Action", models.PROTECT, related_name="events", null=True)
    assignment = models.ForeignKey("issues.Assignment", models.PROTECT, related_name="+", null=True)
    answer = models.ForeignKey("issues.Answer", models.PROTECT, related_name="+", null=True)
    date_change = models.ForeignKey("issues.DateChange", models.PROTECT, related_name="+", null=True)
    progress = models.ForeignKey("issues.Progress", models.PROTECT, related_name="+", null=True)
    escalation = models.ForeignKey("issues.Escalation", models.PROTECT, related_name="+", null=True)
    ruling = models.ForeignKey("issues.Ruling", models.PROTECT, related_name="+", null=True)
    observation = models.ForeignKey("issues.Observation", models.PROTECT, related_name="+", null=True)
    closure = models.ForeignKey("issues.Closure", models.PROTECT, related_name="+", null=True)
    note = models.ForeignKey("issues.Note", models.PROTECT, related_name="+", null=True)
    text = FreeText(blank=True, max_length=1000)
    facts = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    SENTENCES: ClassVar[dict[str, Callable[[Event], str]]] = {}
    """How each kind is told (`event_sentences.py`)."""

    SOURCES: ClassVar[dict[str, Callable[[list[dict[str, Any]]], list[str]]]] = {}
    """Words that the apps above keep: the name of a fact → what gives the words of each of such events' facts."""

    class Meta:
        constraints = [
            DatabaseCheck(
                condition=Q(kind="closed", closure__isnull=False) | (~Q(kind="closed") & Q(closure=None)),
                name="event_of_a_closing_has_its_closure",
            ),
            DatabaseCheck(
                condition=Q(channel=Channel.LINK, by=None, organisation__isnull=False) | ~Q(channel=Channel.LINK),
                name="event_by_link_is_of_an_organisation",
            ),
            DatabaseCheck(condition=~Q(channel=Channel.REGISTER) | Q(by=None), name="event_by_register_is_by_nobody"),
        ]
        indexes = [
            models.Index(fields=["issue", "-at", "-id"], name="event_by_issue_latest"),
            models.Index(fields=["recorded_at"], name="event_by_recording"),  # what is to be told by mail
        ]

    def __str__(self) -> str:
        """The sentence of its kind; of a line that no verb wrote, without what that tells of, the kind alone."""
        kind = self.Kind(self.kind)
        try:
            return self.SENTENCES[kind](self).strip()
        except UNTELLABLE:
            logger.exception("An event without what its kind tells of: %s", self.pk)
            return f"{capital(kind.label)}."

    @classmethod
    def write(cls, issue: Any, kind: EventKind, *, by: Voice, at: datetime, **points: Any) -> Event:
        """Write and return an event of the issue, and move the issue's `happened_at` to it.

        One about a restricted observation does not show in the issue's lists, so it does not move that either; nor does
        what is quiet. Points: action, assignment, answer, date_change, progress, escalation, ruling,
        observation, closure, note, text, facts.
        """
        who = {"by": by.member, "organisation_id": by.organisation_id, "capacity": by.capacity, "channel": by.channel}
        event = cls.objects.create(issue=issue, kind=kind, at=at, **who, **points)
        moves = kind not in QUIET
        if moves and not (event.observation and event.observation.restricted):
            issue.happened_at = max(issue.happened_at, at)
            type(issue).objects.filter(pk=issue.pk).update(happened_at=Greatest("happened_at", at))
        return event

    @classmethod
    def settle_last(cls, observations: Any) -> None:
        """Set `happened_at` of the issues of all that tell of the observations: these are restricted now, or no longer.

        Else the order of a list would say that something had happened where nothing is seen.
        """
        issues: Any = cls._meta.get_field("issue").related_model
        told_in = cls.objects.filter(observation__in=observations).values("issue")
        last = cls.objects.filter(issue=OuterRef("pk")).that_move().latest_first().values("at")[:1]
        unrestricted = issues.objects.unrestricted().filter(pk__in=told_in)
        unrestricted.update(happened_at=Coalesce(Subquery(last), "created_at"))

    @classmethod
    def load_sources(cls, events: Iterable[Event]) -> None:
        """Read the texts that apps above keep for the events, in one query for each kind."""
        for name, words_of in cls.SOURCES.items():
            pointing = [event for event in events if name in event.facts]
            words = words_of([event.facts for event in pointing]) if pointing else []
            for event, found in zip(pointing, words, strict=True):
                event.source = found

    @classmethod
    def load_actions(cls, events: Iterable[Event], known: Iterable[Any]) -> None:
        """Give the events their actions: those that are known, and in one query the others, if there are any."""
        actions: Any = cls._meta.get_field("action").related_model
        by_key = {action.pk: action for action in known}
        pointing = [event for event in events if event.action_id]
        if unknown := {event.action_id for event in pointing} - by_key.keys():
            by_key |= actions.objects.in_bulk(unknown)
        for event in pointing:
            event.action = by_key[event.action_id]

    @property
    def attribution(self) -> Attribution:
        """The attribution of the event: who did it and when."""
        return Attribution(self.named, self.at, str(self))

    @property
    def named(self) -> str:
        """Who did it: Maja Exempel; Tekniska förvaltningen, via länk; Registret."""
        if self.channel == Channel.REGISTER:
            return capital(str(Channel.REGISTER.label))
        return by_link(self.organisation) if self.channel == Channel.LINK else str(self.by)

    @property
    def is_weighty(self) -> bool:
        """Whether it is set in bold in the timeline: a decision, an end or what takes them back."""
        return self.kind in self.WEIGHTY

    @property
    def who(self) -> str:
        """Who did it, for whom and how: "Maja Exempel för Tekniska förvaltningen, på telefon"."""
        whom = f" för {self.organisation}" if self.organisation else ""
        if self.by is None:
            return self.named if self.channel in {Channel.LINK, Channel.REGISTER} else ""
        if self.channel != Channel.SIGNED_IN:
            return f"{self.by}{whom}, {self.get_channel_display()}"
        if self.capacity == Member.Role.COORDINATOR:
            return f"{self.by}, samordnare"
        return f"{self.by}, {self.organisation}" if self.organisation else str(self.by)

    @property
    def source_words(self) -> str:
        """The text that an app above keeps for the event; loaded for a list by `load_sources`."""
        if not hasattr(self, "source"):
            self.load_sources([self])
        return str(getattr(self, "source", ""))

    source: str
