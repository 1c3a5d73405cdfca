"""The register that is measured: the demo's own group and its story, filled up to some years of observations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from demo.story import people
from demo.story.filling import fill
from demo.story.telling import tell_story
from issues.models import Issue
from meetings.models import Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from temagrupp import roles

OBSERVATIONS = 10_000

Address = str | Callable[[], str]


@pytest.fixture
def register(transactional_db: None) -> None:
    """With the statistics that autovacuum gathers in its own time; only the owner may."""
    tell_story()
    fill(OBSERVATIONS)
    with roles.owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(Member.objects.get(name=people.ACCOUNTS[role]))
    return client


def issue_with_most_to_read() -> str:
    told = Issue.objects.filter(restricted=False, state=Issue.State.OPEN)
    return max(told, key=lambda issue: (issue.observations.count(), issue.pk)).get_absolute_url()


def next_meeting() -> str:
    return Meeting.objects.coming()[0].get_absolute_url()


def room() -> str:
    """The next meeting, once begun."""
    meeting = Meeting.objects.coming()[0]
    start_meeting(meeting, by=Actor.of(Member.objects.get(name=people.COORDINATOR)))
    return meeting.get_absolute_url()
