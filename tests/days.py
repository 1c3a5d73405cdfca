"""Days counted from the one it is when they are asked for, since a run may go on past midnight."""

from datetime import date, timedelta

from django.utils import timezone


def in_days(days: int) -> date:
    """The day that comes so many days from now; less than none is one that has been."""
    return timezone.localdate() + timedelta(days=days)


def today() -> date:
    return in_days(0)
