from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from base.logs.security import SecurityEvent, happened
from base.records import Versioned
from base.records.conflicts import Acting, EditConflict
from base.swedish.order import swedish_order
from base.swedish.words import day_and_month
from members.models.member import AnswersFor, Member
from members.models.organisation import Organisation


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self, on: date | None = None) -> SeatQuerySet:
        return self.filter(period__contains=on or timezone.localdate())

    def coming(self) -> SeatQuerySet:
        """The seats that begin on a coming day."""
        return self.filter(period__startswith__gt=timezone.localdate())

    def coming_to_guests(self) -> SeatQuerySet:
        """The coming seats of those who have no part in the group until then, the first to begin first."""
        guests = Member.objects.active().guests_until_seated()
        return self.coming().filter(member__in=guests).select_related("member", "organisation").order_by("period", "pk")

    def not_over(self) -> SeatQuerySet:
        """The current seats and the coming."""
        return self.reaching_past(timezone.localdate() - timedelta(days=1))

    def reaching_past(self, day: date) -> SeatQuerySet:
        """The seats that last longer than that day, begun or not."""
        return self.filter(period__overlap=DateRange(day + timedelta(days=1), None))

    def begun_by(self, day: date) -> SeatQuerySet:
        """The seats that begin on that day or before, over or not."""
        return self.filter(period__overlap=DateRange(None, day + timedelta(days=1)))

    def latest_first(self) -> SeatQuerySet:
        return self.order_by("-period", "role", "pk")

    def ordinary(self) -> SeatQuerySet:
        return self.filter(role=Seat.Role.ORDINARY)

    def not_begun(self) -> SeatQuerySet:
        """The seats that have lasted no whole day, see Seat.has_begun."""
        return self.filter(period__startswith__gte=timezone.localdate())

    def deputies(self) -> SeatQuerySet:
        return self.filter(role=Seat.Role.DEPUTY)


