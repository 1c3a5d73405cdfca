"""Which issues stand on an agenda, and as which points, for something else to say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from base.swedish.points import at_point
from base.swedish.words import listed
from issues.models import Issue
from meetings.agenda.ceiling import BeyondCeilingError
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.rules import subjects_among
from meetings.models import AgendaItem, Meeting
from members.models import Member


def standing_among(meeting: Meeting, issues: Collection[int], member: Member, today: date) -> set[int]:
    """The keys of those that stand on its agenda, as the member sees it; the issues are open and visible to her.

    What `agenda` says, in two queries. Where so much is raised that a rule is beyond its ceiling it is known only of
    what persons have put there.
    """
    items = list(AgendaItem.objects.at(meeting).filter(issue__in=issues).values_list("issue", "action", "removed"))
    standing = {issue for issue, _, removed in items if issue and not removed}
    if not meeting.raises:
        return standing
    placed = {(issue, action) for issue, action, _ in items}
    try:
        raised = subjects_among(issues, member, today)
    except BeyondCeilingError:
        return standing
    return standing | {issue for issue, subjects in raised.items() if subjects - placed}


def points_about(issue: Issue, headings: Iterable[AgendaHeading]) -> str:
    """Its points on the whole agenda: punkt 6.2 · punkt 4.1 och 6.2. Empty where it does not stand there."""
    numbers = [line.number for heading in headings for line in heading.under if line.issue == issue]
    return at_point(listed(numbers)) if numbers else ""
