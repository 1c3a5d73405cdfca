"""Nothing to report: said by those who sit for an organisation, or told the samordnare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from demo.story.calendar import Calendar
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.reading import Record
from demo.story.teller import Teller
from issues.counting import Scope
from issues.coverage import OrganisationCoverage
from issues.models import NilReport
from meetings.models import Meeting
from members.actor import Actor, Channel

CHANNELS = {"": Channel.SIGNED_IN, "telefon": Channel.PHONE, "mejl": Channel.MAIL, "mötet": Channel.MEETING}


@dataclass(frozen=True)
class Calm:
    """One word of the data, of the days since that organisation's last; or since the last meeting."""

    record: Record
    organisation: str

    def is_said(self, teller: Teller) -> None:
        organisation = teller.organisations[self.organisation]
        who = teller.members[self.record.get("vem") or teller.coordinator.name]
        held = Meeting.objects.closed().first()
        after = held.closed_at if held else None
        today = timezone.localdate(teller.now)
        said = OrganisationCoverage.of(organisation, Scope(after=after), day=today)
        first_day, last_day = said.unsaid(after, today) or (today, today)
        by = Actor.of(who).speaking_for(organisation, self.record.choice("hur", CHANNELS))
        NilReport.give(organisation, first_day=first_day, last_day=last_day, by=by, at=teller.now)


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    for row in data.nil_reports:
        row.only("när", "vem", "organisation", "hur")
        of = data.people[row.choice("vem", data.people).name].organisation if row.get("vem") else row["organisation"]
        yield Happening(calendar.moment(row["när"]), Calm(row, of).is_said, row)
