from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import Q
from django.utils import timezone

from base.records import Versioned
from base.records.guards import guarded_by
from base.swedish.order import swedish_order
from meetings.models import fixed
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member, Organisation

FIRST = 1
CLOSED = "Närvaron kan inte ändras."


@dataclass(frozen=True)
class AttendanceSpan:
    """One person in one capacity from the first to the last heading, both included; without a last, to the end."""

    member: Member
    capacity: str
    first: int = FIRST
    last: int | None = None


class OrganisationAtMeetingQuerySet(models.QuerySet["OrganisationAtMeeting"]):
    def in_order(self, *then: str) -> OrganisationAtMeetingQuerySet:
        return self.order_by(swedish_order("organisation__name"), "organisation_id", *then)

    def expect(self, meeting: Meeting, organisations: Iterable[Organisation], *, at: datetime) -> None:
        """Make a row for each organisation, and delete unnoted rows of organisations that are not among them."""
        expected = list(organisations)
        self.filter(state=self.model.State.UNNOTED).exclude(organisation__in=expected).delete()
        rows = [self.model(meeting=meeting, organisation=organisation, created_at=at) for organisation in expected]
        self.bulk_create(rows, ignore_conflicts=True)


@pghistory.track()
@guarded_by(fixed.OF_A_MEETING, fixed.NONE_WHERE_CANCELLED)
class OrganisationAtMeeting(Versioned):
    """The attendance state of an organisation at a meeting: one row for each that takes part."""

    deletable = True  # not noted, and not in the group on the day of the meeting

    class State(models.TextChoices):
        UNNOTED = "unnoted", "Inte noterad"
        REPRESENTED = "represented", "Närvarande"
        EXCUSED = "excused", "Anmält förhinder"
        ABSENT = "absent", "Frånvarande"
        VACANT = "vacant", "Vakant"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.UNNOTED)

    objects = OrganisationAtMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="organisation_once_at_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display().lower()}"

    @property
    def anchor(self) -> str:
        return f"organisation-{self.pk}"

    @transaction.atomic
    def note(
        self,
        *,
        state: str,
        by: Actor,
        spans: Iterable[AttendanceSpan] = (),
        version: str = "",
        at: datetime | None = None,
    ) -> None:
        """Set the state of the organisation and who sits for it, in place of what was noted before.

        Raises ValidationError when two would sit at once or one person in two places, EditConflict, and
        NotAllowed when the meeting has closed.
        """
        self.vacate(state=state, by=by, version=version)
        self.occupy(spans, by=by, at=at)

    @transaction.atomic
    def vacate(self, *, state: str, by: Actor, version: str = "") -> None:
        """Set the state of the organisation and take away who was noted. Of several who change places all leave first.

        Raises EditConflict, and NotAllowed when the meeting has closed.
        """
        meeting, organisation = self.meeting, self.organisation
        meeting.lock_open(CLOSED)
        self.lock(version)
        self.meeting, self.organisation = meeting, organisation  # which the row forgets when it is read anew
        self.save(update_fields=self.set({"state": state}, by=by))
        Presence.objects.filter(meeting=meeting, organisation=organisation).delete()

    def occupy(self, spans: Iterable[AttendanceSpan], *, by: Actor, at: datetime | None = None) -> None:
        """Note who sits for it. Raises ValidationError when two would sit at once or one person in two places."""
        for span in spans:
            Presence.seat(self.meeting, span, organisation=self.organisation, by=by, at=at)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def in_order(self) -> PresenceQuerySet:
        return self.select_related("member__organisation", "organisation").order_by("organisation", "items", "pk")

    def taken(self, meeting: Meeting, member: Member, items: NumericRange) -> Presence | None:
        """A presence of the member that overlaps the range of headings, or None."""
        own = self.filter(meeting=meeting, member=member, items__overlap=items)
        return own.select_related("organisation").first()

    def at(self, meeting: Meeting) -> PresenceQuerySet:
        return self.filter(meeting=meeting).in_order()

    def guests(self) -> PresenceQuerySet:
        return self.filter(organisation=None)


@pghistory.track()
@guarded_by(fixed.OF_A_MEETING, fixed.NONE_WHERE_CANCELLED)
class Presence(Versioned):
    """A person in a capacity for a range of the agenda's headings, by number (first included, last excluded).

    A range without a last goes to the end, however many headings the agenda has.
    """

    deletable = True  # noted anew, until the meeting closes

    class Capacity(models.TextChoices):
        ORDINARY = "ordinary", "Ordinarie"
        DEPUTY = "deputy", "Ersättare"
        CO_OPTED = "co_opted", "Adjungerad"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presences")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20, choices=Capacity)
    items = IntegerRangeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_has_one_at_a_time",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("items", RangeOperators.OVERLAPS),
                ],
                condition=Q(organisation__isnull=False),
                violation_error_message="Två kan inte sitta för organisationen på samma punkt.",
            ),
            ExclusionConstraint(
                name="person_sits_in_one_place",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("items", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Personen är redan noterad som närvarande på den punkten.",
            ),
            models.CheckConstraint(condition=Q(items__isempty=False), name="presence_not_empty"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(capacity="co_opted"), name="presence_guest_is_co_opted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_capacity_display().lower()}{self.span}"

    @property
    def first(self) -> int:
        return int(self.items.lower)

    @property
    def last(self) -> int | None:
        """The last heading that counts; None to the end."""
        return None if self.items.upper is None else int(self.items.upper) - 1

    @property
    def span(self) -> str:
        """The headings in words: ", punkt 1–5", ", från punkt 6"; empty for the whole meeting."""
        if self.last is None:
            return f", från punkt {self.first}" if self.first > FIRST else ""
        return f", punkt {self.first}–{self.last}" if self.first != self.last else f", punkt {self.first}"

    @property
    def where(self) -> str:
        """The place and the headings in words: för Polisen, punkt 1–5."""
        return f"{f'för {self.organisation}' if self.organisation else 'som adjungerad'}{self.span}"

    @classmethod
    def seat(
        cls,
        meeting: Meeting,
        span: AttendanceSpan,
        *,
        organisation: Organisation | None,
        by: Actor,
        at: datetime | None = None,
    ) -> Presence:
        """Note a person as present. Raises ValidationError when the place or the person is taken."""
        presence = cls.of(meeting, span, organisation=organisation, by=by, at=at)
        if elsewhere := cls.objects.taken(meeting, span.member, presence.items):
            raise ValidationError(
                f"{span.member} är redan noterad {elsewhere.where}. Ingen kan noteras på två ställen."
            )
        presence.save_checked()
        return presence

    @classmethod
    def of(
        cls,
        meeting: Meeting,
        span: AttendanceSpan,
        *,
        organisation: Organisation | None,
        by: Actor,
        at: datetime | None = None,
    ) -> Presence:
        """An unsaved presence of the person."""
        items = NumericRange(span.first, span.last and span.last + 1)
        who = {"organisation": organisation, "member": span.member, "capacity": span.capacity}
        return cls(meeting=meeting, items=items, created_at=at or timezone.now(), updated_by=by.member, **who)
