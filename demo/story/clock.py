"""The clock that the whole register goes by while the story is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest import mock

from django.utils import timezone


class Clock:
    """Goes only forwards, so that what happened later also has later numbers, and never past the real now."""

    def __init__(self, real_now: datetime) -> None:
        self.real_now = timezone.localtime(real_now)
        self.now = datetime.min.replace(tzinfo=self.real_now.tzinfo)

    def move_to(self, moment: datetime) -> None:
        """Go there, or stay when it is past already. Raises ValueError when the moment is yet to come."""
        if moment > self.real_now:
            raise ValueError(f"{moment:%Y-%m-%d %H.%M} är inte än.")
        self.now = max(self.now, moment)

    def pass_minutes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


@contextmanager
def told_by(clock: Clock) -> Iterator[None]:
    """Let every "now" of the register be the clock's.

    The verbs take no time of their own, for nobody may say when she did a thing; so for the story, time itself is
    moved. Django asks `datetime` in its timezone module, which also reaches the fields whose default is `now`.
    """

    class Told(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return clock.now

    with mock.patch.object(timezone, "datetime", Told):
        yield
