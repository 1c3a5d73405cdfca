"""A Wednesday in working hours, when something happens, and somewhat later, when it is sent."""

from datetime import datetime, timedelta

from django.utils import timezone

AT = timezone.make_aware(datetime(2026, 11, 25, 10, 0))
LATER = AT + timedelta(minutes=2)
