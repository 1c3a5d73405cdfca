"""Locks the rows that closing a meeting writes, in the same order for closing and for undoing it.

Actions first and then issues, as the verbs of an action do, each by its key: nobody waits for one who waits for her.
"""

from __future__ import annotations

from django.db.models import Q

from issues.models import Action, Issue
from meetings.models import AgendaItem, Decision, Meeting


def lock_actions(meeting: Meeting) -> list[Action]:
    """Lock and return the actions that the meeting decided to propose, so that no answer comes in between."""
    decisions = Decision.objects.at(meeting).filter(kind=Decision.Kind.PROPOSE)
    actions = Action.objects.filter(pk__in=decisions.order_by().values("action"))
    return list(actions.select_for_update(no_key=True).order_by("pk"))


def lock_issues(meeting: Meeting) -> list[Issue]:
    """Lock and return the issues that a closed meeting has discussed or decided about; before it closes, all of them.

    What was answered at the meeting is discussed, marked or not.
    """
    items = AgendaItem.objects.at(meeting).filter(removed=False)
    touched = Q(discussed_at__isnull=False) | Q(decisions__isnull=False)
    issues = Issue.objects.filter(pk__in=(items.filter(touched) if meeting.is_closed else items).values("issue"))
    return list(issues.select_for_update(no_key=True).order_by("pk"))
