from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pghistory
from django.db import models, transaction
from django.db.models import F, Q, Subquery

from base.records import Versioned
from base.records.guards import guarded_by
from base.swedish.order import swedish_order
from meetings.models import fixed
from meetings.models.meeting import Meeting
from meetings.models.presence import AttendanceSpan, Presence
from meetings.models.spot import last_before
from members.actor import Actor
from members.models import Member, Organisation, Seat

CLOSED = "Närvaron kan inte ändras."


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
@guarded_by(fixed.ATTENDANCE, fixed.NONE_WHERE_CANCELLED)
class OrganisationAtMeeting(Versioned):
    """The attendance state of an organisation at a meeting: one row for each that takes part.

    `excused_ordinary` and `excused_deputy` are those who had its places and could not come, noted with the state: where
    nobody came, or another came instead.
    """

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
    excused_ordinary = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    excused_deputy = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)

    objects = OrganisationAtMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="organisation_once_at_a_meeting"),
            models.CheckConstraint(
                condition=Q(state__in=["excused", "represented"]) | Q(excused_ordinary=None, excused_deputy=None),
                name="excused_are_of_who_was_called",
            ),
            models.CheckConstraint(
                condition=~Q(excused_ordinary=F("excused_deputy")), name="excused_once_for_an_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display().lower()}"

    @classmethod
    def states(cls, meeting: Meeting, **of: Any) -> Subquery:
        """An annotation: what the organisation is noted as at the meeting; None where it has no row."""
        return Subquery(cls.objects.filter(meeting=meeting, **of).values("state")[:1])

    @property
    def anchor(self) -> str:
        return f"organisation-{self.pk}"

    @property
    def excused_by_place(self) -> dict[str, Member]:
        """Those noted as excused, by the place that each had: the ordinary first."""
        named = {Seat.Role.ORDINARY.value: self.excused_ordinary, Seat.Role.DEPUTY.value: self.excused_deputy}
        return {role: member for role, member in named.items() if member}

    @transaction.atomic
    def note(
        self,
        *,
        state: str,
        by: Actor,
        spans: Iterable[AttendanceSpan] = (),
        excused: Mapping[str, Member] | None = None,
        version: str = "",
        at: datetime | None = None,
    ) -> None:
        """Set the state of the organisation, who sits for it and who is excused, in place of what was noted before.

        Raises ValidationError when two would sit at once or one person in two places, EditConflict, and
        NotAllowed when the meeting has closed.
        """
        self.vacate(state=state, excused=excused, by=by, version=version)
        self.occupy(spans, by=by, at=at)

    @transaction.atomic
    def vacate(self, *, state: str, by: Actor, excused: Mapping[str, Member] | None = None, version: str = "") -> None:
        """Set the state of the organisation and who is `excused`, by the place; nobody speaks for it then.

        Of several who change places all leave first.

        Who has no seat stays as one who takes part. Raises EditConflict, and NotAllowed when the meeting has closed.
        """
        meeting, organisation = self.meeting, self.organisation
        meeting.lock_attendance(CLOSED)
        self.lock(version)
        self.meeting, self.organisation = meeting, organisation  # which the row forgets when it is read anew
        self.save(update_fields=self.set({"state": state, **excused_as(excused or {})}, by=by))
        spoke = Presence.objects.filter(meeting=meeting, organisation=organisation).speaking()
        for presence in spoke.filter(capacity=Presence.Capacity.NONE):
            presence.save(update_fields=presence.set({"part": Presence.Part.TAKES_PART}, by=by))
        spoke.exclude(capacity=Presence.Capacity.NONE).delete()

    def occupy(self, spans: Iterable[AttendanceSpan], *, by: Actor, at: datetime | None = None) -> None:
        """Note who speaks for it, who takes part beside no longer than till then.

        Raises ValidationError when two would speak at once, or one person would sit in two places.
        """
        spans = list(spans)
        beside = Presence.objects.filter(meeting=self.meeting, organisation=self.organisation).beside()
        for span in spans:
            for presence in beside.of_person(span):
                if presence.first < span.first:
                    until = replace(presence.as_span, last=last_before(span.first))
                    presence.save(update_fields=presence.set({"items": until.items}, by=by))
                else:
                    presence.delete()
        for span in spans:
            Presence.seat(self.meeting, span, organisation=self.organisation, by=by, at=at)


def excused_as(people: Mapping[str, Member]) -> dict[str, Member | None]:
    """The columns of those who are excused, by the place that each has."""
    return {f"excused_{role}": people.get(role) for role in (Seat.Role.ORDINARY.value, Seat.Role.DEPUTY.value)}
