"""Days counted from the one it is when they are asked for, since a run may go on past midnight."""

from datetime import date, datetime, timedelta

from django.utils import timezone


def in_days(days: int) -> date:
    """The day that comes so many days from now; less than none is one that has been."""
    return timezone.localdate() + timedelta(days=days)


def today() -> date:
    return in_days(0)


def next_noon() -> datetime:
    """The one that comes, whatever the hour is: mails are sent then."""
    noon, now = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0), timezone.now()
    return noon if noon > now + timedelta(minutes=2) else noon + timedelta(days=1)
