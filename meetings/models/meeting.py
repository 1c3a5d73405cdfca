from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast

import pghistory
from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from base.records import FreeLine, Stateful, entered_by_somebody, not_restricted, page_of
from base.records.guards import DatabaseCheck, guarded_by
from base.swedish.clock import day_of
from issues.models import Counter
from meetings.models import fixed
from members.actor import Actor
from members.models import Member, Organisation


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, member: Member) -> MeetingQuerySet:
        """Every meeting for the group, closed ones for a reader, for a guest those where she presents an item."""
        if member.is_in_group:
            return self
        own = Q(pk__in=Meeting.objects.filter(items__presenter=member, items__removed=False).values("pk"))
        return self.filter(own | Q(state=Meeting.State.CLOSED) if member.is_reader else own)

    def readable_by(self, member: Member) -> MeetingQuerySet:
        """The meetings whose notes and decisions she may read: a draft is for those who write it."""
        if member.is_coordinator:
            return self
        leads = Q(chair=member) | Q(secretary=member) if member.is_in_group else Q()
        return self.filter(Q(state=Meeting.State.CLOSED) | leads)

    def coming(self) -> MeetingQuerySet:
        """The meetings that are not closed: the one under way, then the nearest."""
        first = Case(When(state=Meeting.State.UNDER_WAY, then=0), default=1)
        return self.exclude(state=Meeting.State.CLOSED).order_by(first, "starts_at", "pk")

    def planned(self) -> MeetingQuerySet:
        """The meetings that have not begun, the nearest first; one that was never held stands before all."""
        return self.filter(state=Meeting.State.PLANNED).order_by("starts_at", "pk")

    def coming_and_last(self) -> tuple[Meeting | None, Meeting | None]:
        """The first of coming(), and the last that has closed, in one query."""
        both = self.filter(Q(pk__in=self.coming().values("pk")[:1]) | Q(pk__in=self.closed().values("pk")[:1]))
        by_closed = {meeting.is_closed: meeting for meeting in both}
        return by_closed.get(False), by_closed.get(True)

    def with_outcome(self) -> MeetingQuerySet:
        """What came of each: `decided` how many decisions, less restricted ones; `there` of `invited` organisations."""
        decided = Q(items__removed=False) & not_restricted("items__decisions__issue")
        return self.annotate(
            decided=_count("items__decisions", decided),
            there=_count("organisations", Q(organisations__state="represented")),
            invited=_count("organisations"),
        )

    def closed(self) -> MeetingQuerySet:
        """The closed meetings, annotated with `held`, when it began; the latest first."""
        held = self.filter(state=Meeting.State.CLOSED).annotate(held=Coalesce("started_at", "starts_at"))
        return held.order_by("-held", "-pk")


MeetingRows = models.Manager.from_queryset(MeetingQuerySet)


class MeetingManager(MeetingRows["Meeting"]):
    def get_queryset(self) -> MeetingQuerySet:
        """The meetings, each with `shares_its_day` in the same query."""
        annotated = super().get_queryset().annotate(shares_its_day=shares_its_day())  # type: ignore[no-redef]  # fills the property
        return cast("MeetingQuerySet", annotated)


def shares_its_day(of: str = "") -> Exists:
    """Whether another meeting of the same name was held on the day of the one at the path `of`, or is to be."""
    others = MeetingQuerySet(Meeting).alias(held_day=_held_day()).exclude(pk=OuterRef(f"{of}pk"))
    own_day = _held_day(OuterRef(f"{of}started_at"), OuterRef(f"{of}starts_at"))
    return Exists(others.filter(held_day=own_day, is_extra=OuterRef(f"{of}is_extra")))


def told_apart(meeting: Meeting, row: Any) -> Meeting:
    """The meeting that came with a row, which has `shares_its_day` of it: meetings found alone do."""
    meeting.shares_its_day = row.shares_its_day
    return meeting


def _held_day(started_at: OuterRef | str = "started_at", starts_at: OuterRef | str = "starts_at") -> TruncDate:
    return TruncDate(Coalesce(started_at, starts_at, output_field=models.DateTimeField()))


def _count(path: str, condition: Q | None = None) -> Subquery:
    """How many rows there are at the path of each meeting. Each path apart, for joined together they multiply."""
    meeting = Meeting.objects.filter(pk=OuterRef("pk")).values("pk")
    return Subquery(meeting.annotate(rows=Count(path, filter=condition)).values("rows"))


TIME_TO_UNDO = timedelta(minutes=10)
"""How long the closing of a meeting can be taken back."""


