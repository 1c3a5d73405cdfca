"""What keeps an issue that was opened by mistake: somebody has given it a place on an agenda, or it was spoken of."""

from __future__ import annotations

from issues.models import Issue
from meetings.models import AgendaItem
from meetings.models.agenda import AgendaItemQuerySet
from meetings.unwritten import unwritten


def agenda_that_keeps(issue: Issue) -> str:
    """Why the issue is kept; empty where no more than the rules have put it on an agenda."""
    standing = AgendaItem.objects.filter(issue=issue, removed=False)
    raised = untouched(standing.filter(settled=True))
    return "det står på en dagordning" if standing.exclude(pk__in=raised.values("pk")).exists() else ""


def untouched(items: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """The unwritten ones at which nobody has said who presents them or for how long."""
    return unwritten(items).filter(presenters=None, minutes=None, raised_by="", purpose="")
