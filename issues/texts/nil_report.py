"""The sentences about what an organisation has said in a period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from base.swedish.words import day_and_month, in_words, listed
from issues.coverage import OrganisationCoverage, Said
from members.actor import Channel

REPORTED, NOTHING, SILENT = "Har rapporterat", "Inget att rapportera", "Har inte rapporterat"
NOT_YET = "Inget rapporterat än"


def coverage_word(said: OrganisationCoverage, today: date) -> str:
    """What it has said, in few words: Har rapporterat tre observationer · Inget att rapportera (12 november)."""
    match said.word:
        case Said.REPORTED if not said.count:
            return REPORTED
        case Said.REPORTED:
            return f"{REPORTED} {in_words(said.count, 'observation', 'observationer')}"
        case Said.CALM if said.nil:
            return f"{NOTHING} ({when_said(said, today)})"
        case Said.SILENT:
            return SILENT
        case Said.NOT_YET:
            return NOT_YET
    return "Är inte med i gruppen"


def calm_with_days(calm: Iterable[OrganisationCoverage], today: date) -> str:
    """Who has nothing to report, each with the day of its word: Polisen (12 november) och Räddningstjänsten (i dag)."""
    return listed([f"{each.organisation} ({when_said(each, today)})" for each in calm])


def when_said(said: OrganisationCoverage, today: date) -> str:
    """The day of its nil report, and how it came when another noted it: 12 november, på telefon. Empty without one."""
    nil = said.nil
    if nil is None:
        return ""
    day = day_and_month(nil.said_on, today=today)
    return day if nil.channel == Channel.SIGNED_IN else f"{day}, {nil.get_channel_display()}"


def reported_uncounted(names: list[str], *, besides: bool) -> str:
    """Who has reported and has nothing counted: Har också rapporterat: Polisen. `besides` those with a count."""
    return f"{'Har också rapporterat' if besides else REPORTED}: {listed(names)}." if names else ""


def organisations_listed(said: Iterable[OrganisationCoverage]) -> str:
    return listed([str(each.organisation) for each in said])
