from __future__ import annotations

from datetime import date, timedelta

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from members.models.base import Dated
from members.models.member import Member
from members.models.organisation import Organisation


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self, on: date | None = None) -> SeatQuerySet:
        return self.filter(period__contains=on or timezone.localdate())

    def ordinary(self) -> SeatQuerySet:
        return self.filter(role=Seat.Role.ORDINARY)

    def deputies(self) -> SeatQuerySet:
        return self.filter(role=Seat.Role.DEPUTY)


@pghistory.track()
class Seat(Dated):
    """A place in the group: an organisation's ordinary representative or deputy during a period.

    The period's last day is excluded, as PostgreSQL keeps date ranges; an open end is a seat until further notice.
    """

    class Role(models.TextChoices):
        ORDINARY = "ordinary", "Ordinarie"
        DEPUTY = "deputy", "Ersättare"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats", verbose_name="organisation")
    member = models.ForeignKey(Member, models.PROTECT, related_name="seats", verbose_name="medlem")
    role = models.CharField("plats", max_length=20, choices=Role, default=Role.ORDINARY)
    period = DateRangeField("period")

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="seat_held_by_one_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Någon annan har platsen under den tiden.",
            ),
            ExclusionConstraint(
                name="member_holds_one_seat_of_an_organisation",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Personen har redan en plats för organisationen under den tiden.",
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False),
                name="seat_period_not_empty",
                violation_error_message="Perioden måste omfatta minst en dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_role_display().lower()} för {self.organisation}"

    @property
    def first_day(self) -> date | None:
        day: date | None = self.period.lower
        return day

    @property
    def last_day(self) -> date | None:
        """The last day that counts, or None until further notice."""
        end: date | None = self.period.upper
        return end and end - timedelta(days=1)

    @classmethod
    @transaction.atomic
    def appoint(cls, *, organisation: Organisation, member: Member, role: str, since: date) -> Seat:
        """Give the member the place from that day; whoever holds it until further notice leaves it then.

        Raises ValidationError when the place is taken by somebody who came later, or when the member
        already sits for the organisation.
        """
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        holder = cls.objects.filter(
            organisation=organisation, role=role, period__startswith__lt=since, period__endswith=None
        ).first()
        if holder and holder.member_id == member.pk:
            raise ValidationError(f"{member} har redan platsen.")
        if holder:
            holder.period = DateRange(holder.period.lower, since)
            holder.save(update_fields=["period", "updated_at"])
        seat = cls(organisation=organisation, member=member, role=role, period=DateRange(since, None))
        seat.full_clean()
        seat.save()
        return seat

    @transaction.atomic
    def end(self, *, last_day: date) -> None:
        """The seat is left after that day. Raises ValidationError when it would never have begun."""
        if self.first_day and last_day < self.first_day:
            raise ValidationError("Slutdagen ligger före platsens första dag.")
        self.period = DateRange(self.period.lower, last_day + timedelta(days=1))
        self.full_clean()
        self.save(update_fields=["period", "updated_at"])
