"""The demo group in the house, on one and the same Monday morning whenever the tests are run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from demo.story import people
from demo.story.clock import Clock, told_by
from demo.story.telling import tell_story
from members.models import Member

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture(scope="module")
def demo(house: str) -> Iterator[str]:
    """The address of the house where the story has been told, and where it stays that morning."""
    tell_story(now=NOW)
    clock = Clock(NOW)
    clock.now = NOW
    with told_by(clock):
        yield house


def member(role: str) -> Member:
    """The one whose account the demo tells of for that role."""
    return Member.objects.get(name=people.ACCOUNTS[role])
