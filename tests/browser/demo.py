"""The demo group in the house, on one and the same Monday morning whenever the tests are run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from demo.story import people
from demo.story.telling import tell_story
from members.models import Member
from tests.snapshot import Snapshot

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture(scope="session")
def story(server: str, django_db_blocker: DjangoDbBlocker) -> Snapshot:
    """The tables when the story has been told, once for all the files that are about it."""
    with django_db_blocker.unblock():
        tell_story(now=NOW)
        return Snapshot()


@pytest.fixture(scope="module")
def demo(story: Snapshot, house: str) -> Iterator[str]:
    """The address of the house where the story has been told, and where it stays that morning."""
    story.restore()
    with standing_still():
        yield house


@contextmanager
def standing_still() -> Iterator[None]:
    """Every page is shown that same morning: Django asks `datetime` in its timezone module what time it is."""

    class Morning(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return NOW

    with mock.patch.object(timezone, "datetime", Morning):
        yield


def member(role: str) -> Member:
    """The one whose account the demo tells of for that role."""
    found: Member = Member.objects.get(name=people.ACCOUNTS[role])
    return found
