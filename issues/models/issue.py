from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from base.records import Attribution, FreeLine, FreeText, NotAllowed, Restrictable, RestrictableQuerySet, Stateful
from base.records.search import plain, searchable_text, searchable_vector
from issues.models.access_grant import AccessGrant
from issues.models.assignment import Assignment
from issues.models.category import Category
from issues.models.channel import Channel
from issues.models.event import Event
from issues.models.issue_status import IssueState, IssueStatusFilter, has_action_in
from issues.models.numbering import Counter
from issues.models.status import UNANSWERED, ActionStatus
from members.models import Member, Organisation


class IssueQuerySet(RestrictableQuerySet["Issue"]):
    # Who may know

    def asked_of(self, organisation_ids: Iterable[int]) -> IssueQuerySet:
        """Those on which one of the organisations has or had a question; a draft is no question yet."""
        asked = Assignment.objects.filter(
            action__issue=OuterRef("pk"), organisation__in=organisation_ids, asked_at__isnull=False
        )
        return self.filter(Exists(asked))

    def visible_to(self, member: Member) -> IssueQuerySet:
        """The group and readers see all; a handläggare what her organisations were asked about."""
        seen = self.without_restricted_for(member)
        if member.is_in_group or member.is_reader:
            return seen
        return seen.asked_of(member.handled_ids)

    # Selections

    def numbered(self, number: str) -> IssueQuerySet:
        year, _, serial = number.partition("-")
        return self.filter(year=int(year), serial=int(serial))

    def open(self) -> IssueQuerySet:
        return self.exclude(state=IssueState.CLOSED)

    def closed(self) -> IssueQuerySet:
        return self.filter(state=IssueState.CLOSED)

    def in_status(self, status: IssueStatusFilter, today: date) -> IssueQuerySet:
        return self.filter(status.condition(today))

    def at(self, words: str) -> IssueQuerySet:
        """Those whose place, or the locality it lies in, or words of where, contain the words."""
        words = plain(words)
        place = Q(place__name__icontains=words) | Q(place__locality__name__icontains=words)
        return self.filter(place | Q(where__icontains=words))

    def about(self, category: Category) -> IssueQuerySet:
        """Those of the category or of one under it."""
        return self.filter(Q(category=category) | Q(category__parent=category))

    def opened_since(self, day: date) -> IssueQuerySet:
        return self.filter(created_at__date__gte=day)

    def carried_by(self, organisation: Organisation) -> IssueQuerySet:
        """Those in which the organisation has something to answer or do, or has done it."""
        return self.filter(pk__in=Assignment.objects.carried().of([organisation.pk]).values("action__issue"))

    # What a list shows

    def with_related(self) -> IssueQuerySet:
        return self.select_related("category")

    def latest_first(self) -> IssueQuerySet:
        return self.order_by("-created_at", "-pk")

    def last_happened_first(self) -> IssueQuerySet:
        """By `happened_at` of `with_row_facts`; what a search found nearest stands before."""
        nearest = [F("nearness")] if "nearness" in self.query.annotations else []
        return self.order_by(*nearest, F("happened_at").desc(nulls_last=True), "-pk")

    def nearest_first(self) -> IssueQuerySet:
        """What `search` found, step by step, the latest first in each."""
        return self.order_by("nearness", "-created_at", "-pk")  # type: ignore[misc]  # annotated by search()

    # Counts

    def counts_by_status(self, today: date) -> dict[IssueStatusFilter, int]:
        """How many each choice of the list would show, in one question."""
        counts = {
            s.name.lower(): Count("pk", filter=s.condition(today))
            for s in IssueStatusFilter
            if s is not IssueStatusFilter.ALL
        }
        counted = self.order_by().aggregate(**counts, all=Count("pk"))
        return {status: counted[status.name.lower()] for status in IssueStatusFilter}

    def waiting_and_silent(self, today: date) -> tuple[int, int]:
        """How many wait for an answer, and how many of them for too long."""
        counted = self.order_by().aggregate(
            waiting=Count("pk", filter=has_action_in(UNANSWERED, today)),
            silent=Count("pk", filter=has_action_in([ActionStatus.SILENT], today)),
        )
        return counted["waiting"], counted["silent"]


