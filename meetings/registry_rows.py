"""The page of the minutes and the diarium: each version with what has been done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, OuterRef, Subquery, When
from django.utils import timezone

from meetings.approvals import Approvals, version_line
from meetings.minutes.editions import Edition
from meetings.minutes.files import pdf_sums
from meetings.models import Meeting, Minutes, RegistryEntry
from meetings.models.minutes import MinutesQuerySet
from meetings.registrar_mails import states_of
from meetings.texts import registry as texts


@dataclass(frozen=True)
class RegistryRow:
    """A version, the sum of its PDF, whether it is registered, what has been done, in words, the last first,
    and how far its approval has come."""

    edition: Edition
    pdf_sum: str
    is_registered: bool
    is_latest: bool
    told: Sequence[str]
    approved: str = ""


def registry_rows(meeting: Meeting, editions: Sequence[Edition]) -> list[RegistryRow]:
    """The versions as they are read, the latest first."""
    entries = list(RegistryEntry.objects.of(meeting).told())
    approvals = Approvals.of(meeting, [edition.minutes for edition in editions])
    sums, states, today = pdf_sums(editions), states_of(entries), timezone.localdate()
    rows = []
    for edition in editions:
        of_it = [entry for entry in entries if entry.minutes_id == edition.minutes.pk]
        told = [
            texts.entry_line(entry, _number_at(entry.at, editions), states.get(entry.pk, ""), today=today)
            for entry in reversed(of_it)
        ]
        last = last_mark(of_it)
        is_registered = last is not None and last.kind == RegistryEntry.Kind.REGISTERED
        how_far = version_line(approvals, edition.minutes.version, today=today)
        facts = (sums[edition.minutes.pk], is_registered, edition is editions[0], told, how_far)
        rows.append(RegistryRow(edition, *facts))
    return rows


def with_registered(versions: MinutesQuerySet) -> MinutesQuerySet:
    """Each with `registered_at`, when it was registered; None of one that is not, or not any longer."""
    marks = RegistryEntry.objects.marks().filter(minutes=OuterRef("pk")).order_by("-at", "-pk")
    is_registered = Case(When(kind=RegistryEntry.Kind.REGISTERED, then=F("at")))
    return versions.annotate(registered_at=Subquery(marks.annotate(since=is_registered).values("since")[:1]))


def registered_line(versions: Sequence[Minutes]) -> str:
    """Which version was registered last and when, for the page of the minutes; empty where none is.

    They are read `with_registered`, the latest first.
    """
    for minutes in versions:
        if at := vars(minutes)["registered_at"]:
            return texts.registered_in_passing(minutes, at, today=timezone.localdate())
    return ""


def last_mark(entries: Sequence[RegistryEntry]) -> RegistryEntry | None:
    """The last of the entries that says whether their version is registered."""
    return next((entry for entry in reversed(entries) if entry.is_mark), None)


def _number_at(at: datetime, editions: Sequence[Edition]) -> str:
    """The diarienummer that the meeting had then: that of the latest version made before."""
    numbers = (edition.content.get("registry_no", "") for edition in editions if edition.minutes.made_at <= at)
    return next(numbers, "")
