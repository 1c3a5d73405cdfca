"""At the item of an action it is that action which is escalated, and no other of its issue."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from issues.models import Action, Issue
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory
from tests.meetings.meetings import under_way, write


def test_at_the_item_of_an_action_no_other_is_escalated(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    issue = IssueFactory(title="Mörkt i tunneln", state=Issue.State.OPEN)
    asked = {"assignment__organisation": technical, "assignment__answer_due": in_days(-3)}
    asked["assignment__asked_at"] = timezone.now() - timedelta(days=50)
    own, other = (ActionFactory(issue=issue, title=title, **asked) for title in ("Byt lamporna", "Kapa häcken"))
    item = under_way(coordinator).items.get(action=own)

    page = as_coordinator.get(item.get_absolute_url()).content.decode()
    write(as_coordinator, item, kind="escalate", lifts=f"{other.pk}-1")

    offered = [f'<option value="{action.pk}-1"' in page for action in (own, other)]
    assert (offered, Action.objects.filter(issue=issue).count()) == ([True, False], 2)
    assert not item.decisions.exists()
