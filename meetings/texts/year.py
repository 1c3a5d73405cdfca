"""The sentences about a year of meetings: how many, who came, and the table of what was decided."""

from __future__ import annotations

from datetime import date

from base.documents.table_file import TableFile
from base.swedish.words import capital, day_and_month, in_words, listed
from meetings.approvals import Approvals
from meetings.models import Meeting
from meetings.texts.approving import approval_lines
from meetings.turnout import Turnout
from meetings.year import DecisionOutcome, OrganisationYear
from members.models import Group

NOBODY_CHOSEN = "Inte justerad. Ingen är vald att justera."
COLUMNS = ("Beslut", "Möte", "Punkt", "Ärende", "Vad gruppen beslutade", "Vad det blev")


def year_headline(meetings: list[Meeting], decided: int, year: int, this_year: int) -> str:
    """Elva möten och 58 beslut hittills 2026."""
    when = f"hittills {year}" if year == this_year else str(year)
    if not meetings:
        return f"Inget möte {when}."
    held = in_words(len(meetings), "möte", "möten", neuter=True)
    taken = in_words(decided, "beslut", "beslut", neuter=True) if decided else "inget beslut"
    return f"{capital(held)} och {taken} {when}."


def kinds_of(table: list[OrganisationYear]) -> list[Turnout]:
    """The ways in which an organisation was there or not that year, in their order; the usual ones always."""
    always = {Turnout.ORDINARY, Turnout.DEPUTY, Turnout.EXCUSED, Turnout.ABSENT}
    return [came for came in Turnout if came in always or any(row.counts[came] for row in table)]


def ways(row: OrganisationYear, kinds: list[Turnout]) -> list[tuple[Turnout, int]]:
    """How many times it was there or not in each of the ways."""
    return [(came, row.counts[came]) for came in kinds]


def was_there(row: OrganisationYear) -> str:
    """9 av 11 möten. · Alla elva möten."""
    if row.there == row.invited > 1:
        return f"Alla {in_words(row.invited, 'möte', 'möten', neuter=True)}"
    return f"{row.there} av {row.invited} {'möte' if row.invited == 1 else 'möten'}"


def picture_words(row: OrganisationYear) -> str:
    """What the picture shows, meeting by meeting: 14 januari ordinarie, 11 februari ersättare."""
    return ", ".join(f"{day_and_month(meeting.day, today=meeting.day)} {came.word}" for meeting, came in row.meetings)


def excused_words(row: OrganisationYear) -> str:
    """Who has been excused, meeting by meeting: 14 januari Omar Prov, 11 februari Omar Prov och Gun Prototyp."""
    told = [
        (day_and_month(meeting.day, today=meeting.day), listed([str(one) for one in people]))
        for meeting, people in row.excused
    ]
    return "; ".join(f"{day} {people}" for day, people in told)


def approval_rows(
    meetings: list[Meeting], found: dict[int, Approvals], group: Group, *, today: date
) -> list[tuple[Meeting, str]]:
    """How far the approval of each has come, by what is `found` of them, the last meeting first.

    Nothing of a meeting where nobody is to approve: the group did not ask for it, or does so no longer.
    """
    rows = []
    for meeting in reversed(meetings):
        approvals = found.get(meeting.pk, Approvals([]))
        lines = approval_lines(approvals, today=today)
        if not lines and approvals.is_asked and group.approves_minutes:
            lines = [NOBODY_CHOSEN]
        if lines:
            rows.append((meeting, " ".join(lines)))
    return rows


def decision_table(rows: list[DecisionOutcome], name: str) -> TableFile:
    """The decisions in their order, each with its meeting's day and what has become of it."""
    return TableFile(
        name,
        COLUMNS,
        [
            (
                row.decision.number,
                row.meeting.day,
                row.decision.item.title,
                row.decision.issue.number if row.decision.issue else "",
                row.decided,
                row.became,
            )
            for row in rows
        ],
    )
