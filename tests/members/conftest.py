"""What the tests of members share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone


@pytest.fixture
def nothing_counted(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counters are empty, and their clock stands: however slow the machine, none of them empties meanwhile."""
    cache.clear()
    stands = timezone.now()
    monkeypatch.setattr("base.postgresql.cache.now", lambda: stands)


@pytest.fixture
def told_after_commit(db: None, django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """What is told once it is saved is told at once, and nothing has been counted."""
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        yield
