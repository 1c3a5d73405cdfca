from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from base.records import FreeLine, entered_by_somebody, page_of
from base.records.guards import DatabaseCheck, guarded_by
from base.records.own_host import own_host
from base.swedish.clock import day_of
from issues.models import Counter
from meetings.models import fixed
from meetings.models.after_closing import AFTER_CLOSING, AfterClosing
from meetings.models.agenda_template import AgendaTemplate
from meetings.models.extra_agenda import SHORT_IS_EXTRA
from meetings.models.held import HELD, Held, began, held
from meetings.models.numbering import PARAGRAPHS, Numbered
from meetings.models.series import MeetingSeries
from members.actor import Actor
from members.models import Member, Organisation

WhenAndWhere = tuple[datetime, datetime | None, str]
"""When a meeting begins and ends, where that is said, and its place."""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, member: Member) -> MeetingQuerySet:
        """Every meeting for the group, closed ones for a reader, for a guest those where she presents, or was to."""
        if member.is_in_group:
            return self
        presents = Meeting.objects.filter(items__presenters__member=member, items__removed=False)
        presented = Meeting.objects.filter(moved_on__presenters__member=member, moved_on__removed=False)
        own = Q(pk__in=presents.values("pk")) | Q(pk__in=presented.values("pk"))
        return self.filter(own | Q(state=Meeting.State.CLOSED) if member.is_reader else own)

    def readable_by(self, member: Member) -> MeetingQuerySet:
        """The meetings whose decisions she may read: a draft is for those who write it."""
        return self._closed_or_led_by(member, Q(state=Meeting.State.CLOSED))

    def with_notes_for(self, member: Member) -> MeetingQuerySet:
        """Those whose notes she may read: what is put right in them is for those who write until it is saved."""
        return self._closed_or_led_by(member, Q(state=Meeting.State.CLOSED, correcting_since=None))

    def _closed_or_led_by(self, member: Member, closed: Q) -> MeetingQuerySet:
        if member.is_coordinator:
            return self
        leads = Q(chair=member) | Q(secretary=member) if member.is_in_group else Q()
        return self.filter(closed | leads)

    def coming(self) -> MeetingQuerySet:
        """The meetings that are to be held: the one under way, then the nearest planned.

        None that was held on paper: after the undo of its entry it is written down anew, and nobody goes to it.
        """
        first = Case(When(state=Meeting.State.UNDER_WAY, then=0), default=1)
        return self.filter(state__in=Meeting.COMING, is_on_paper=False).order_by(first, "starts_at", "pk")

    def coming_after(self, meeting: Meeting) -> MeetingQuerySet:
        """Those that stand in the calendar and begin after the meeting, in their order."""
        return self.coming().filter(starts_at__gt=meeting.held_at).exclude(pk=meeting.pk)

    def not_closed(self) -> MeetingQuerySet:
        """Those whose agendas are not fixed: coming ones, and those called off, whose topics may move on."""
        return self.exclude(state=Meeting.State.CLOSED)

    def called_off(self) -> MeetingQuerySet:
        """The meetings that were called off, the nearest day first."""
        return self.filter(state=Meeting.State.CANCELLED, is_on_paper=False).order_by("starts_at", "pk")

    def ahead(self, today: date) -> MeetingQuerySet:
        """What stands in the calendar: coming(), among them those of days to come that were called off."""
        off = Q(state=Meeting.State.CANCELLED, starts_at__date__gte=today, is_on_paper=False)
        first = Case(When(state=Meeting.State.UNDER_WAY, then=0), default=1)
        coming = Q(state__in=Meeting.COMING, is_on_paper=False)
        return self.filter(coming | off).order_by(first, "starts_at", "pk")

    def planned(self) -> MeetingQuerySet:
        """The meetings that have not begun, the nearest first; one that was never held stands before all."""
        return self.filter(state=Meeting.State.PLANNED).order_by("starts_at", "pk")

    def at_hand(self, today: date) -> tuple[list[Meeting], Meeting | None, list[Meeting]]:
        """In one query all of coming(), the last that has closed, and those to come that have been called off."""
        last = Q(pk__in=self.closed().values("pk")[:1])
        found = list(self.ahead(today) | self.filter(last).order_by())
        return (
            [meeting for meeting in found if meeting.is_coming],
            next((meeting for meeting in found if meeting.state == Meeting.State.CLOSED), None),
            [meeting for meeting in found if meeting.is_cancelled],
        )

    def with_outcome(self) -> MeetingQuerySet:
        """What came of each: `there` of `invited` organisations. What was decided, who may read it is told."""
        return self.annotate(
            there=_count("organisations", Q(organisations__state="represented")),
            invited=_count("organisations"),
        )

    def over(self, today: date) -> MeetingQuerySet:
        """Those that are closed or on paper, and those of past days that were called off; the latest first."""
        off = Q(state=Meeting.State.CANCELLED, starts_at__date__lt=today, is_on_paper=False)
        on_paper = Q(is_on_paper=True) & ~Q(state=Meeting.State.CANCELLED)
        over = self.filter(Q(state=Meeting.State.CLOSED) | on_paper | off).annotate(held=held())
        return over.order_by("-held", "-pk")

    def closed(self) -> MeetingQuerySet:
        """The closed meetings, annotated with `held`, when it began; the latest first."""
        closed = self.filter(state=Meeting.State.CLOSED).annotate(held=held())
        return closed.order_by("-held", "-pk")

    def with_whole_agenda(self) -> MeetingQuerySet:
        """Those that tell what has happened since the one before, and take over topics: a short agenda does neither."""
        return self.filter(is_short=False)


