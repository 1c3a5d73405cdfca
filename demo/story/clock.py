"""The clock of the story: the verbs are told when each thing was done."""

from __future__ import annotations

from datetime import datetime, timedelta

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
