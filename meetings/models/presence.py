from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import Deferrable, Q
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.functional import cached_property

from base.records import Versioned
from base.records.guards import guarded_by
from base.swedish.points import points_between
from meetings.models import fixed
from meetings.models.meeting import Meeting
from meetings.models.numbering import first_paragraph
from meetings.models.sat import Sat
from meetings.models.spot import (
    FIRST,
    Spot,
    at_spot,
    following,
    heading_and_place,
    last_before,
    part_in_words,
    range_of,
)
from members.actor import Actor
from members.models import Member, Organisation

PARTICIPANT = "deltagare-"
GUEST_CAPACITIES = ("guest", "co_opted", "politician", "resident")
"""As what a guest is there, who comes from no organisation of the group."""
OFFICES = ("chair", "secretary")


@dataclass(frozen=True)
class AttendanceSpan:
    """One person in one capacity from the first to the last spot, both included; without a last, to the end.

    A person without an account has a name in place of the member, and perhaps a title and where she comes from.
    """

    member: Member | None
    capacity: str
    first: Spot = FIRST
    last: Spot | None = None
    name: str = ""
    title: str = ""
    home: str = ""

    @property
    def person(self) -> str:
        return str(self.member or self.name)

    @property
    def items(self) -> NumericRange:
        return range_of(self.first, self.last and following(self.last))


@dataclass(frozen=True)
class SeatedSpan(AttendanceSpan):
    """Of somebody who has a seat, and so an account."""

    member: Member


class PresenceQuerySet(models.QuerySet["Presence"]):
    def in_order(self) -> PresenceQuerySet:
        known = self.select_related("member__organisation", "organisation").order_by("organisation", "items", "pk")
        return known.annotate(first_paragraph=first_paragraph(Meeting._base_manager, "meeting"))  # type: ignore[no-redef]

    def of_person(self, span: AttendanceSpan) -> PresenceQuerySet:
        """Those of the same person: the member, or one of the name without an account."""
        return self.filter(member=span.member) if span.member else self.filter(member=None, name__iexact=span.name)

    def taken(self, meeting: Meeting, span: AttendanceSpan, organisation: Organisation | None) -> Presence | None:
        """A presence of the person that overlaps the span, or None. Two of one name may come from two places.

        What tells them apart is the title: one name and one title are one person.
        """
        own = self.filter(meeting=meeting, items__overlap=span.items).of_person(span)
        if organisation or span.capacity in OFFICES:
            own = own.exclude(part=Presence.Part.RELIEVED)  # who led may sit for an organisation, or have both offices
        if span.member is None:
            same = Q(organisation=organisation, home__iexact=span.home)
            own = own.filter(same | Q(title__iexact=span.title) if span.title else same)
        return own.select_related("organisation").first()

    def at(self, meeting: Meeting) -> PresenceQuerySet:
        return self.filter(meeting=meeting).in_order()

    def guests(self) -> PresenceQuerySet:
        return self.filter(part=Presence.Part.GUEST)

    def officers(self) -> PresenceQuerySet:
        return self.filter(part=Presence.Part.OFFICER)

    def relieved(self) -> PresenceQuerySet:
        """Those who were chair or secretary until another was in the middle of the meeting."""
        return self.filter(part=Presence.Part.RELIEVED)

    def speaking(self) -> PresenceQuerySet:
        """Those who speak for an organisation, one of each at a time."""
        return self.filter(part=Presence.Part.SPEAKS)

    def beside(self) -> PresenceQuerySet:
        """Those who speak for none: further participants from an organisation, and guests."""
        return self.exclude(part=Presence.Part.SPEAKS)


