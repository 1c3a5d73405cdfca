"""What the tests of members share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
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


@pytest.fixture
def sent_by(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, bool]]:
    """Of each mail that is sent, whether by the thread of the page, and whether by one that nobody waits for."""
    sent_by, send_messages = [], EmailBackend.send_messages

    def note(backend: EmailBackend, letters: Any) -> int:
        thread = threading.current_thread()
        sent_by.append((thread is threading.main_thread(), thread.daemon))
        return send_messages(backend, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", note)
    return sent_by