@pghistory.track()
class Seat(Versioned):
    """A place in the group: an organisation's ordinary representative or deputy during a period.

    The period's last day is excluded, as PostgreSQL keeps date ranges; an open end is a seat until further notice.
    """

    deletable = True  # given by mistake, and not begun

    replaced: Sequence[Seat] = ()
    """Of one just given: the seats left for it, the former holder's and the member's own other; one withdrawn too."""

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

    def get_absolute_url(self) -> str:
        return self.organisation.get_absolute_url()

    # Questions

    @property
    def first_day(self) -> date | None:
        day: date | None = self.period.lower
        return day

    @property
    def last_day(self) -> date | None:
        """The last day that counts, or None until further notice."""
        end: date | None = self.period.upper
        return end and end - timedelta(days=1)

    @property
    def has_begun(self) -> bool:
        """Whether the seat has lasted a whole day; until then it can be withdrawn as a mistake."""
        return bool(self.first_day and self.first_day < timezone.localdate())

    @property
    def is_current(self) -> bool:
        return bool(self.first_day and self.first_day <= timezone.localdate()) and not self.is_over

    @property
    def is_coming(self) -> bool:
        return bool(self.first_day and self.first_day > timezone.localdate())

    @property
    def is_over(self) -> bool:
        return bool(self.last_day and self.last_day < timezone.localdate())

    @staticmethod
    def free_until(
        organisation: Organisation, seats: Iterable[Seat], *, member: Member | None, role: str, since: date
    ) -> date | None:
        """Of the organisation's seats, the day from which another has the place, or when the organisation leaves.

        `member` is None for one who is not entered yet. Raises ValidationError.
        """
        if not organisation.in_group:
            raise ValidationError(f"{organisation} är utanför gruppen, så ingen kan ha en plats för den.")
        until = organisation.left_on
        for seat in seats:
            is_hers = member is not None and seat.member_id == member.pk
            if not (is_hers or seat.role == role) or not seat.first_day or seat.first_day <= since:
                continue
            if not seat.is_coming:
                raise ValidationError(f"{seat._from_its_day} Välj en senare dag.")
            if is_hers:
                raise ValidationError(f"{seat._from_its_day} Ta bort den platsen först.")
            until = min(filter(None, (until, seat.first_day)))
        return until

    # Verbs

    @classmethod
    @transaction.atomic
    def appoint(
        cls,
        *,
        organisation: Organisation,
        member: Member,
        role: str,
        since: date,
        by: Acting | None,
        replaces: Collection[int] = (),
    ) -> Seat:
        """Give the member the place from that day, as long as the organisation takes part.

        Where another has it from a coming day already, it is hers until then. Whoever has the place leaves it, and
        a deputy who becomes ordinary leaves her own. A seat from the very same day, which would have lasted no day, is
        withdrawn if it is one of those that this one `replaces`. Who left the place only for that one has it on,
        without a break. Raises ValidationError when somebody has come since, when she has the place, or when she or it
        is out of the group; EditConflict for a seat from the same day that was not told of. `by` is None where the
        group is formed before anybody can sign in.
        """
        organisation.lock()
        cls._ensure_may_sit(organisation, member, since)
        seats = list(organisation.seats.select_related("member").order_by("period", "pk"))
        held = [one for one in seats if (one.role == role or one.member_id == member.pk) and since in one.period]
        for other in held:
            if other.role == role and other.member_id == member.pk:
                raise ValidationError(f"{member} har redan platsen.")
            other._make_way(since, by=by, is_replaced=other.pk in replaces)
        until = cls.free_until(organisation, seats, member=member, role=role, since=since)
        hers = (one for one in seats if one.role == role and one.member_id == member.pk)
        if before := next((one for one in hers if one.period.upper == since), None):
            before._close(until, by=by, told=SecurityEvent.SEAT_GIVEN)
            before.replaced = held
            return before
        seat = cls(organisation=organisation, member=member, role=role, period=DateRange(since, until))
        seat.updated_by = by.member if by else None
        seat.save_checked()
        seat._tell(SecurityEvent.SEAT_GIVEN)
        seat.replaced = held
        return seat

    @transaction.atomic
    def end(self, *, last_day: date, by: Acting, version: str = "") -> None:
        """End the seat after that day.

        Raises EditConflict, ValidationError when it would never have begun, is over, or would outlast its
        organisation.
        """
        organisation = self.organisation
        organisation.lock()
        self.lock(version)
        self._ensure_may_end(organisation, last_day)
        self._close(last_day + timedelta(days=1), by=by)

    @transaction.atomic
    def withdraw(self, *, by: Acting) -> None:
        """Delete a seat that was given by mistake. Raises ValidationError when it has begun."""
        self.organisation.lock()
        self.lock()
        if self.has_begun:
            raise ValidationError(f"{self.member} har haft platsen redan. Ange en sista dag i stället.")
        self._tell(SecurityEvent.SEAT_WITHDRAWN)
        self.discard(by=by)

    def end_with_organisation(self, *, by: Acting) -> None:
        """End the seat with its organisation, which leaves the group. Raises ValidationError."""
        last_day = self.organisation.active_to
        if last_day and self.first_day and last_day < self.first_day:
            self.withdraw(by=by)
        else:
            self.lock()
            self._close(self.organisation.left_on, by=by)

    @staticmethod
    def _ensure_may_sit(organisation: Organisation, member: Member, since: date) -> None:
        if not member.is_active:
            raise ValidationError(f"{member} kan inte logga in. Öppna det på medlemmens sida först.")
        if since < organisation.active_from:
            raise ValidationError("Organisationen är inte med i gruppen än den dagen.")
        if organisation.left_on and since >= organisation.left_on:
            raise ValidationError("Organisationen är inte med i gruppen längre den dagen.")

    def _ensure_may_end(self, organisation: Organisation, last_day: date) -> None:
        today = timezone.localdate()
        if self.last_day and self.is_over:
            raise ValidationError(f"{self.member} lämnade platsen den {day_and_month(self.last_day, today=today)}.")
        if self.first_day and last_day < self.first_day:
            raise ValidationError("Slutdagen ligger före platsens första dag.")
        if organisation.active_to and last_day > organisation.active_to:
            ends = day_and_month(organisation.active_to, today=today)
            raise ValidationError(f"Organisationen är med i gruppen till och med {ends}. Välj senast den dagen.")

    def _make_way(self, since: date, *, by: Acting | None, is_replaced: bool) -> None:
        """End the seat the day before; one from the same day is withdrawn, if that is what is meant and it may be."""
        if self.first_day != since:
            self._close(since, by=by)
        elif self.has_begun:
            raise ValidationError(f"{self._from_the_same_day} Välj en senare dag.")
        elif by is None or not is_replaced:
            raise EditConflict(
                f"{self._from_the_same_day} Skicka igen om det var ett misstag, så tas den platsen bort."
            )
        else:
            self.withdraw(by=by)

    @property
    def _from_its_day(self) -> str:
        today = timezone.localdate()
        is_or_was = "var" if self.is_over else "är"
        day = day_and_month(self.first_day or today, today=today)
        return f"{self.member} {is_or_was} {self.get_role_display().lower()} från {day}."

    @property
    def _from_the_same_day(self) -> str:
        return f"{self.member} är {self.get_role_display().lower()} från samma dag."

    def _close(self, end: date | None, *, by: Acting | None, told: SecurityEvent = SecurityEvent.SEAT_ENDED) -> None:
        self.period = DateRange(self.period.lower, end)
        self.updated_by = by.member if by else None
        self.save_checked({"period"})
        self._tell(told)

    def _tell(self, event: SecurityEvent) -> None:
        happened(event, about=self.member_id, organisation=self.organisation_id)