MeetingRows = models.Manager.from_queryset(MeetingQuerySet)


class MeetingManager(MeetingRows["Meeting"]):
    def get_queryset(self) -> MeetingQuerySet:
        """The meetings, each with `shares_its_day` in the same query."""
        annotated = super().get_queryset().annotate(shares_its_day=shares_its_day())  # type: ignore[no-redef]  # fills the property
        return cast("MeetingQuerySet", annotated)


def shares_its_day(of: str = "") -> Exists:
    """Whether another meeting of the same name was held on the day of the one at the path `of`, or is to be."""
    taken_out = Q(is_on_paper=True, state=Meeting.State.CANCELLED)
    others = MeetingQuerySet(Meeting).alias(held_day=TruncDate(held())).exclude(taken_out)
    own_day = TruncDate(held(of, OuterRef))
    return Exists(others.exclude(pk=OuterRef(f"{of}pk")).filter(held_day=own_day, is_extra=OuterRef(f"{of}is_extra")))


def told_apart(meeting: Meeting, row: Any) -> Meeting:
    """The meeting that came with a row, which has `shares_its_day` of it: meetings found alone do."""
    meeting.shares_its_day = row.shares_its_day
    return meeting


def _count(path: str, condition: Q | None = None) -> Subquery:
    """How many rows there are at the path of each meeting. Each path apart, for joined together they multiply."""
    meeting = Meeting.objects.filter(pk=OuterRef("pk")).values("pk")
    return Subquery(meeting.annotate(rows=Count(path, filter=condition)).values("rows"))


