from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from base.logs.security import SecurityEvent, happened
from base.records import (
    Conflict,
    FreeLine,
    FreeText,
    NotAllowed,
    Restrictable,
    Stateful,
    entered_by_somebody,
    page_of,
)
from base.records.guards import guarded_by
from base.records.search import searchable_text, searchable_vector
from base.records.stateful import NOTHING_CHANGED
from issues.models import fixed
from issues.models.access_grant import AccessGrant
from issues.models.event import Event
from issues.models.issue import Issue
from issues.models.numbering import Tombstone
from issues.models.observation_lists import ObservationLists, ObservationState
from issues.models.place import Place
from issues.models.withdrawn import HISTORY_FORGETS, SAYS_NOTHING, emptied
from members.actor import Actor
from members.models import Member, Organisation

REPORT_ANEW = "Rapportera den på nytt om den ska finnas."
CHOOSE_ANEW = f"Ärendet kan inte väljas längre. Ladda om sidan och välj igen. {NOTHING_CHANGED}"
ASK_TO_MASK = "Be samordnaren maskera det som inte ska stå."


class ObservationQuerySet(ObservationLists["Observation"]):
    pass


Observations = models.Manager.from_queryset(ObservationQuerySet)


class StandingObservations(Observations["Observation"]):
    """Those that nobody has taken back: no list, search and count knows of others."""

    def get_queryset(self) -> ObservationQuerySet:
        standing = super().get_queryset().exclude(state=ObservationState.WITHDRAWN)
        return cast("ObservationQuerySet", standing)


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(HISTORY_FORGETS, *fixed.OBSERVATION)
class Observation(Restrictable, Stateful):
    """What somebody saw, heard or was told: what, where and when, with the reporter's own judgement.

    About place, situation and environment; never about a person. `seen_from` and `seen_to` bound when it
    was; `precision` says how much of them is known.
    """

    State = ObservationState
    # Only what is new is sorted, so that nobody overwrites what another has sorted meanwhile without knowing it.
    TRANSITIONS = {
        State.NEW: {State.ATTACHED, State.NOTED, State.REJECTED, State.WITHDRAWN},
        State.NOTED: {State.NEW},
        State.REJECTED: {State.NEW},
        State.ATTACHED: {State.NEW, State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }
    STATE_TEXTS = {
        State.NEW: "Observationen väntar på att sorteras",
        State.NOTED: "Observationen är noterad för lägesbilden",
        State.REJECTED: "Observationen är avvisad",
        State.ATTACHED: "Observationen är kopplad till ett ärende",
        State.WITHDRAWN: "Observationen är tillbakatagen",
    }

    class Source(models.TextChoices):
        OWN = "own", "egen iakttagelse"
        RESIDENT = "resident", "från invånare"
        POLICE = "police", "muntligt från polisen"
        SAFETY_WALK = "safety_walk", "trygghetsvandring"
        FAULT_REPORT = "fault_report", "felanmälan"

    class Precision(models.TextChoices):
        EXACT = "exact", "klockslag"
        BAND = "band", "mellan två klockslag"
        DAY = "day", "dag"

    class Unsafe(models.IntegerChoices):
        LITTLE = 1, "Lite"
        QUITE = 2, "Ganska"
        VERY = 3, "Mycket"

    class PoliceReport(models.TextChoices):
        YES = "yes", "Ja"
        NO = "no", "Nej"
        UNKNOWN = "unknown", "Vet ej"

    client_key = models.UUIDField(default=uuid.uuid4, editable=False)
    reporter = models.ForeignKey(  # two indexes of its own begin with it
        Member, models.PROTECT, related_name="observations", verbose_name="rapportör", db_index=False
    )
    organisation = models.ForeignKey(  # an index of its own begins with it
        Organisation, models.PROTECT, related_name="observations", verbose_name="för organisation", db_index=False
    )
    source = models.CharField("källa", max_length=20, choices=Source, default=Source.OWN)
    category = models.ForeignKey("issues.Category", models.PROTECT, related_name="observations")
    where = FreeLine("var", max_length=200)
    place = models.ForeignKey("issues.Place", models.PROTECT, related_name="observations", null=True, blank=True)
    seen_from = models.DateTimeField("sedd från", default=timezone.now)
    seen_to = models.DateTimeField("sedd till", null=True, blank=True)
    precision = models.CharField(max_length=20, choices=Precision, default=Precision.EXACT)
    unsafe = models.PositiveSmallIntegerField("hur otryggt", choices=Unsafe, null=True, blank=True)
    recurring = models.BooleanField("händer ofta", default=False)
    handled = models.BooleanField("redan åtgärdat", default=False)
    police_report = models.CharField("polisanmält", max_length=20, choices=PoliceReport, default=PoliceReport.UNKNOWN)
    text = FreeText("beskrivning", max_length=4000, blank=True)
    for_meeting = models.BooleanField("bör tas upp på mötet", default=False)

    state = models.CharField(max_length=20, choices=State, default=State.NEW, editable=False)
    issue = models.ForeignKey(  # an index of its own begins with it
        Issue, models.PROTECT, related_name="observations", null=True, editable=False, db_index=False
    )
    corrected_at = models.DateTimeField(null=True, editable=False)
    rejection = FreeText("skäl", max_length=1000, blank=True, editable=False)

    named = models.ManyToManyField(
        Member, through="AccessGrant", through_fields=("observation", "member"), related_name="+", blank=True
    )

    search_text = searchable_text("text", "where")
    search_vector = searchable_vector("text", "where")

    objects = StandingObservations()
    with_withdrawn = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reporter", "client_key"], name="observation_sent_exactly_once"),
            models.CheckConstraint(
                condition=Q(state="attached", issue__isnull=False) | (~Q(state="attached") & Q(issue__isnull=True)),
                name="observation_has_an_issue_when_attached",
            ),
            models.CheckConstraint(
                condition=Q(seen_to__isnull=True) | Q(seen_to__gte=models.F("seen_from")),
                name="observation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(Q(state="rejected") & ~Q(rejection="")) | (~Q(state="rejected") & Q(rejection="")),
                name="observation_rejected_with_a_reason",
            ),
            models.CheckConstraint(condition=SAYS_NOTHING, name="observation_withdrawn_says_nothing"),
            entered_by_somebody("observation"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="observation_latest"),
            models.Index(fields=["issue", "reporter"], name="observation_by_issue"),
            models.Index(fields=["reporter", "-created_at", "-id"], name="observation_by_reporter"),
            models.Index(fields=["reporter", "-state_since", "-id"], name="observation_triaged_of"),
            models.Index(fields=["organisation", "-created_at", "-id"], name="observation_by_organisation"),
            # The queue: few of all there are, in the order they are sorted.
            models.Index(
                fields=["-for_meeting", "created_at", "id"], condition=Q(state="new"), name="observation_to_sort"
            ),
            # Few, too, and a list of their own.
            models.Index(
                fields=["-created_at", "-id"], condition=Q(state="rejected"), name="observation_rejected_latest"
            ),
            models.Index(fields=["id"], condition=Q(restricted=True), name="observation_restricted"),
            GinIndex(fields=["search_vector"], name="observation_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="observation_trigram"),
        ]

    def __str__(self) -> str:
        return f"Observation {self.pk}" if self.is_withdrawn else f"{self.category}, {self.where}"

    def get_absolute_url(self) -> str:
        return page_of("issues:observation_detail", self.pk)

    def clean(self) -> None:
        """Raises ValidationError when the category asks for words and there are none, or it ends before it begins."""
        if self.category_id and self.category.needs_text and not self.text:
            raise ValidationError({"text": f"Berätta med egna ord när du har valt ”{self.category}”."})
        if self.seen_to and self.seen_to < self.seen_from:
            raise ValidationError("Det slutade innan det började.")

    def check_alone(self) -> None:
        """Check all that can be seen without asking the database. Raises ValidationError."""
        asked = {each.name for each in self._meta.fields if each.is_relation}
        self.clean_fields(exclude=asked)
        self.clean()

    @property
    def with_its_day(self) -> str:
        """By which those of one place are told apart: Klotter, Skolan, registrerad 4 oktober 2026."""
        return f"{self}, registrerad {date_format(timezone.localdate(self.created_at), 'j F Y')}"

    @property
    def anchor(self) -> str:
        """The id of its row in the queue."""
        return f"observation-{self.pk}"

    # Questions

    @property
    def shows_issue(self) -> bool:
        """Whether the member of `with_issue_for()` may read of the issue; until it is asked, nobody may."""
        return bool(getattr(self, "issue_known", False))

    @property
    def triaged_by(self) -> Member | None:
        """The member who sorted it; None as long as it waits."""
        return None if self.is_new else self.state_by

    @property
    def triaged_at(self) -> datetime | None:
        return None if self.is_new else self.state_since

    @property
    def is_new(self) -> bool:
        return self.state == self.State.NEW

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def may_be_corrected(self) -> bool:
        """Whether its reporter may correct it, or take it back: until it is sorted.

        When she attached it as she reported it, until others go on with the issue.
        """
        at_once = (self.state_by_id, self.state_since) == (self.reporter_id, self.created_at)
        return self.is_new or bool(at_once and self.issue and not self.issue.has_gone_on_since(self))

    @property
    def may_move_back(self) -> bool:
        """Whether it may leave its issue: not a closed one, whose reporters were told, nor one that fewer may read."""
        is_bound = self.issue and (self.issue.is_closed or self.issue.restricted)
        return not is_bound and self.can_become(self.State.NEW)

    @property
    def state_text(self) -> str:
        # A reporter keeps her own observation, also where the issue is not for her to know of.
        if self.issue and not self.issue.restricted:
            return f"Observationen är kopplad till ärende {self.issue.number}"
        return super().state_text

    # Verbs

    @transaction.atomic
    def correct(
        self, *, by: Actor, version: str = "", at: datetime | None = None, named: Iterable[int] = (), **facts: Any
    ) -> None:
        """Set corrected facts, while it may be. A timeline that told of it before says when that was.

        A known place is recognised from `where`. `named`, by their keys, see it when it becomes restricted; when it is
        no longer, nobody is named. Raises Conflict, EditConflict, ValidationError on bad facts.
        """
        self.lock()
        if self.issue:
            self.issue.lock()
        if not self.may_be_corrected:
            instead = REPORT_ANEW if self.is_withdrawn else "Berätta för samordnaren vad som ska rättas."
            raise Conflict(self.refusal(f"{NOTHING_CHANGED} {instead}"))
        self.check_version(version, texts=facts)
        facts = Place.recognised_in(facts)
        before = {name: getattr(self, name) for name in facts}
        self.set(facts, by=by)
        self.full_clean(validate_unique=False)  # which normalizes what was typed: only then is it compared
        changed = {name for name in facts if getattr(self, name) != before[name]}
        if changed:
            is_corrected = changed != {"restricted"}
            self.corrected_at = (at or timezone.now()) if is_corrected else self.corrected_at
            self.save()
        if "restricted" in changed:
            marked = SecurityEvent.RESTRICTED if self.restricted else SecurityEvent.RESTRICTION_LIFTED
            happened(marked, observation=self.pk)
            AccessGrant.take(self)
            AccessGrant.give_each([(self, named if self.restricted else ())], by=by, at=at)
            Event.settle_last([self])

    @transaction.atomic
    def withdraw(self, *, by: Actor, why: str = "", at: datetime | None = None) -> None:
        """Take it back, as long as it may be corrected: its words go from the row and from its history, for good.

        A tombstone tells who did, when and why. Raises Conflict.
        """
        self.lock()
        if self.issue:
            self.issue.lock()
        if not self.may_be_corrected:
            raise Conflict(self.refusal("" if self.is_withdrawn else f"{NOTHING_CHANGED} {ASK_TO_MASK}"))
        at, issue = at or timezone.now(), self.issue
        Tombstone.leave(self, str(self.pk), why=why, by=by, at=at)
        self.set_state(self.State.WITHDRAWN, by=by, at=at, issue=None, **emptied(self.created_at))
        if issue:
            issue.record(Event.Kind.TAKEN_BACK, by=by, at=at, observation=self)

    @transaction.atomic
    def attach(self, issue: Issue, *, by: Actor, at: datetime | None = None) -> None:
        """Attach it to the issue. Raises Conflict when somebody has sorted it, or closed or restricted the issue."""
        self.lock()
        at, was_restricted = at or timezone.now(), issue.restricted
        self.ensure_may_become(self.State.ATTACHED)
        issue.lock_open()
        if issue.restricted and not was_restricted:  # she may not be one who is to know of it any longer
            raise Conflict(CHOOSE_ANEW)
        self._triage(self.State.ATTACHED, by=by, at=at, issue=issue)
        issue.record(Event.Kind.OBSERVED, by=by, at=at, observation=self)
        if issue.restricted:
            Event.settle_last([self])

    def note(self, *, by: Actor, at: datetime | None = None) -> None:
        """Sort it as noted, for the lägesbild alone. Raises Conflict."""
        self._triage(self.State.NOTED, by=by, at=at)

    def reject(self, *, reason: str, by: Actor, at: datetime | None = None) -> None:
        """Sort it as rejected, with a reason that the reporter reads. Raises Conflict."""
        self._triage(self.State.REJECTED, by=by, at=at, rejection=reason)

    @transaction.atomic
    def put_back(self, *, by: Actor, version: str = "", at: datetime | None = None) -> None:
        """Return it to the queue, to be sorted anew: it was sorted too soon, or into the wrong issue.

        Raises Conflict when another has sorted it since that version, NotAllowed.
        """
        self.lock()
        at = at or timezone.now()
        if version and version != self.version:
            raise Conflict(self.refusal())
        issue = self.issue
        if issue:
            issue.lock()
        if issue and not self.may_move_back:
            raise NotAllowed(f"{self.state_text}, och det går inte att ta den därifrån.")
        self._triage(self.State.NEW, by=by, at=at, issue=None)
        if issue:
            issue.record(Event.Kind.DETACHED, by=by, at=at, observation=self)

    def leave_struck(self, issue: Issue, *, by: Actor, at: datetime) -> None:
        """Return it to the queue from an issue that is struck with all that is in it."""
        self._triage(self.State.NEW, by=by, at=at, issue=None)
        issue.record(Event.Kind.DETACHED, by=by, at=at, observation=self)

    # Private

    @transaction.atomic
    def _triage(self, state: ObservationState, *, by: Actor, at: datetime | None, **facts: Any) -> None:
        self.lock()
        self.set_state(state, by=by, at=at or timezone.now(), **{"rejection": "", **facts})
