"""A meeting whose closing is taken back, and what an issue is told of it."""

from typing import Any

from issues.models import Issue
from meetings.closing import close_meeting
from meetings.models import Meeting, Minutes, OrganisationAtMeeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator


def issue(title: str) -> Issue:
    return Issue.objects.get(title=title)


def told(title: str) -> list[str]:
    """The lines of the issue's timeline, oldest first."""
    return [str(event) for event in issue(title).events.order_by("at", "pk")]


def close(meeting: Meeting, by: Member, **facts: Any) -> Minutes:
    for row in meeting.organisations.filter(state=OrganisationAtMeeting.State.UNNOTED):
        row.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)
    return close_meeting(meeting, by=Actor.of(by), **facts)
