"""When a meeting was held, as its minutes tell it: what somebody has said of it, else when the buttons were pressed.

`started_at` and `closed_at` stay the register's own: what came before and after, and what can be undone, rest on them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from base.records.guards import DatabaseCheck
from base.swedish.clock import day_of, wall_clock

NOT_BEGUN_YET = "Mötet kan inte ha börjat senare än nu. Skriv när det började."
NOT_ENDED_YET = "Den tiden har inte varit än. Skriv när mötet slutade."
ENDED_BEFORE = "Mötet slutade innan det började, {:%H.%M}. Skriv när det slutade."
ENDED_ANOTHER_DAY = "Mötet slutade en annan dag än det hölls. Skriv när det slutade den dagen."

LONG_AFTER = timedelta(minutes=45)
"""So long after the end that was planned the button tells nothing of when the meeting ended."""


def held(path: str = "", ref: Callable[[str], Any] = F) -> Coalesce:
    """When the meeting at the path began: as somebody has said, as it was started, and until then as it is planned."""
    known = ("held_from", "started_at", "starts_at")
    return Coalesce(*(ref(f"{path}{name}") for name in known), output_field=models.DateTimeField())


def told_until(path: str = "") -> Case:
    """Until when the minutes of the meeting at the path tell what has happened: of one on paper when it was held."""
    ended = Coalesce(F(f"{path}held_to"), held(path), output_field=models.DateTimeField())
    return Case(When(**{f"{path}is_on_paper": True}, then=ended), default=F(f"{path}closed_at"))


class Held(models.Model):
    """What is told of when a meeting was held.

    held_from    when it began, where that was another moment than when it was started
    held_to      when it ended; None where nobody knows
    is_on_paper  whether it was held on paper and is entered afterwards: it takes nothing from other meetings, and tells
                 nothing of them
    """

    held_from = models.DateTimeField(null=True, editable=False)
    held_to = models.DateTimeField(null=True, editable=False)
    is_on_paper = models.BooleanField(default=False, editable=False)

    starts_at: Any
    ends_at: Any
    started_at: Any
    is_short: Any

    class Meta:
        abstract = True

    @property
    def held_at(self) -> datetime:
        """When the meeting began; as long as it has not, when it is planned to."""
        began: datetime = self.held_from or self.started_at or self.starts_at
        return began

    @property
    def stands_alone(self) -> bool:
        """Whether nothing comes to its agenda but what persons put there, and it tells of nothing else."""
        return bool(self.is_short or self.is_on_paper)

    def ended(self, told: datetime | None, *, at: datetime) -> datetime | None:
        """When it ended, as told to the minute; else this moment, if it was held today.

        Raises ValidationError where it can not have been then. Who closes in the minute that she began has not ended
        before it.
        """
        begins = self.held_at
        if told is None:
            return None if self.is_on_paper else known_end(begins, at)
        if day_of(begins) != day_of(told):
            raise ValidationError({"held_to": ENDED_ANOTHER_DAY})
        if told > at:
            raise ValidationError({"held_to": NOT_ENDED_YET})
        if told < begins.replace(second=0, microsecond=0):
            raise ValidationError({"held_to": ENDED_BEFORE.format(wall_clock(begins))})
        return max(begins, told)


HELD = [
    DatabaseCheck(
        condition=Q(held_from=None, held_to=None) | Q(started_at__isnull=False), name="meeting_held_has_begun"
    ),
    DatabaseCheck(
        condition=Q(held_to=None) | Q(held_to__gte=Coalesce("held_from", "started_at")),
        name="meeting_held_to_after_from",
    ),
]


def began(moment: datetime, *, at: datetime) -> dict[str, datetime | None]:
    """The columns of a meeting that is said to have begun then. Raises ValidationError when that is later than now.

    When it ended is told anew, when it closes.
    """
    if moment > at:
        raise ValidationError({"held_from": NOT_BEGUN_YET})
    return {"held_from": moment, "held_to": None}


def proposed_end(meeting: Held, *, at: datetime) -> datetime | None:
    """When a meeting that closes at that moment may be said to have ended, to the minute.

    As somebody has said before the closing was undone; else now, or as it was planned where it is closed on another day
    or long after that. None where nobody has said so.
    """
    begins, planned, said = meeting.held_at, meeting.ends_at, meeting.held_to
    if day_of(begins) != day_of(at):
        of_that_day = (one for one in (said, planned) if one and day_of(one) == day_of(begins) and one >= begins)
        return next(of_that_day, None)
    if said and begins <= said <= at:
        return said
    return planned if planned and begins <= planned < at - LONG_AFTER else max(begins, at)


def known_end(begins: datetime, ends: datetime | None) -> datetime | None:
    """When a meeting ended, if it was closed the same day; None when it was closed another day, afterwards."""
    return ends if ends and day_of(begins) == day_of(ends) and begins <= ends else None
