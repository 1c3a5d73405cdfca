"""Reports taken in: one value and one verb for everything that brings observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.logs.security import SecurityEvent, happened
from issues.models import AccessGrant, Category, Issue, Observation, Place
from members.actor import Actor
from members.models import Organisation


@dataclass(frozen=True)
class Report:
    """An observation as it is handed in: a form's answers, a line of a file.

    `key` names this very sending, so that the same one handed in again is recognised: of a form, the key that its
    sending is claimed by. `place` is recognised from `where` when it is not said.
    """

    category: Category
    where: str
    organisation: Organisation
    seen_from: datetime | None = None  # when it is reported, unless it is said
    seen_to: datetime | None = None
    precision: str = Observation.Precision.EXACT
    place: Place | None = None
    unsafe: int | None = None
    recurring: bool = False
    handled: bool = False
    police_report: str = Observation.PoliceReport.UNKNOWN
    source: str = Observation.Source.OWN
    text: str = ""
    for_meeting: bool = False
    restricted: bool = False
    named: tuple[int, ...] = ()  # the keys of those who see it though it is restricted
    key: UUID = field(default_factory=uuid4)


FACTS = [each.name for each in fields(Report) if each.name not in {"key", "named"}]


class ReportRefused(ValidationError):
    """A report that cannot be taken in; `index` is its place among those that were handed in."""

    def __init__(self, error: ValidationError, index: int) -> None:
        super().__init__(error)
        self.index = index


def report_all(reports: Iterable[Report], *, by: Actor, at: datetime | None = None) -> list[Observation]:
    """The observation of each report, in their order. All are logged, or none; in as many statements however many.

    Exactly once: a report whose key the reporter has sent before gives the observation that it became then. Raises
    ReportRefused, also for an organisation that she does not speak for.
    """
    at, reports = at or timezone.now(), list(reports)
    _ensure_speaks_for(reports, by=by, day=timezone.localdate(at))
    observations = [_checked(report, index, by=by, at=at) for index, report in enumerate(reports)]
    places = Place.objects.named_all(each.where for each in observations if each.place is None)
    for each in observations:
        each.place = each.place or places.get(each.where)
    Observation.objects.bulk_create(observations, ignore_conflicts=True)
    # Read again: what was sent before is what it was then.
    keys = [each.client_key for each in observations]
    logged = Observation.with_withdrawn.reported_by(by.member).filter(client_key__in=keys)
    by_key = {each.client_key: each for each in logged}
    restricted = [(by_key[report.key], report.named) for report in reports if report.restricted]
    _name([(each, named) for each, named in restricted if each.created_at == at], by=by, at=at)
    return [by_key[key] for key in keys]


@transaction.atomic
def report_in(issue: Issue | None, report: Report, *, by: Actor, at: datetime | None = None) -> Observation:
    """The observation of a report about an issue that the reporter reads: attached to it at once.

    A report is never lost: where the issue has closed meanwhile, or is for others alone to know of, and without one,
    it waits to be sorted. Raises as
    `report_all` does.
    """
    at = at or timezone.now()  # one moment, by which one knows that nobody sorted it
    if issue:
        issue.lock()
    [observation] = report_all([report], by=by, at=at)
    if issue and observation.is_new and _takes_in(issue, by):
        observation.attach(issue, by=by, at=at)
    return observation


def _takes_in(issue: Issue, by: Actor) -> bool:
    """Whether what she reports may be attached to the locked issue: it is open, and she may still know of it."""
    hidden = issue.restricted and not AccessGrant.objects.to(issue).filter(member=by.member).exists()
    return not (issue.is_closed or hidden)


def _name(restricted: Sequence[tuple[Observation, Iterable[int]]], *, by: Actor, at: datetime) -> None:
    """Name on the restricted ones that are new those whom their reporter chose."""
    for observation, _ in restricted:
        happened(SecurityEvent.RESTRICTED, observation=observation.pk)
    if restricted:
        AccessGrant.give_each(restricted, by=by, at=at)


def _ensure_speaks_for(reports: Iterable[Report], *, by: Actor, day: date) -> None:
    spoken_for = set(by.member.speaks_for(day).values_list("pk", flat=True))
    for index, report in enumerate(reports):
        if report.organisation.pk not in spoken_for:
            refused = ValidationError({"organisation": f"Du kan inte rapportera för {report.organisation}."})
            raise ReportRefused(refused, index)


def _checked(report: Report, index: int, *, by: Actor, at: datetime) -> Observation:
    facts: dict[str, Any] = {name: getattr(report, name) for name in FACTS} | {"seen_from": report.seen_from or at}
    observation = Observation(reporter=by.member, client_key=report.key, created_at=at, **facts)
    try:
        observation.check_alone()
    except ValidationError as error:
        raise ReportRefused(error, index) from error
    return observation
