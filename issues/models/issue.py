from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone

from base.records import (
    Attribution,
    FreeLine,
    FreeText,
    NotAllowed,
    Restrictable,
    Stateful,
    page_of,
)
from base.records.guards import guarded_by
from base.records.search import searchable_text, searchable_vector
from base.records.stateful import NOTHING_CHANGED, entered_by_somebody
from issues.models import fixed
from issues.models.access_grant import AccessGrant
from issues.models.assignment import Assignment
from issues.models.closure import CLOSURE_IS_ITS_OWN, Closure
from issues.models.event import Event, EventKind
from issues.models.issue_selections import IssueLists
from issues.models.issue_status import UNCLOSED, IssueState
from issues.models.numbering import Counter
from issues.models.place import Place
from members.actor import Actor, Voice
from members.models import Member, Organisation

CLOSED_ANEW = "Ärendet har öppnats och avslutats igen medan du skrev"


class IssueQuerySet(IssueLists["Issue"]):
    def asked_of(self, organisation_ids: Iterable[int]) -> IssueQuerySet:
        """The issues about which one of the organisations is or was asked."""
        return self.filter(Issue.asked_at("pk", organisation_ids))

    def visible_to(self, member: Member) -> IssueQuerySet:
        """Unhidden issues for group and readers; for a handläggare those her organisations were asked about."""
        return self.filter(Issue.visible_at("pk", member))


Issues = models.Manager.from_queryset(IssueQuerySet)


class StandingIssues(Issues["Issue"]):
    """Those that were not opened by mistake: no list, search and count knows of others."""

    def get_queryset(self) -> IssueQuerySet:
        return cast("IssueQuerySet", super().get_queryset().exclude(state=IssueState.STRUCK))


