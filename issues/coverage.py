"""What each organisation has said in a period: it has reported, it has nothing to report, or it has said neither.

Silence must differ from calm, and every place that names the silent asks here. What is restricted counts for nobody:
a page, a document and a number tell the same, whoever reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, Max, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from base.swedish.order import swedish_order
from issues.counting import Scope
from issues.models import NilReport, Observation
from issues.models.nil_report import LONGEST
from members.models import Organisation

A_DAY = timedelta(days=1)
COUNTED = Count("pk", filter=~Q(state=Observation.State.REJECTED))


class Said(Enum):
    """What an organisation has said in a period. A report goes before "inget att rapportera" of the same days.

    A report that was rejected is not counted, but who made it has reported.
    """

    REPORTED = auto()
    CALM = auto()
    SILENT = auto()
    NOT_YET = auto()
    """It has said nothing, and could hardly have: the period begins today, or it joined today."""
    OUTSIDE = auto()
    """It has said nothing, and is not in the group: not yet, or no longer."""


def said(*, counts: bool, is_calm: bool, has_reported: bool, takes_part: bool, is_asked: bool) -> Said:
    """What an organisation has said: `counts` when something that it reported does, also where it `is_calm`."""
    if counts:
        return Said.REPORTED
    if is_calm:
        return Said.CALM
    if has_reported:
        return Said.REPORTED
    if not takes_part:
        return Said.OUTSIDE
    return Said.SILENT if is_asked else Said.NOT_YET


@dataclass(frozen=True)
class OrganisationCoverage:
    """One organisation: the number of its observations, when its last report came, and its latest nil report."""

    organisation: Organisation
    takes_part: bool = True
    count: int = 0
    last_report: datetime | None = None
    nil: NilReport | None = None
    is_asked: bool = True
    """Whether a whole day of the period, and of its membership, has come: nobody is silent or asked before."""

    @classmethod
    def of(cls, organisation: Organisation, scope: Scope, *, day: date) -> OrganisationCoverage:
        """The coverage of one organisation, in two questions."""
        reports = scope.reports.from_organisation(organisation).order_by()
        numbers = reports.aggregate(count=COUNTED, last_report=Max("created_at"))
        said = NilReport.objects.falling_in(scope.after, scope.until).filter(organisation=organisation)
        nil, is_asked = said.latest_of_each().first(), _is_asked(organisation, scope, day)
        return cls(organisation, organisation.is_of_group(day), **numbers, nil=nil, is_asked=is_asked)

    @property
    def word(self) -> Said:
        facts = {"is_calm": bool(self.nil), "has_reported": bool(self.last_report)}
        return said(counts=bool(self.count), **facts, takes_part=self.takes_part, is_asked=self.is_asked)

    @property
    def is_calm(self) -> bool:
        return self.word == Said.CALM

    @property
    def is_silent(self) -> bool:
        return self.word == Said.SILENT

    def unsaid(self, after: datetime | None, today: date) -> tuple[date, date] | None:
        """The days it has not spoken of: from the day after its last word, or the period's first, through today.

        Never more than a nil report may be of; after a report of today that day. None where it has nothing to report
        of today either, and where no whole day of the period has come: then there is nothing left to say.
        """
        if not self.is_asked or (self.nil and self.nil.last_day >= today):
            return None
        begins = [first_whole_day(after)] if after else []
        begins += [timezone.localdate(self.last_report) + A_DAY] if self.last_report else []
        begins += [self.nil.last_day + A_DAY] if self.nil else []
        return min(max([*begins, self.organisation.active_from, today - LONGEST]), today), today


@dataclass(frozen=True)
class Coverage:
    """Those who take part on a day, and who left but had said something before; in the order of their names."""

    of_each: list[OrganisationCoverage]

    @classmethod
    def of(cls, scope: Scope, *, day: date) -> Coverage:
        """The coverage of the period, in one question."""
        reports = scope.reports.filter(organisation=OuterRef("pk")).order_by()
        numbers = JSONObject(count=COUNTED, last=Max("created_at"))
        counted = reports.values("organisation").annotate(numbers=numbers).values("numbers")
        said = NilReport.objects.falling_in(scope.after, scope.until).latest_of_each().values("pk")
        nil = FilteredRelation("nil_reports", condition=Q(nil_reports__in=Subquery(said)))
        active = Organisation.objects.of_group(day).values("pk")
        speaking = Exists(reports) | Q(pk__in=active) | Q(nil__isnull=False)
        organisations: Any = Organisation.objects.annotate(nil=nil, counted=Subquery(counted))
        told = organisations.select_related("nil__by").filter(speaking)
        in_order = told.order_by(swedish_order("name"), "pk")
        return cls([cls._one(each, scope, day) for each in in_order])

    @staticmethod
    def _one(organisation: Any, scope: Scope, day: date) -> OrganisationCoverage:
        number, last = 0, None
        if organisation.counted:
            number, last = organisation.counted["count"], datetime.fromisoformat(organisation.counted["last"])
        nil, is_asked = getattr(organisation, "nil", None), _is_asked(organisation, scope, day)
        return OrganisationCoverage(organisation, organisation.is_of_group(day), number, last, nil, is_asked)

    def having(self, word: Said) -> list[OrganisationCoverage]:
        return [each for each in self.of_each if each.word == word]


def first_whole_day(after: datetime) -> date:
    """The period's first whole day. What was said on the day of a meeting is said of that day, until its end."""
    return timezone.localdate(after - timedelta.resolution) + A_DAY


def _is_asked(organisation: Organisation, scope: Scope, day: date) -> bool:
    has_come = min(day, timezone.localdate())
    in_group, in_period = (
        organisation.active_from < has_come,
        not scope.after or first_whole_day(scope.after) <= has_come,
    )
    return in_group and in_period


def unsaid_by(organisation: Organisation, today: date) -> tuple[date, date] | None:
    """The days that the organisation has not spoken of, of late: where no page has said since when, nor asked."""
    after = timezone.now() - LONGEST
    said = OrganisationCoverage.of(organisation, Scope(after=after), day=today)
    return replace(said, is_asked=True).unsaid(after, today)