@pghistory.track()
@guarded_by(fixed.MEETING, fixed.MEETING_NUMBER)
class Meeting(Stateful):
    """Ett möte: the group meets at least monthly. The agenda is live until it starts, frozen when it has closed."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planerat"
        UNDER_WAY = "under_way", "Pågår"
        CLOSED = "closed", "Avslutat"

    TRANSITIONS = {
        State.PLANNED: {State.UNDER_WAY},
        State.UNDER_WAY: {State.CLOSED, State.PLANNED},
        State.CLOSED: {State.UNDER_WAY},
    }
    STATE_TEXTS = {
        State.PLANNED: "Mötet har inte börjat",
        State.UNDER_WAY: "Mötet pågår redan",
        State.CLOSED: "Mötet är avslutat",
    }

    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    starts_at = models.DateTimeField("börjar")
    ends_at = models.DateTimeField("slutar", null=True, blank=True)
    place = FreeLine("plats", max_length=200, blank=True)
    is_extra = models.BooleanField("extra möte", default=False)
    chair = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="ordförande")
    secretary = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="sekreterare")
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)  # of its calendar file, which the next replaces

    objects = MeetingManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="meeting_number_unique"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message="Mötet slutar innan det börjar.",
            ),
            DatabaseCheck(
                condition=Q(state="planned", started_at=None) | (~Q(state="planned") & Q(started_at__isnull=False)),
                name="meeting_begun_has_a_time",
            ),
            DatabaseCheck(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="meeting_closed_has_a_time",
            ),
            entered_by_somebody("meeting"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="meeting_by_state")]

    def __str__(self) -> str:
        name = "Extra möte" if self.is_extra else "Möte"
        return f"{name} {date_format(self.day, 'j F Y')}{self.its_time}"

    def get_absolute_url(self) -> str:
        return page_of("meetings:detail", self.pk)

    # Questions

    @property
    def its_time(self) -> str:
        """After the name of one that shares it with another of its day: , 13.00."""
        return f", {timezone.localtime(self.held_at):%H.%M}" if self.shares_its_day else ""

    @cached_property
    def shares_its_day(self) -> bool:
        """What `shares_its_day` says of the row, where it did not come with it, as for one that is newly planned."""
        return Meeting.objects.filter(shares_its_day(), pk=self.pk).exists()

    @property
    def number(self) -> str:
        return f"{self.year}-{self.serial}"

    @property
    def held_at(self) -> datetime:
        """When the meeting began; as long as it has not, when it is planned to."""
        return self.started_at or self.starts_at

    @property
    def day(self) -> date:
        return day_of(self.held_at)

    @property
    def when_and_where(self) -> tuple[datetime, datetime | None, str]:
        """What those who are called to it have in their calendars."""
        return self.starts_at, self.ends_at, self.place

    @property
    def planned_day(self) -> date:
        return day_of(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_under_way(self) -> bool:
        return self.state == self.State.UNDER_WAY

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def undo_until(self) -> datetime | None:
        """When the closing becomes final; None as long as the meeting is not closed."""
        return self.closed_at and self.closed_at + TIME_TO_UNDO

    @property
    def can_be_unclosed(self) -> bool:
        """Whether there is time left, by the server's clock."""
        return self.can_be_unclosed_at(timezone.now())

    def can_be_unclosed_at(self, at: datetime) -> bool:
        return self.undo_until is not None and at <= self.undo_until

    def is_written_in(self, member: Member) -> bool:
        """Whether anything that she may know of has been noted, decided or marked as spoken of, or minutes once made.

        What has been written of a restricted issue is not told by what she can no longer do.
        """
        written = ~Q(note="") | Q(discussed_at__isnull=False) | Q(decisions__isnull=False)
        return self.items.visible_to(member).filter(written).exists() or self.minutes.exists()

    def previous(self) -> Meeting | None:
        """The last closed meeting before this one."""
        return Meeting.objects.closed().filter(held__lt=self.held_at).first()  # type: ignore[misc]  # annotated by closed()

    def following(self) -> Meeting | None:
        """The nearest one after this that stands in the calendar."""
        return Meeting.objects.coming().filter(starts_at__gt=self.held_at).exclude(pk=self.pk).first()

    @classmethod
    def now(cls) -> Meeting:
        """An unsaved meeting for the window since the last one, up to this moment."""
        return cls(starts_at=timezone.now())

    # Verbs

    @classmethod
    @transaction.atomic
    def plan(cls, *, starts_at: datetime, by: Actor, at: datetime | None = None, **facts: Any) -> Meeting:
        """Put a meeting in the calendar. Chair and secretary are the planner unless somebody else is named."""
        year = timezone.localdate(starts_at).year
        facts = {
            "chair": by.member,
            "secretary": by.member,
            "updated_by": by.member,
            "created_at": at or timezone.now(),
            **facts,
        }
        meeting = cls(starts_at=starts_at, year=year, serial=Counter.take(Counter.Series.MEETING, year), **facts)
        meeting.save_checked()
        meeting.expect_organisations(at=at)
        return meeting

    @transaction.atomic
    def change(self, *, by: Actor, version: str = "", at: datetime | None = None, **facts: Any) -> int:
        """Change time, place, chair or secretary. Another day deletes the excuses, which were about the old one.

        Returns how many were deleted. Raises EditConflict, NotAllowed when it has closed,
        and ValidationError on bad facts.
        """
        self.lock_open("Det kan inte ändras.")
        self.check_version(version)
        day, was = self.day, self.when_and_where
        self.set(facts, by=by)
        self.sequence += self.when_and_where != was
        self.full_clean(validate_unique=False)
        self.save()
        self.expect_organisations(at=at)
        dropped, _ = self.excuses.all().delete() if self.day != day else (0, {})
        return dropped

    # Used by the verbs here and by those that write in the meeting

    def lock_open(self, therefore: str) -> None:
        """Lock the row of a meeting that is not closed. Raises Conflict when it is: by whom, when, and what follows."""
        self.lock_if(self.State.PLANNED, self.State.UNDER_WAY, therefore=therefore)

    def expect_organisations(self, *, at: datetime | None = None) -> None:
        """Make an attendance row for every organisation that is active on the day of the meeting."""
        self.organisations.expect(self, Organisation.objects.active(self.day), at=at or timezone.now())
