"""What keeps an issue that was opened by mistake: somebody has given it a place on an agenda, or it was spoken of."""

from __future__ import annotations

from django.db.models import Q

from issues.models import Issue
from meetings.models import AgendaItem


def agenda_that_keeps(issue: Issue) -> str:
    """Why the issue is kept; empty where no more than the rules have put it on an agenda."""
    untouched = Q(settled=True, note="", discussed_at=None, decisions=None, appendices=None)
    items = AgendaItem.objects.filter(issue=issue, removed=False).exclude(untouched)
    return "det står på en dagordning" if items.exists() else ""
