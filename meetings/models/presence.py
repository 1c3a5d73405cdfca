from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from base.records import FreeLine, Versioned
from base.records.guards import guarded_by
from meetings.models import fixed
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member, Organisation

FIRST = 1
PARTICIPANT = "deltagare-"
LONGEST_NAME, LONGEST_TITLE, LONGEST_HOME = 100, 120, 120


@dataclass(frozen=True)
class AttendanceSpan:
    """One person in one capacity from the first to the last heading, both included; without a last, to the end.

    A person without an account has a name in place of the member, and perhaps a title and where she comes from.
    """

    member: Member | None
    capacity: str
    first: int = FIRST
    last: int | None = None
    name: str = ""
    title: str = ""
    home: str = ""

    @property
    def person(self) -> str:
        return str(self.member or self.name)

    @property
    def items(self) -> NumericRange:
        return NumericRange(self.first, self.last and self.last + 1)


@dataclass(frozen=True)
class SeatedSpan(AttendanceSpan):
    """Of somebody who has a seat, and so an account."""

    member: Member


class PresenceQuerySet(models.QuerySet["Presence"]):
    def in_order(self) -> PresenceQuerySet:
        return self.select_related("member__organisation", "organisation").order_by("organisation", "items", "pk")

    def of_person(self, span: AttendanceSpan) -> PresenceQuerySet:
        """Those of the same person: the member, or one of the name without an account."""
        return self.filter(member=span.member) if span.member else self.filter(member=None, name__iexact=span.name)

    def taken(self, meeting: Meeting, span: AttendanceSpan, organisation: Organisation | None) -> Presence | None:
        """A presence of the person that overlaps the span, or None. Two of one name may come from two places."""
        own = self.filter(meeting=meeting, items__overlap=span.items).of_person(span)
        if span.member is None:
            own = own.filter(organisation=organisation, home__iexact=span.home)
        return own.select_related("organisation").first()

    def at(self, meeting: Meeting) -> PresenceQuerySet:
        return self.filter(meeting=meeting).in_order()

    def guests(self) -> PresenceQuerySet:
        return self.filter(part=Presence.Part.GUEST)

    def speaking(self) -> PresenceQuerySet:
        """Those who speak for an organisation, one of each at a time."""
        return self.filter(part=Presence.Part.SPEAKS)

    def beside(self) -> PresenceQuerySet:
        """Those who speak for none: further participants from an organisation, and guests."""
        return self.exclude(part=Presence.Part.SPEAKS)


@pghistory.track()
@guarded_by(fixed.OF_A_MEETING, fixed.NONE_WHERE_CANCELLED)
class Presence(Versioned):
    """A person in a capacity for a range of the agenda's headings, by number (first included, last excluded).

    A range without a last goes to the end, however many headings the agenda has. The person is a member, or somebody
    without an account, who is named.
    """

    deletable = True  # noted anew, until the meeting closes

    class Capacity(models.TextChoices):
        ORDINARY = "ordinary", "Ordinarie"
        DEPUTY = "deputy", "Ersättare"
        CO_OPTED = "co_opted", "Adjungerad"
        NONE = "none", "Deltagare"

    class Part(models.TextChoices):
        SPEAKS = "speaks", "Talar för organisationen"
        TAKES_PART = "takes_part", "Deltar"
        GUEST = "guest", "Gäst"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presences")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    name = FreeLine("namn", max_length=LONGEST_NAME, blank=True)
    title = FreeLine("titel", max_length=LONGEST_TITLE, blank=True)
    home = FreeLine("varifrån", max_length=LONGEST_HOME, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity)
    part = models.CharField(max_length=20, choices=Part)
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
                condition=Q(part="speaks"),
                violation_error_message="Två kan inte tala för organisationen på samma punkt.",
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
            ExclusionConstraint(
                name="named_person_sits_once",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    (Lower("name"), RangeOperators.EQUAL),
                    (Lower("home"), RangeOperators.EQUAL),
                    (Coalesce("organisation", 0), RangeOperators.EQUAL),
                    ("items", RangeOperators.OVERLAPS),
                ],
                condition=~Q(name=""),
                violation_error_message="Personen är redan noterad som närvarande på den punkten.",
            ),
            models.CheckConstraint(condition=Q(items__isempty=False), name="presence_not_empty"),
            models.CheckConstraint(
                condition=Q(member=None, capacity__in=["none", "co_opted"]) & ~Q(name="")
                | Q(member__isnull=False, name="", title="", home=""),
                name="presence_is_of_a_member_or_named",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None, part="guest", capacity="co_opted")
                | Q(organisation__isnull=False, home="") & ~Q(part="guest") & ~Q(capacity="co_opted"),
                name="presence_guest_is_co_opted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_capacity_display().lower()}{self.span}"

    # Questions

    @property
    def person(self) -> str:
        """The name."""
        return str(self.member or self.name)

    @property
    def person_title(self) -> str:
        return self.member.title if self.member else self.title

    @property
    def comes_from(self) -> str:
        """Of a guest where she comes from, as far as it is known; of others their organisation."""
        if self.organisation:
            return str(self.organisation)
        return str(self.member.organisation or "") if self.member else self.home

    @property
    def anchor(self) -> str:
        """Its place on the page of the attendance."""
        return f"{PARTICIPANT}{self.pk}"

    @property
    def person_key(self) -> str:
        """What is the same for one person who has no account, however often she is noted anew."""
        return f"{crc32(self.name.casefold().encode()):x}"

    @property
    def leaves_with_its_row(self) -> bool:
        """Whether she is noted no longer when nobody speaks for the organisation: who has no seat stays beside."""
        return self.part == self.Part.SPEAKS and self.capacity != self.Capacity.NONE

    @property
    def as_span(self) -> AttendanceSpan:
        """The same person for the same part."""
        named = {"name": self.name, "title": self.title, "home": self.home}
        return AttendanceSpan(self.member, self.capacity, self.first, self.last, **named)

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

    # Verbs

    @classmethod
    def seat(
        cls,
        meeting: Meeting,
        span: AttendanceSpan,
        *,
        organisation: Organisation | None,
        by: Actor,
        at: datetime | None = None,
        is_beside: bool = False,
    ) -> Presence:
        """Note a person as present: `is_beside` whoever speaks for the organisation.

        Raises ValidationError when the place or the person is taken.
        """
        presence = cls.of(meeting, span, organisation=organisation, by=by, at=at, is_beside=is_beside)
        if elsewhere := cls.objects.taken(meeting, span, organisation):
            raise ValidationError(
                f"{span.person} är redan noterad {elsewhere.where}. Ingen kan noteras på två ställen."
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
        is_beside: bool = False,
    ) -> Presence:
        """An unsaved presence of the person."""
        who = {"member": span.member, "name": span.name, "title": span.title, "home": span.home}
        beside = cls.Part.TAKES_PART if is_beside else cls.Part.SPEAKS
        part = cls.Part.GUEST if organisation is None else beside
        facts = {"organisation": organisation, "capacity": span.capacity, "part": part, "items": span.items}
        return cls(meeting=meeting, created_at=at or timezone.now(), updated_by=by.member, **who, **facts)
