from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ClassVar

import pghistory
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict, NotAllowed, Versioned
from base.records.guards import guarded_by
from base.swedish.words import day_span, swedish_moment
from issues.models import fixed
from issues.models.answer import TIME_TO_WITHDRAW
from members.actor import Actor, Channel
from members.models import Member, Organisation

LONGEST = timedelta(days=92)
"""The longest period of one nil report. The group meets at least monthly: a longer one is a slip of the year."""

REPORT_INSTEAD = "Rapportera om något har hänt: rapporten räknas."


class NilReportQuerySet(models.QuerySet["NilReport"]):
    def falling_in(self, after: datetime | None = None, until: datetime | None = None) -> NilReportQuerySet:
        """Those with a day in the period; of the day it begins or ends on, what was said on its side of the hour."""
        rows = self
        if after:
            day = timezone.localdate(after)
            rows = rows.filter(Q(last_day__gt=day) | Q(last_day=day, created_at__gt=after))
        if until:
            day = timezone.localdate(until)
            rows = rows.filter(Q(first_day__lt=day) | Q(first_day=day, created_at__lte=until))
        return rows

    def latest_of_each(self) -> NilReportQuerySet:
        """Of each organisation the one that reaches furthest, with who said it."""
        furthest = self.order_by("organisation", "-last_day", "-created_at", "-pk").distinct("organisation")
        return furthest.select_related("by")


@pghistory.track()
@guarded_by(*fixed.NIL_REPORT)
class NilReport(Versioned):
    """Inget att rapportera: an organisation's word that it has seen nothing in a period of whole days.

    It never changes; for a while it can be withdrawn. Silence must differ from calm. `TOLD_IN` are questions of the
    apps above: where it is told for good, in words; empty where it is not.
    """

    TOLD_IN: ClassVar[list[Callable[[NilReport], str]]] = []

    deletable = True  # a slip

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="nil_reports")
    first_day = models.DateField("från och med")
    last_day = models.DateField("till och med")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20, choices=Member.Role)
    channel = models.CharField("hur beskedet kom", max_length=20, choices=Channel, default=Channel.SIGNED_IN)

    objects = NilReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="nil_report_ends_after_it_begins",
                violation_error_message="Perioden slutar innan den börjar.",
            ),
            models.UniqueConstraint(fields=["organisation", "first_day", "last_day"], name="nil_report_said_once"),
        ]
        indexes = [models.Index(fields=["organisation", "last_day"], name="nil_report_by_last_day")]

    def __str__(self) -> str:
        return f"Inget att rapportera, {self.organisation}, {self.span}"

    def get_absolute_url(self) -> str:
        return reverse("issues:nil_report", args=[self.organisation_id])

    # Questions

    @property
    def said_on(self) -> date:
        return timezone.localdate(self.created_at)

    @property
    def when(self) -> str:
        """The moment it was said, in words: i dag 14.05, torsdag 19 november 16.30."""
        return swedish_moment(self.created_at, today=timezone.localdate())

    @property
    def span(self) -> str:
        """The days in words: 29 oktober–27 november."""
        return day_span(self.first_day, self.last_day, today=timezone.localdate())

    @property
    def told_in(self) -> str:
        """Where it is told for good, and so stands; empty where it is not."""
        return next(filter(None, (where(self) for where in self.TOLD_IN)), "")

    def is_withdrawable(self, at: datetime) -> bool:
        """Whether there is still time to withdraw it."""
        return at <= self.created_at + TIME_TO_WITHDRAW

    # Verbs

    @classmethod
    @transaction.atomic
    def give(
        cls, organisation: Organisation, *, first_day: date, last_day: date, by: Actor, at: datetime | None = None
    ) -> NilReport:
        """Note that the organisation has nothing to report of those days. One at a time for each organisation.

        Raises Conflict when that is said already of all the days, NotAllowed of days ahead, of days when it is not in
        the group and of a period that is too long, ValidationError.
        """
        at = at or timezone.now()
        organisation.lock()
        cls._ensure_possible(organisation, first_day, last_day, timezone.localdate(at))
        same = organisation.nil_reports.filter(first_day__lte=first_day, last_day__gte=last_day)
        if said := same.select_related("by").first():
            raise Conflict(f"{said.by} har redan sagt det för {said.span}, {said.when}. Inget är ändrat.")
        who = {"by": by.member, "capacity": by.capacity, "channel": by.channel, "updated_by": by.member}
        said = cls(organisation=organisation, first_day=first_day, last_day=last_day, created_at=at, **who)
        said.save_checked()
        return said

    @transaction.atomic
    def withdraw(self, *, by: Actor, at: datetime | None = None) -> None:
        """Take it back: it was a slip. Raises Conflict when somebody has, NotAllowed when it stands for good."""
        if not NilReport.objects.filter(pk=self.pk).select_for_update(no_key=True):
            raise Conflict("Det är redan taget tillbaka. Inget är ändrat.")
        if not self.is_withdrawable(at or timezone.now()):
            minutes = TIME_TO_WITHDRAW.seconds // 60
            raise NotAllowed(f"Det går att ångra i {minutes} minuter. {REPORT_INSTEAD}")
        if told := self.told_in:
            raise NotAllowed(f"Beskedet står i {told}, så det står fast. {REPORT_INSTEAD}")
        self.discard(by=by)

    # Private

    @staticmethod
    def _ensure_possible(organisation: Organisation, first_day: date, last_day: date, today: date) -> None:
        left = organisation.active_to
        if last_day > today:
            raise NotAllowed({"last_day": "Dagen har inte varit än. Välj i dag eller en tidigare dag."})
        if first_day < organisation.active_from or (left and last_day > left):
            raise NotAllowed({"first_day": f"{organisation} var inte med i gruppen hela den perioden."})
        if last_day - first_day > LONGEST:
            raise NotAllowed({"first_day": f"Perioden är längre än {LONGEST.days} dagar. Välj en kortare."})