@pghistory.track(exclude=["search_vector", "search_text", "happened_at"])
@guarded_by(CLOSURE_IS_ITS_OWN, *fixed.ISSUE)
class Issue(Restrictable, Stateful):
    """Ett ärende: something the group follows until it is solved.

    Stored are five states only. Whether actions are under way, or the issue was reopened, is asked of its
    actions and events.
    """

    class Kind(models.TextChoices):
        PLACE = "place", "Plats eller företeelse"
        ADULTS = "adults", "Behov av vuxennärvaro"
        CONSULTATION = "consultation", "Remiss"
        OCCASION = "occasion", "Tillfälle"
        OTHER = "other", "Annat"

    State = IssueState
    TRANSITIONS = {
        State.NEW: {State.OPEN, State.ON_HOLD, State.CLOSED, State.STRUCK},
        State.OPEN: {State.ON_HOLD, State.CLOSED, State.STRUCK},
        State.ON_HOLD: {State.NEW, State.OPEN, State.CLOSED, State.STRUCK},
        State.CLOSED: {State.OPEN},
        State.STRUCK: set(),  # to restore it takes back that it was struck
    }
    STATE_TEXTS = {
        State.NEW: "Ärendet är nytt",
        State.OPEN: "Ärendet är öppet",
        State.ON_HOLD: "Ärendet är vilande",
        State.CLOSED: fixed.CLOSED,
        State.STRUCK: fixed.STRUCK,
    }

    Outcome = Closure.Outcome

    class Degree(models.IntegerChoices):
        LOW = 1, "Litet"
        MIDDLE = 2, "Måttligt"
        HIGH = 3, "Stort"

    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.PLACE)
    title = FreeLine("rubrik", max_length=120)
    text = FreeText("beskrivning", max_length=4000, blank=True)
    category = models.ForeignKey(  # an index of its own begins with it, as with the place
        "issues.Category",
        models.PROTECT,
        related_name="issues",
        null=True,
        blank=True,
        verbose_name="kategori",
        db_index=False,
    )
    where = FreeLine("var", max_length=200, blank=True)
    place = models.ForeignKey(
        "issues.Place", models.PROTECT, related_name="issues", null=True, blank=True, db_index=False
    )
    need = models.PositiveSmallIntegerField("behov", choices=Degree, null=True, blank=True)
    influence = models.PositiveSmallIntegerField("möjlighet att påverka", choices=Degree, null=True, blank=True)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)

    state = models.CharField("läge", max_length=20, choices=State, default=State.NEW, editable=False)
    closure = models.OneToOneField(Closure, models.PROTECT, related_name="+", null=True, editable=False)
    happened_at = models.DateTimeField(default=timezone.now, editable=False)  # its last event that all its readers see

    named = models.ManyToManyField(
        Member, through="AccessGrant", through_fields=("issue", "member"), related_name="+", blank=True
    )

    search_text = searchable_text("title", "text", "where")
    search_vector = searchable_vector("title", "text", "where")

    objects = StandingIssues()
    with_struck = IssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="issue_number_unique"),
            models.CheckConstraint(
                condition=Q(state="closed", closure__isnull=False) | (~Q(state="closed") & Q(closure__isnull=True)),
                name="issue_closed_with_a_closure",
            ),
            entered_by_somebody("issue"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="issue_latest"),
            models.Index(fields=["state", "-state_since", "-id"], name="issue_by_state"),
            models.Index(fields=["-happened_at", "-id"], name="issue_last_happened"),
            models.Index(Lower("where"), F("id").desc(), name="issue_by_where"),
            models.Index(fields=["place", "-id"], name="issue_by_place"),
            models.Index(fields=["category", "-id"], name="issue_by_category"),
            models.Index(fields=["id"], condition=Q(restricted=True), name="issue_restricted"),
            GinIndex(fields=["search_vector"], name="issue_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="issue_trigram"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return page_of("issues:detail", self.number)

    # Questions

    @classmethod
    def visible_at(cls, path: str, member: Member) -> Q:
        """The condition that the issue at the path is visible to the member, as `visible_to` says of issues."""
        unhidden = ~cls.hidden_from(member, path)
        return unhidden if member.reads_all else unhidden & cls.asked_at(path, member.handled_ids)

    @classmethod
    def asked_at(cls, path: str, organisation_ids: Iterable[int]) -> Q:
        """The condition that one of the organisations is or was asked about the issue at the path.

        Asked as "is it among theirs", which begins with their assignments: few of all there are.
        """
        asked = Assignment.objects.asked().of(organisation_ids)
        return Q(**{f"{path}__in": asked.values("action__issue")})

    @property
    def number(self) -> str:
        return f"{self.year}-{self.serial}"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_open(self) -> bool:
        return self.state in UNCLOSED

    @property
    def is_struck(self) -> bool:
        return self.state == self.State.STRUCK

    @property
    def priority(self) -> int | None:
        """Need × possibility to influence, 1 to 9; None until both are judged."""
        return self.need * self.influence if self.need and self.influence else None

    @property
    def responsible(self) -> list[Organisation]:
        """The organisations with something to answer or do in it, or done, in the order they were asked."""
        carried = [action for action in self.actions.all() if action.is_carried]
        return list(dict.fromkeys(action.current.organisation for action in carried))

    @property
    def closed_at(self) -> datetime | None:
        return self.closure.at if self.closure else None

    @property
    def outcome_name(self) -> str:
        """The outcome in words (Delvis åtgärdat); empty as long as it is open."""
        return str(self.closure.get_outcome_display()) if self.closure else ""

    @property
    def feedback(self) -> str:
        """The sentence to those who reported on it; empty as long as it is open."""
        return self.closure.feedback if self.closure else ""

    def has_gone_on_since(self, observation: Any) -> bool:
        """Whether others than its reporter have done anything here since it was attached; other reports rest on none.

        An issue that has closed has gone on, whoever closed it.
        """
        attached = self.events.filter(observation=observation).order_by("-pk").values("pk")[:1]
        since = self.events.filter(pk__gt=Subquery(attached)).exclude(kind__in=Event.BESIDE_A_REPORT)
        return self.is_closed or since.exclude(by=observation.reporter_id).exists()

    # Verbs

    @classmethod
    @transaction.atomic
    def create(
        cls,
        *,
        by: Actor,
        at: datetime | None = None,
        observations: int = 0,
        named: Iterable[int] = (),
        **facts: Any,
    ) -> Issue:
        """Open a new issue; out of so many observations by `open_issue_from`. A known place is recognised from `where`.

        `named`, by their keys, see it beside her when it is restricted. Raises ValidationError on bad facts.
        """
        at = at or timezone.now()
        year = timezone.localdate(at).year
        serial = Counter.take(Counter.Series.ISSUE, year)
        known = Place.recognised_in(facts)
        made = {"opened_by": by.member, "updated_by": by.member, "created_at": at, "happened_at": at}
        issue = cls(year=year, serial=serial, **made, **known)
        issue.save_checked()
        issue.record(Event.Kind.OPENED, by=by, at=at, facts={"observations": observations})
        if issue.restricted:
            members = AccessGrant.give(issue, {by.member.pk, *named}, by=by, at=at)
            issue.record(Event.Kind.RESTRICTED, by=by, at=at, facts={"members": members})
        return issue

    def record(self, kind: EventKind, *, by: Voice, at: datetime | None = None, **points: Any) -> Event:
        """Write one event of the timeline: what it points at, as `Event.write` says."""
        return Event.write(self, kind, by=by, at=at or timezone.now(), **points)

    @transaction.atomic
    def change(self, *, by: Actor, version: str = "", at: datetime | None = None, **facts: Any) -> None:
        """Set new facts and say in the timeline which ones changed. A known place is recognised from `where`.

        `version` is the row's when it was read. Raises EditConflict, NotAllowed when it is closed, ValidationError on
        bad facts.
        """
        self.lock_open()
        self.check_version(version, texts=facts)
        facts = Place.recognised_in(facts)
        before = {name: getattr(self, name) for name in facts}
        saved = self.set(facts, by=by)
        self.full_clean(validate_unique=False)  # which normalizes what was typed: only then is it compared
        changed = [name for name in facts if getattr(self, name) != before[name]]
        if changed:
            self.save(update_fields=saved)
            listed = [name for name in changed if name != "place"]  # it follows from the words of where
            if listed:
                self.record(Event.Kind.CHANGED, by=by, at=at, facts={"fields": listed})

    @transaction.atomic
    def take_up(self, *, by: Actor, at: datetime | None = None) -> None:
        """Set a new issue open: the group has taken it up. Does nothing in another state."""
        self.lock()
        if self.state == self.State.NEW:
            self.set_state(self.State.OPEN, by=by, at=at or timezone.now())

    @transaction.atomic
    def pause(self, *, reason: str, by: Actor, at: datetime | None = None) -> None:
        """Put it on hold. Raises Conflict."""
        self.lock()
        at = at or timezone.now()
        before = self.state
        self.set_state(self.State.ON_HOLD, by=by, at=at)
        self.record(Event.Kind.PAUSED, by=by, at=at, text=reason, facts={"was": before})

    @transaction.atomic
    def resume(self, *, by: Actor, entry: str = "", at: datetime | None = None) -> None:
        """Return from on hold to the state before: what the group had not taken up is new.

        Raises Conflict, also when it rests anew since that `entry`.
        """
        self.lock_if(self.State.ON_HOLD)
        self.check_entry(entry, "Ärendet var återupptaget och är vilande igen")
        at = at or timezone.now()
        paused = self.events.filter(kind=Event.Kind.PAUSED).order_by("-pk").first()
        self.set_state(paused.facts.get("was", self.State.OPEN) if paused else self.State.OPEN, by=by, at=at)
        self.record(Event.Kind.RESUMED, by=by, at=at)

    @transaction.atomic
    def close(self, *, by: Actor, outcome: str, feedback: str, despite: str = "", at: datetime | None = None) -> None:
        """Close and tell everyone who reported on it, in one sentence.

        `despite` says why it closes while actions are open; they go on, and are still followed in the log.
        Raises Conflict when closed already, NotAllowed when actions are open and nothing is said.
        """
        self.lock()
        at = at or timezone.now()
        self.ensure_may_become(self.State.CLOSED)
        self.ensure_may_close(despite=despite)
        facts = {"outcome": outcome, "feedback": feedback, "despite": despite}
        closure = Closure.objects.create(issue=self, at=at, by=by.member, created_at=at, **facts)
        self.set_state(self.State.CLOSED, by=by, at=at, closure=closure)
        self.record(Event.Kind.CLOSED, by=by, at=at, closure=closure)

    @transaction.atomic
    def reopen(self, *, reason: str, by: Actor, entry: str = "", at: datetime | None = None) -> None:
        """Open a closed issue again, visibly: the problem is still there. `entry` names the closing that is meant.

        Raises Conflict when it is not closed or was closed anew.
        """
        self.lock_if(self.State.CLOSED)
        self.check_entry(entry, CLOSED_ANEW)
        at = at or timezone.now()
        self.set_state(self.State.OPEN, by=by, at=at, closure=None)
        self.record(Event.Kind.REOPENED, by=by, at=at, text=reason)

    @transaction.atomic
    def restore_state(self, state: str, *, by: Actor, facts: Mapping[str, Any], at: datetime | None = None) -> None:
        """Set the state from before a meeting closed, since the closing was undone; without a closure.

        No transition by the table, which tells where an issue may go: this takes back that it went. `facts` of the
        meeting are for the timeline.
        """
        self.lock()
        at = at or timezone.now()
        if self.state != state:
            restored = {"state": state, "state_since": at, "state_by": by.member, "closure": None}
            self.save(update_fields=self.set(restored, by=by))
        self.record(Event.Kind.UNDONE, by=by, at=at, facts=dict(facts))

    def restore_from_struck(self, state: str, *, by: Actor, at: datetime) -> None:
        """Set the state that it had when it was struck, of a locked row. No transition by the table: as above."""
        self.save(update_fields=self.set({"state": state, "state_since": at, "state_by": by.member}, by=by))
        self.record(Event.Kind.RESTORED, by=by, at=at)

    # Used by the verbs here, by the actions' and by the meetings'

    def ensure_may_close(self, *, despite: str) -> None:
        """Raises NotAllowed, about `despite`, when actions are open and nothing is said of why it ends all the same."""
        if not despite and self.actions.open().exists():
            raise NotAllowed({"despite": "Åtgärder är öppna. Skriv varför ärendet ändå avslutas."})

    def lock_open(self) -> None:
        """Lock the row of an open issue. Raises Conflict when it is closed or struck."""
        self.lock_if(*UNCLOSED, therefore=fixed.REOPEN_FIRST)

    def refusal(self, therefore: str = NOTHING_CHANGED) -> str:
        """As of any; where a closed one is to be opened again first, a struck one is to be restored."""
        is_to_restore = self.is_struck and therefore == fixed.REOPEN_FIRST
        return super().refusal(fixed.RESTORE_FIRST if is_to_restore else therefore)

    def last_saved(self) -> Attribution:
        """The attribution of the latest saving, less what the reader may not see."""
        events = self.events.for_all_readers().that_move().filter(by=self.updated_by).with_related()
        return replace(super().last_saved(), what=str(events.latest_first().first() or ""))
