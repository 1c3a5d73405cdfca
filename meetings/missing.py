"""What of an agenda hangs on those who do not come to the meeting, for who prepares it."""

from __future__ import annotations

from collections.abc import Collection

from issues.models import Action, Assignment
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.attendance import AttendanceRow
from members.models import Member

About = tuple[str, int]


def lines_without(table: list[AttendanceRow], headings: list[AgendaHeading]) -> dict[int, list[AgendaLine]]:
    """By organisation, the lines that it has an open action of while nobody comes from it.

    Where somebody comes, or at any rate, those that one who cannot come was to present.
    """
    unnoted = [row for row in table if not row.is_noted]
    lines = [line for heading in headings for line in heading.lines]
    asked = _asked([row.organisation.pk for row in unnoted if not row.expected], lines)
    found = {
        row.organisation.pk: [
            line
            for line in lines
            if _about(line) in asked.get(row.organisation.pk, ()) or _is_presented_by(line, row.excused)
        ]
        for row in unnoted
    }
    return {organisation: hanging for organisation, hanging in found.items() if hanging}


def _is_presented_by(line: AgendaLine, members: Collection[Member]) -> bool:
    presenters = line.item.presented_by if line.item else []
    return bool({one.member for one in presenters} & {member.pk for member in members})


def _about(line: AgendaLine) -> About | None:
    if line.action:
        return "action", line.action.pk
    return ("issue", line.issue.pk) if line.issue else None


def _asked(organisations: list[int], lines: list[AgendaLine]) -> dict[int, set[About]]:
    """The actions that each of them has now of the issues of the lines, and these issues."""
    asked: dict[int, set[About]] = {}
    if not organisations:
        return asked
    open_actions = Action.objects.open().filter(issue__in={line.issue.pk for line in lines if line.issue})
    current = Assignment.objects.on(open_actions).current().of(organisations)
    for organisation, action, issue in current.values_list("organisation", "action", "action__issue"):
        asked[organisation] = asked.get(organisation, set()) | {("action", action), ("issue", issue)}
    return asked
