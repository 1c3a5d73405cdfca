"""The outbox at the moments that a test says, for mails that hang on the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from members.outbox.sending import send_due


def moment(words: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(words))


class Outbox:
    """Runs the outbox at the moments that a test says, and keeps what each run sent."""

    def __init__(self, mails: list[EmailMessage], monkeypatch: pytest.MonkeyPatch) -> None:
        self.mails, self.monkeypatch = mails, monkeypatch

    def at(self, words: str) -> list[tuple[str, str]]:
        now = moment(words)
        self.monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        self.mails.clear()
        send_due()
        return sorted((mail.to[0], str(mail.subject)) for mail in self.mails)

    @property
    def told(self) -> str:
        """What the mails of the last run say first: how late it is."""
        [words] = {str(mail.body).split("\n\n")[2] for mail in self.mails}
        return words


@contextmanager
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is due is owed while the mail server is away, and waits."""
    with monkeypatch.context() as patched:
        patched.setattr("members.outbox.sending.letters", lambda until, now: [])
        yield