@pghistory.track()
@guarded_by(fixed.MEETING, fixed.CANCELLED_MEETING, fixed.MEETING_NUMBER)
class Meeting(Held, Numbered, AfterClosing):
    """Ett möte: the group meets at least monthly. The agenda is live until it starts, frozen when it has closed."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planerat"
        UNDER_WAY = "under_way", "Pågår"
        CLOSED = "closed", "Avslutat"
        CANCELLED = "cancelled", "Inställt"

    COMING = (State.PLANNED, State.UNDER_WAY)
    TRANSITIONS = {
        State.PLANNED: {State.UNDER_WAY, State.CANCELLED},
        State.UNDER_WAY: {State.CLOSED, State.PLANNED},
        State.CLOSED: {State.UNDER_WAY},
        State.CANCELLED: {State.PLANNED},
    }
    STATE_TEXTS = {
        State.PLANNED: "Mötet har inte börjat",
        State.UNDER_WAY: "Mötet pågår redan",
        State.CLOSED: "Mötet är avslutat",
        State.CANCELLED: "Mötet är inställt",
    }

    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    starts_at = models.DateTimeField("börjar")
    ends_at = models.DateTimeField("slutar", null=True, blank=True)
    place = FreeLine("plats", max_length=200, blank=True)
    registry_no = FreeLine("diarienummer", max_length=60, blank=True)
    is_extra = models.BooleanField("extra möte", default=False)
    is_short = models.BooleanField(default=False, editable=False)  # no rule raises anything on its agenda
    chair = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="ordförande")
    secretary = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="sekreterare")
    template = models.ForeignKey(AgendaTemplate, models.PROTECT, related_name="meetings", verbose_name="mall")
    series = models.ForeignKey(
        MeetingSeries, models.PROTECT, related_name="meetings", null=True, editable=False, db_index=False
    )  # from which it was planned
    series_day = models.DateField(null=True, editable=False)  # the day of its rhythm, also if the meeting was moved
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    why_cancelled = FreeLine("varför", max_length=300, blank=True, editable=False)
    topics_moved_to = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, editable=False, db_index=False
    )  # where what stood on its agenda went when it was called off
    sequence = models.PositiveIntegerField(default=0, editable=False)  # of its calendar file, which the next replaces
    rescheduled_at = models.DateTimeField(null=True, editable=False)  # answers from before were about another time
    calendar_host = models.CharField(max_length=253, default=own_host, editable=False)  # of its UID, also if we move

    objects = MeetingManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="meeting_number_unique"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message="Mötet slutar innan det börjar.",
            ),
            models.UniqueConstraint(
                fields=["series", "series_day"],
                name="meeting_once_for_each_day_of_a_series",
                violation_error_message="Någon har just planerat det mötet. Försök igen om det behövs ett till.",
            ),
            DatabaseCheck(
                condition=Q(series=None, series_day=None) | Q(series__isnull=False, series_day__isnull=False),
                name="meeting_of_a_series_has_its_day",
            ),
            DatabaseCheck(
                condition=Q(state__in=["planned", "cancelled"], started_at=None)
                | (~Q(state__in=["planned", "cancelled"]) & Q(started_at__isnull=False)),
                name="meeting_begun_has_a_time",
            ),
            DatabaseCheck(
                condition=Q(state="cancelled", state_since__isnull=False)
                | (~Q(state="cancelled") & Q(why_cancelled="", topics_moved_to=None)),
                name="meeting_cancelled_has_a_time",
            ),
            *AFTER_CLOSING,
            SHORT_IS_EXTRA,
            *HELD,
            *PARAGRAPHS,
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
    def day(self) -> date:
        return day_of(self.held_at)

    @property
    def when_and_where(self) -> WhenAndWhere:
        """What those who are called to it have in their calendars."""
        return self.starts_at, self.ends_at, self.place

    def was_moved_after(self, said_at: datetime) -> bool:
        """Whether it has another time now than when somebody answered."""
        return bool(self.rescheduled_at and said_at < self.rescheduled_at)

    @property
    def planned_day(self) -> date:
        return day_of(self.starts_at)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def state_text(self) -> str:
        """One on paper that is off was taken out of the register."""
        return "Mötet är borttaget ur registret" if self.is_cancelled and self.is_on_paper else super().state_text

    @property
    def raises(self) -> bool:
        """Whether the rules put anything on its agenda: until it begins, unless it stands alone."""
        return self.is_planned and not self.stands_alone

    @property
    def is_under_way(self) -> bool:
        return self.state == self.State.UNDER_WAY

    @property
    def is_coming(self) -> bool:
        """Whether it is to be held, or is being held."""
        return self.state in self.COMING and not self.is_on_paper

    @property
    def in_office(self) -> dict[str, int]:
        """Who has each office now, by her key."""
        return {"chair": self.chair_id, "secretary": self.secretary_id}

    def previous(self) -> Meeting | None:
        """The last closed meeting before this one that told what had happened, as one with a whole agenda does."""
        return Meeting.objects.closed().with_whole_agenda().filter(held__lt=self.held_at).first()  # type: ignore[misc]  # annotated by closed()

    def following(self) -> Meeting | None:
        """The nearest one after this that stands in the calendar and is no extra one."""
        return Meeting.objects.coming_after(self).filter(is_extra=False).first()

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
        facts["template"] = facts.get("template") or AgendaTemplate.objects.default()
        meeting = cls(starts_at=starts_at, year=year, serial=Counter.take(Counter.Series.MEETING, year), **facts)
        meeting.save_checked()
        meeting.expect_organisations(at=at)
        return meeting

    @transaction.atomic
    def change(self, *, by: Actor, version: str = "", at: datetime | None = None, **facts: Any) -> int:
        """Change time, place, chair or secretary, of one under way also when it began.

        Another day deletes the answers to the call: they were about the old.
        Returns how many were deleted. Raises EditConflict, NotAllowed when it has closed,
        and ValidationError on bad facts.
        """
        self.lock_open("Det kan inte ändras.")
        self.check_version(version, texts=facts)
        day, was = self.planned_day, self.when_and_where
        if facts.get("held_from"):
            facts |= began(facts["held_from"], at=at or timezone.now())
        self.set(facts, by=by)
        self.sequence += (is_changed := self.when_and_where != was)
        if self.when_and_where[:2] != was[:2]:
            self.rescheduled_at = at or timezone.now()
        self.save_checked()
        if is_changed:
            before = dict(zip(("starts_at", "ends_at", "place"), was, strict=True))
            answered: Any = ArraySubquery(self.call_answers.values("member")) if self.planned_day != day else []
            self.changes.create(sequence=self.sequence, answered=answered, created_at=at or timezone.now(), **before)
        self.expect_organisations(at=at)
        dropped, _ = self.call_answers.all().delete() if self.planned_day != day else (0, {})
        return dropped

    # Used by the verbs here and by those that write in the meeting

    def lock_open(self, therefore: str) -> None:
        """Lock the row of a meeting that is not closed. Raises Conflict when it is: by whom, when, and what follows."""
        self.lock_if(self.State.PLANNED, self.State.UNDER_WAY, therefore=therefore)

    def expect_organisations(self, *, at: datetime | None = None) -> None:
        """Make an attendance row for every organisation that is of the group on the day of the meeting."""
        joining = Organisation.objects.of_group(self.day).order_by("pk")  # else the rows come in any order
        self.organisations.expect(self, joining, at=at or timezone.now())