@pghistory.track(exclude=["search_vector", "search_text"])
class Issue(Restrictable, Stateful):
    """Ett ärende: something the group follows until it is solved.

    Stored are four states only. Whether actions are under way, or the issue was reopened, is asked of its
    actions and events.
    """

    class Kind(models.TextChoices):
        PLACE = "place", "Plats eller företeelse"
        ADULTS = "adults", "Vuxna behövs"
        CONSULTATION = "consultation", "Remiss"
        OCCASION = "occasion", "Tillfälle"
        OTHER = "other", "Annat"

    State = IssueState
    TRANSITIONS = {
        State.NEW: {State.OPEN, State.ON_HOLD, State.CLOSED},
        State.OPEN: {State.ON_HOLD, State.CLOSED},
        State.ON_HOLD: {State.NEW, State.OPEN, State.CLOSED},
        State.CLOSED: {State.OPEN},
    }
    STATE_TEXTS = {
        State.NEW: "Ärendet är nytt",
        State.OPEN: "Ärendet är öppet",
        State.ON_HOLD: "Ärendet vilar redan",
        State.CLOSED: "Ärendet är redan avslutat",
    }

    class Outcome(models.TextChoices):
        SOLVED = "solved", "Åtgärdat"
        PARTLY = "partly", "Delvis åtgärdat"
        UNSOLVED = "unsolved", "Avslutat utan åtgärd"
        NOT_OURS = "not_ours", "Inte vårt ansvar"
        DUPLICATE = "duplicate", "Dubblett"

    class Degree(models.IntegerChoices):
        LOW = 1, "Litet"
        MIDDLE = 2, "Måttligt"
        HIGH = 3, "Stort"

    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.PLACE)
    title = FreeLine("rubrik", max_length=120)
    text = FreeText("beskrivning", max_length=4000, blank=True)
    category = models.ForeignKey(
        "issues.Category",
        models.PROTECT,
        related_name="issues",
        null=True,
        blank=True,
        verbose_name="kategori",
    )
    where = FreeLine("var", max_length=200, blank=True)
    place = models.ForeignKey("issues.Place", models.PROTECT, related_name="issues", null=True, blank=True)
    need = models.PositiveSmallIntegerField("behov", choices=Degree, null=True, blank=True)
    influence = models.PositiveSmallIntegerField("möjlighet att påverka", choices=Degree, null=True, blank=True)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)

    state = models.CharField("läge", max_length=20, choices=State, default=State.NEW, editable=False)
    outcome = models.CharField("utfall", max_length=20, choices=Outcome, blank=True)
    feedback = FreeText("återkoppling", max_length=500, blank=True)
    closed_at = models.DateTimeField("avslutat", null=True, editable=False)

    named = models.ManyToManyField(Member, through="AccessGrant", related_name="+", blank=True)

    search_text = searchable_text("title", "text", "where")
    search_vector = searchable_vector("title", "text", "where")

    objects = IssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="issue_number_unique"),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(outcome="") & ~Q(feedback="") & Q(closed_at__isnull=False)),
                name="issue_closed_with_outcome_and_feedback",
            ),
            models.CheckConstraint(
                condition=(Q(need__isnull=True) | Q(need__range=(1, 3)))
                & (Q(influence__isnull=True) | Q(influence__range=(1, 3))),
                name="issue_degrees_from_1_to_3",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="issue_latest"),
            models.Index(fields=["state", "-created_at", "-id"], name="issue_by_state"),
            models.Index(fields=["id"], condition=Q(restricted=True), name="issue_restricted"),
            GinIndex(fields=["search_vector"], name="issue_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="issue_trigram"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("issues:detail", args=[self.number])

    # Questions

    @property
    def number(self) -> str:
        return f"{self.year}-{self.serial}"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def priority(self) -> int | None:
        """Need × possibility to influence, 1 to 9; None until both are judged."""
        return self.need * self.influence if self.need and self.influence else None

    @property
    def responsible(self) -> list[Organisation]:
        """Those who have something to answer or do in it, or have done it, in the order they were asked."""
        carried = [action for action in self.actions.all() if action.is_carried]
        return list(dict.fromkeys(action.current.organisation for action in carried))

    # Verbs

    @classmethod
    @transaction.atomic
    def create(cls, *, by: Member, origin: str = "", **facts: Any) -> Issue:
        """Open a new issue; out of observations by `open_issue_from`. Raises ValidationError on bad facts."""
        year = timezone.localdate().year
        issue = cls(opened_by=by, year=year, serial=Counter.take(Counter.Series.ISSUE, year), **facts)
        issue.full_clean(validate_unique=False)
        issue.save()
        if issue.restricted:
            issue.name_members({by.pk})
        issue.record(Event.Kind.OPENED, f"Ärendet öppnat{origin}.", by=by)
        return issue

    def name_members(self, member_ids: Iterable[int]) -> None:
        """Let the members see it though it is restricted."""
        rows = [AccessGrant(issue=self, member_id=pk) for pk in sorted(member_ids)]
        AccessGrant.objects.bulk_create(rows, ignore_conflicts=True)

    def record(self, kind: Event.Kind, text: str, *, by: Member | None, **links: Any) -> Event:
        """Write one event of the timeline. Links: action, observation, organisation, channel."""
        links.setdefault("organisation", by and by.organisation)
        links.setdefault("channel", Channel.SIGNED_IN)
        return Event.objects.create(issue=self, kind=kind, text=text, by=by, **links)

    @transaction.atomic
    def change(self, *, by: Member, seen: str = "", **facts: Any) -> None:
        """Set new facts and say in the timeline which ones changed.

        `seen` is the row's version when it was read. Raises EditConflict, NotAllowed when it is closed,
        ValidationError on bad facts.
        """
        self.lock_open()
        self.check_version(seen)
        changed = [name for name, value in facts.items() if getattr(self, name) != value]
        self.set(facts)
        self.full_clean(validate_unique=False)
        if changed:
            self.save(update_fields=[*changed, "updated_at"])
            names = ", ".join(str(self._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
            self.record(Event.Kind.CHANGED, f"Ändrat: {names}.", by=by)

    @transaction.atomic
    def open(self, *, by: Member | None) -> None:
        """The group has taken it up. Does nothing to an issue that is already past new."""
        self.lock()
        if self.state == self.State.NEW:
            self.move(self.State.OPEN)

    @transaction.atomic
    def pause(self, *, reason: str, by: Member) -> None:
        """Let it rest. Raises NotAllowed."""
        self.lock()
        self.move(self.State.ON_HOLD)
        self.record(Event.Kind.HELD, f"Ärendet vilar: {reason}", by=by)

    @transaction.atomic
    def resume(self, *, by: Member) -> None:
        """Take up what has rested, where it was: what the group had not taken up is new. Raises NotAllowed."""
        self.lock_if(self.State.ON_HOLD)
        before = self.history.exclude(state=self.State.ON_HOLD).order_by("pgh_id").last()
        self.move(before.state if before else self.State.OPEN)
        self.record(Event.Kind.RESUMED, "Ärendet återupptaget.", by=by)

    @transaction.atomic
    def close(self, *, by: Member, outcome: str, feedback: str, despite: str = "") -> None:
        """Close and tell everyone who reported on it, in one sentence.

        `despite` says why it closes while actions are open; they go on, and are still followed in the log.
        Raises NotAllowed when closed already, or when actions are open and nothing is said.
        """
        self.lock()
        if not self.is_closed and self.actions.open().exists() and not despite:
            raise NotAllowed("Åtgärder är öppna. Skriv varför ärendet ändå avslutas.")
        self.move(self.State.CLOSED, outcome=outcome, feedback=feedback, closed_at=timezone.now())
        why = f" Åtgärder är öppna: {despite}" if despite else ""
        text = f"Ärendet avslutat: {self.get_outcome_display().lower()}. {feedback}{why}"
        self.record(Event.Kind.CLOSED, text, by=by)

    @transaction.atomic
    def reopen(self, *, reason: str, by: Member) -> None:
        """The problem is still there: open again, visibly. Raises NotAllowed."""
        self.lock_if(self.State.CLOSED)
        self.move(self.State.OPEN)
        self.record(Event.Kind.REOPENED, f"Ärendet öppnat igen: {reason}", by=by)

    @transaction.atomic
    def restore_state(self, state: str, *, why: str, by: Member) -> None:
        """Be where it was before a meeting closed, since that was undone. Its ending, if it had one, never counted.

        No move by the table, which tells where an issue may go: this takes back that it went.
        """
        self.lock()
        if self.state != state:
            self.set({"state": state, "outcome": "", "feedback": "", "closed_at": None})
            self.save(update_fields=["state", "outcome", "feedback", "closed_at", "updated_at"])
        self.record(Event.Kind.UNDONE, why, by=by)

    # Used by the verbs here and by the actions'

    def lock_open(self) -> None:
        """Hold the row of an issue that is not closed. Raises NotAllowed when it is."""
        closed = "Ärendet är avslutat. Öppna det igen om något mer ska göras."
        self.lock_if(self.State.NEW, self.State.OPEN, self.State.ON_HOLD, otherwise=closed)

    def moved(self) -> Attribution | None:
        last = self.events.moves().latest_first().select_related("by").first()
        return last.trace if last else None

    def last_saved(self) -> Attribution:
        """With what was changed: its event is written right after the row."""
        # What tells of an observation is no change of the row, and may not be hers to read.
        since = self.events.filter(at__gte=self.updated_at, observation=None)
        event = since.order_by("at", "pk").select_related("by").first()
        return event.trace if event else super().last_saved()