@dataclass(frozen=True)
class Roster:
    """Who has an organisation's two places today, who has them from a coming day, and who else answers for it."""

    organisation: Organisation
    ordinary: Seat | None
    deputy: Seat | None
    coming: list[Seat]
    handlers: list[Member]

    @classmethod
    def of(cls, organisation: Organisation) -> Roster:
        return cls.of_each([organisation])[0]

    @classmethod
    def of_each(cls, organisations: Iterable[Organisation]) -> list[Roster]:
        """The roster of each organisation, in as many queries however many there are."""
        organisations = list(organisations)
        seated: dict[tuple[int, str], Seat] = {}
        coming: dict[int, list[Seat]] = {organisation.pk: [] for organisation in organisations}
        seats = Seat.objects.not_over().filter(organisation__in=organisations)
        for seat in seats.select_related("member").order_by("period", "-role"):  # of the same day the ordinary first
            if seat.is_coming:
                coming[seat.organisation_id].append(seat)
            else:
                seated[seat.organisation_id, seat.role] = seat
        handlers: dict[int, list[Member]] = {organisation.pk: [] for organisation in organisations}
        marks = AnswersFor.objects.filter(organisation__in=organisations, member__is_active=True)
        for mark in marks.select_related("member__organisation").order_by(swedish_order("member__name"), "pk"):
            handlers[mark.organisation_id].append(mark.member)
        return [
            cls(
                one,
                seated.get((one.pk, Seat.Role.ORDINARY)),
                seated.get((one.pk, Seat.Role.DEPUTY)),
                coming[one.pk],
                handlers[one.pk],
            )
            for one in organisations
        ]

    @property
    def coming_ordinary(self) -> list[Seat]:
        return [seat for seat in self.coming if seat.role == Seat.Role.ORDINARY]

    @property
    def coming_deputy(self) -> list[Seat]:
        return [seat for seat in self.coming if seat.role == Seat.Role.DEPUTY]

    @property
    def unfilled(self) -> list[Seat.Role]:
        """The vacant places that nobody has from a coming day either."""
        taken = {seat.role for seat in (self.ordinary, self.deputy, *self.coming) if seat}
        return [role for role in Seat.Role if role not in taken]

    @property
    def vacant_places(self) -> int:
        return [self.ordinary, self.deputy].count(None)
