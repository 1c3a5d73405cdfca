"""Observations: what was seen, when it was written down, and how the samordnare sorted it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from base.ui.found_words import found_in
from base.ui.models import KeptPassage
from demo.story.calendar import Calendar, at_clock, later
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.people import Person
from demo.story.reading import Record
from demo.story.teller import Teller
from demo.story.working_hours import next_working_moment
from issues.models import Observation
from issues.reporting import Report, report_all
from members.models import Member

Source, Police, Precision = Observation.Source, Observation.PoliceReport, Observation.Precision

UNSAFE = {"": None, **{degree.label.lower(): degree for degree in Observation.Unsafe}}
KEPT = "behållet"
"""Whoever reports keeps what the guard asks about in her text."""
MARKS: dict[str, dict[str, Any]] = {
    "ofta": {"recurring": True},
    "åtgärdat": {"handled": True},
    "till mötet": {"for_meeting": True},
    "polisanmält": {"police_report": Police.YES},
    "ej polisanmält": {"police_report": Police.NO},
    "begränsad": {"restricted": True},
    KEPT: {},
    **{source.label: {"source": source} for source in Source if source != Source.OWN},
}
REJECTED, TAKEN_BACK = "avvisas: ", "tas tillbaka: "
UNSORTED = "osorterad"


@dataclass
class Sighting:
    """One observation of the data, from the moment it was seen; `observation` once it has been told."""

    record: Record
    person: Person
    seen: datetime
    seen_to: datetime | None
    facts: dict[str, Any]
    observation: Observation | None = field(default=None, init=False)

    @cached_property
    def reported(self) -> datetime:
        """When it is reported: some minutes later, or the next morning at work."""
        return self.person.hours.at_work_from(later(self.seen_to or self.seen, self._some(20)))

    @cached_property
    def triaged(self) -> datetime:
        """When it is sorted: the next morning that the samordnare works."""
        morning = at_clock(self.reported.date(), "09.05") + timedelta(minutes=self._some(45))
        return next_working_moment(morning if morning > self.reported else morning + timedelta(days=1))

    def is_reported(self, teller: Teller) -> None:
        reporter = self.record.choice("vem", teller.members)
        report = Report(
            key=uuid.uuid5(uuid.NAMESPACE_OID, f"{self.record.file.name} {self.record.line}"),
            category=teller.categories[self.record["kategori"]],
            organisation=teller.organisations[self.person.organisation],
            seen_from=self.seen,
            seen_to=self.seen_to,
            precision=Precision.BAND if self.seen_to else Precision.EXACT,
            named=tuple(teller.members[name].pk for name in self.record.list("far_se")),
            **self.facts,
        )
        [self.observation] = report_all([report], **teller.acts(reporter))
        if KEPT in self.record.list("övrigt"):
            self._is_kept(reporter, teller)

    def is_triaged(self, teller: Teller) -> None:
        """Sort it: attach it to its issue if that is open, else reject it with a reason, or note it."""
        becomes = self.record.get("blir")
        if self.observation is None or not self.observation.is_new:
            return
        if becomes.startswith(REJECTED):
            self.observation.reject(reason=becomes.removeprefix(REJECTED), **teller.acts())
        elif issue := teller.open_issue(becomes):
            self.observation.attach(issue, **teller.acts())
        else:
            self.observation.note(**teller.acts())

    def is_taken_back(self, teller: Teller) -> None:
        if self.observation:
            why = self.record["blir"].removeprefix(TAKEN_BACK)
            self.observation.withdraw(why=why, **teller.acts(self.record.choice("vem", teller.members)))

    def _is_kept(self, reporter: Member, teller: Teller) -> None:
        text = Observation._meta.get_field("text")
        kept = [(str(text), found) for found in found_in(self.facts["text"], text.name)]
        if not kept:
            raise self.record.error("I texten frågar registret inte om något.")
        KeptPassage.objects.remember(reporter.pk, kept, at=teller.now)

    def _some(self, most: int) -> int:
        """Some minutes: the same ones every time."""
        return self.record.line * 7 % most + 1


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    for turn, row in enumerate(data.observations):
        row.only("dag", "tid", "vem", "kategori", "var", "text", "otryggt", "övrigt", "blir")
        yield from happenings_of(sighting(row, data, *_when(row, calendar, turn)), calendar)


def happenings_of(seen: Sighting, calendar: Calendar, *, waits_until: datetime | None = None) -> Iterator[Happening]:
    """Yield the reporting of an observation, and its sorting if that is due by now and the data has one.

    `waits_until`: when the samordnare makes an issue of it instead.
    """
    if seen.reported > calendar.now:
        raise seen.record.error(f"Observationen rapporteras först {seen.reported:%Y-%m-%d %H.%M}, som inte har varit.")
    yield Happening(seen.reported, seen.is_reported, seen.record)
    if seen.record.get("blir").startswith(TAKEN_BACK):
        yield Happening(later(seen.reported, 8), seen.is_taken_back, seen.record)
        return
    waits = waits_until and seen.reported < waits_until
    if not waits and seen.record.get("blir") != UNSORTED and seen.triaged <= calendar.now:
        yield Happening(seen.triaged, seen.is_triaged, seen.record)


def sighting(record: Record, data: Data, begins: datetime, ends: datetime | None) -> Sighting:
    """Raises StoryError."""
    person = record.choice("vem", data.people)
    if not person.organisation:
        raise record.error(f"{person.name} sitter inte för någon organisation och kan inte rapportera.")
    facts: dict[str, Any] = {"unsafe": record.choice("otryggt", UNSAFE)}
    facts |= {"where": record["var"], "text": record["text"]}
    for mark in record.list("övrigt"):
        facts |= Record({"övrigt": mark}, record.file, record.line).choice("övrigt", MARKS)
    return Sighting(record, person, begins, ends, facts)


def between(day: date, clock: str) -> tuple[datetime, datetime | None]:
    """ "22.40", or "21.00–02.00" for what went on between the two. Raises ValueError."""
    begins, _, ends = clock.partition("–")
    start, end = at_clock(day, begins), at_clock(day, ends) if ends else None
    past_midnight = timedelta(days=1) if end and end < start else timedelta()
    return start, end and end + past_midnight


# Private


def _when(row: Record, calendar: Calendar, turn: int) -> tuple[datetime, datetime | None]:
    try:
        if row["dag"].endswith("min sedan"):
            return calendar.moment(row["dag"]), None
        return between(calendar.past_day(row["dag"], turn), row["tid"])
    except (ValueError, LookupError):
        words = f"{row['dag']} {row.get('tid')}"
        raise row.error(f"”{words}” är ingen tid som går att räkna ut. Skriv som i data/README.md.") from None
