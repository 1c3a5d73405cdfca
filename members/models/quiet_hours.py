from __future__ import annotations

from datetime import datetime

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Versioned
from base.records.conflicts import Acting
from base.records.guards import DatabaseCheck
from base.swedish.working_days import is_working_day
from members.models.member import Member
from members.models.notice import Notice

EVENING, MORNING, LAST = 20, 7, 23
AT_NIGHT = f"Mellan {EVENING} och {MORNING} väntar mejl till morgonen."


def at_night(at: datetime | None = None) -> str:
    """That the mails of that moment, now unless another is said, wait until the morning; empty by day.

    For where mails are sent to many: the hours are those of who has chosen no others.
    """
    return AT_NIGHT if QuietHours().cover(timezone.localtime(at).hour) else ""


class QuietHoursQuerySet(models.QuerySet["QuietHours"]):
    @transaction.atomic
    def choose(
        self,
        member: Member,
        *,
        begin: int,
        end: int,
        on_days_off: bool,
        by: Acting,
        at: datetime | None = None,
    ) -> None:
        """Set when she is sent no mail; what waits for the old ones to end follows. The same hour twice is none."""
        row = QuietHours(member=member, begin=begin, end=end, on_days_off=on_days_off, updated_by=by.member)
        QuietHours.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["member"],
            update_fields=["begin", "end", "on_days_off", "updated_by", "updated_at"],
        )
        at = at or timezone.now()
        Notice.objects.waiting().filter(member=member, trouble="", due_at__gt=at).update(due_at=at)


@pghistory.track()
class QuietHours(Versioned):
    """When a member is sent no mail: between two whole hours of the clock, and on days off where she has chosen so.

    Most go over midnight: from 20 to 7. One who works at night may have them by day; from 7 to 7 there are none.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="quiet_hours")
    begin = models.PositiveSmallIntegerField("från klockan", default=EVENING)
    end = models.PositiveSmallIntegerField("till klockan", default=MORNING)
    on_days_off = models.BooleanField("på lördagar, söndagar och helgdagar", default=False)

    objects = QuietHoursQuerySet.as_manager()

    class Meta:
        constraints = [
            DatabaseCheck(condition=Q(begin__lte=LAST, end__lte=LAST), name="quiet_hours_are_of_the_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.begin}–{self.end}"

    @classmethod
    def of(cls, member: Member) -> QuietHours:
        """Hers, which are the usual ones as long as she has not chosen."""
        return getattr(member, "quiet_hours", None) or cls(member=member)

    def cover(self, hour: int) -> bool:
        """Whether the hour of the clock that begins then is quiet."""
        if self.begin <= self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end

    def is_day_off(self, moment: datetime) -> bool:
        """Whether the whole day of the moment is quiet."""
        return self.on_days_off and not is_working_day(timezone.localdate(moment))