@pghistory.track()
@guarded_by(fixed.ATTENDANCE, fixed.NONE_WHERE_CANCELLED)
class Presence(Sat, Versioned):
    """A person in a capacity for a range of headings, or items under them, by number (first included, last excluded).

    A range without a last goes to the end, however many headings the agenda has. The person is a member, or somebody
    without an account, who is named. Who has an office and sits for no organisation is there without a row, unless it
    is for a part of it. Who was relieved of an office has a row for it, also where she sits for an organisation.
    """

    deletable = True  # noted anew, until the meeting closes

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="presences")

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_has_one_at_a_time",
                deferrable=Deferrable.IMMEDIATE,  # the parts of several follow at once
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
                deferrable=Deferrable.IMMEDIATE,  # the parts of several follow at once
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("items", RangeOperators.OVERLAPS),
                ],
                condition=~Q(part="relieved"),  # who led may have sat for an organisation meanwhile
                violation_error_message="Personen är redan noterad som närvarande på den punkten.",
            ),
            ExclusionConstraint(
                name="one_chair_and_one_secretary_at_a_time",
                deferrable=Deferrable.IMMEDIATE,  # the parts of several follow at once
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("capacity", RangeOperators.EQUAL),
                    ("items", RangeOperators.OVERLAPS),
                ],
                condition=Q(part__in=["officer", "relieved"]),
                violation_error_message="Två kan inte leda mötet, eller skriva, på samma punkt.",
            ),
            ExclusionConstraint(
                name="named_person_sits_once",
                deferrable=Deferrable.IMMEDIATE,  # the parts of several follow at once
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
            ExclusionConstraint(
                name="named_person_with_a_title_sits_once",
                deferrable=Deferrable.IMMEDIATE,  # the parts of several follow at once
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    (Lower("name"), RangeOperators.EQUAL),
                    (Lower("title"), RangeOperators.EQUAL),
                    ("items", RangeOperators.OVERLAPS),
                ],
                condition=~Q(name="") & ~Q(title=""),
                violation_error_message="Personen är redan noterad som närvarande på den punkten.",
            ),
            models.CheckConstraint(condition=Q(items__isempty=False), name="presence_not_empty"),
            models.CheckConstraint(
                condition=~Q(part="relieved") | Q(items__endswith__isnull=False), name="presence_relieved_at_a_point"
            ),
            models.CheckConstraint(
                condition=Q(member=None, capacity__in=["none", *GUEST_CAPACITIES]) & ~Q(name="")
                | Q(member__isnull=False, name="", title="", home=""),
                name="presence_is_of_a_member_or_named",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None, part="guest", capacity__in=GUEST_CAPACITIES)
                | Q(organisation=None, part__in=["officer", "relieved"], capacity__in=OFFICES, member__isnull=False)
                | Q(organisation__isnull=False, home="", part__in=["speaks", "takes_part"])
                & ~Q(capacity__in=[*GUEST_CAPACITIES, *OFFICES]),
                name="presence_guest_is_of_no_organisation",
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
        return f"{PARTICIPANT}{f'uppdrag-{self.member_id}' if self.is_officer else self.pk}"

    @property
    def is_officer(self) -> bool:
        """Whether she is the chair or the secretary, and comes from no organisation."""
        return self.part == self.Part.OFFICER

    @property
    def was_relieved(self) -> bool:
        """Whether she was the chair or the secretary until another was."""
        return self.part == self.Part.RELIEVED

    @property
    def is_of_an_office(self) -> bool:
        """Whether it is of an office that she has, or had."""
        return self.is_officer or self.was_relieved

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

    @cached_property
    def first_paragraph(self) -> int | None:
        """Where the § of its meeting begin, if it has any; one that is asked for in_order() knows."""
        return self.meeting.first_paragraph

    @property
    def first(self) -> Spot:
        return self._whole(self.items.lower)

    @property
    def last(self) -> Spot | None:
        """The last one that counts, a heading or an item under one; None to the end."""
        return None if self.items.upper is None else last_before(self._whole(self.items.upper))

    @property
    def is_within_a_heading(self) -> bool:
        """Whether it begins or ends at an item that is not the whole of its heading."""
        return any(heading_and_place(where)[1] for where in (self.first, self.last or FIRST))

    @property
    def span(self) -> str:
        """The part in words: ", punkt 1–5", ", från § 19", ", till och med punkt 6.2"; empty for the whole meeting."""
        if (self.first, self.last) == (FIRST, None):
            return ""
        if self.last is not None and not self.is_within_a_heading:
            return f", {points_between(int(self.first), int(self.last), paragraphs_from=self.first_paragraph)}"
        if self.first == self.last:
            return f", {self.at_first}"
        return f", {part_in_words(self.first, self.last, self.first_paragraph)}"

    @property
    def at_first(self) -> str:
        """Where it begins inside a sentence: punkt 6 · § 19.2."""
        return at_spot(self.first, self.first_paragraph)

    @property
    def until(self) -> str:
        """The last one inside a sentence, till och med punkt 6; empty to the end."""
        return f"till och med {at_spot(self.last, self.first_paragraph)}" if self.last else ""

    @property
    def where(self) -> str:
        """The place and the headings in words: för Polisen, punkt 1–5 · som gäst."""
        place = f"för {self.organisation}" if self.organisation else f"som {self.get_capacity_display().lower()}"
        return f"{place}{self.span}"

    @property
    def noted_already(self) -> str:
        """Why she is not noted as something else for that part."""
        return f"{self.person} är redan noterad {self.where}. Ingen kan noteras på två ställen."

    @staticmethod
    def _whole(where: Spot) -> Spot:
        """A heading as the whole number that it is."""
        return int(where) if where == int(where) else where

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
            raise ValidationError(elsewhere.noted_already)
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
        of_none = cls.Part.OFFICER if span.capacity in OFFICES else cls.Part.GUEST
        part = of_none if organisation is None else beside
        facts = {"organisation": organisation, "capacity": span.capacity, "part": part, "items": span.items}
        return cls(meeting=meeting, created_at=at or timezone.now(), updated_by=by.member, **who, **facts)
