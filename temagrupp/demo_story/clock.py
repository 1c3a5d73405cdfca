"""The story's time: past moments in words, and a clock that the whole register goes by while it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest import mock

from django.utils import timezone

WEEKDAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")


class Clock:
    """A clock that is moved by words and only forwards, so that what happened later also has later numbers.

    Words: "v-3 ons 13.00" is Wednesday three weeks before this one, "5 tim sedan" five hours before the real now.
    """

    def __init__(self, real_now: datetime) -> None:
        self.real_now = timezone.localtime(real_now)
        self.now = datetime.min.replace(tzinfo=self.real_now.tzinfo)

    def move_to(self, words: str) -> None:
        """Go to that moment. Raises ValueError when it lies before the last one, or is yet to come."""
        moment = self.moment(words)
        if not self.now <= moment <= self.real_now:
            raise ValueError(f"{words} is told in the wrong order.")
        self.now = moment

    def pass_minutes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def moment(self, words: str) -> datetime:
        if words.endswith(" tim sedan"):
            return self.real_now - timedelta(hours=int(words.removesuffix(" tim sedan")))
        day, at = words.rsplit(" ", 1)
        return timezone.make_aware(datetime.combine(self.day(day), time.fromisoformat(at.replace(".", ":"))))

    def day(self, words: str) -> date:
        """The day of "v-3 ons"."""
        week, weekday = words.split(" ")
        monday = self.real_now.date() - timedelta(days=self.real_now.weekday())
        return monday + timedelta(weeks=int(week.removeprefix("v")), days=WEEKDAYS.index(weekday))


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
