from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from issues.models import Issue
from meetings.agenda.ordering import add_item
from meetings.deciding import decide, propose_action
from meetings.models import AgendaItem, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way
from tests.meetings.reopening import close


@pytest.fixture
def item(coordinator: Member) -> AgendaItem:
    """A new issue that the meeting speaks of; a second one stands after it."""
    IssueFactory(title="Mörkt i tunneln", state=Issue.State.NEW)
    IssueFactory(title="Trasigt räcke")
    return item_of(under_way(coordinator), "Mörkt i tunneln")


@pytest.fixture
def topic(coordinator: Member) -> AgendaItem:
    """A heading with no issue under it."""
    return under_way(coordinator).items.get(heading="other")


@pytest.fixture
def decided(coordinator: Member, technical: Organisation) -> Meeting:
    """Under way: asks for a lamp, closes a railing, lets a park rest, and did not reach a walk in words."""
    for title in ("Lampan", "Räcket"):
        IssueFactory(title=title, state=Issue.State.NEW, opened_by=coordinator)
    IssueFactory(title="Parken", state=Issue.State.OPEN, opened_by=coordinator)
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))
    add_item(meeting, by=Actor.of(coordinator), title="Nattvandring")
    propose_action(item_of(meeting, "Lampan"), by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    ending: dict[str, Any] = {"kind": "close", "outcome": "solved", "feedback": "Räcket är lagat."}
    decide(item_of(meeting, "Räcket"), by=Actor.of(coordinator), text="Ärendet avslutas.", **ending)
    decide(item_of(meeting, "Parken"), by=Actor.of(coordinator), kind="pause", text="Vi väntar till våren.")
    for title in ("Lampan", "Räcket", "Parken"):
        item_of(meeting, title).mark_discussed(by=a_coordinator())
    return meeting


@pytest.fixture
def closed(decided: Meeting, coordinator: Member) -> Meeting:
    close(decided, coordinator, next_starts_at=decided.starts_at + timedelta(weeks=4))
    return decided
