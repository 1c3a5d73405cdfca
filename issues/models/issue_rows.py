"""What pages show of issues: their actions as one member may see them, and when something last happened."""

from __future__ import annotations

from django.db.models import OuterRef, Prefetch, Subquery

from issues.models.action import Action
from issues.models.event import Event
from issues.models.issue import IssueQuerySet
from members.models import Member


def with_actions(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """With the actions the member may see and their assignments, from which the issue's status is made."""
    actions = Action.objects.visible_to(member).with_assignments().select_related(None)  # each is given its issue
    return issues.prefetch_related(Prefetch("actions", queryset=actions.order_by("pk")))


def with_row_facts(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """With all that a row of a list tells; `happened_at` when something last happened."""
    events = Event.objects.visible_to(member).filter(issue=OuterRef("pk")).latest_first()
    happened_at = Subquery(events.values("at")[:1])
    return with_actions(issues.with_related().annotate(happened_at=happened_at), member)
