"""What of a meeting's minutes has gone to the diarium since a moment, so that what it rests on stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from meetings.models import Minutes, RegistryEntry
from meetings.registrar_mails import mailed_since


def handed_in_since(versions: Collection[Minutes], since: datetime) -> Minutes | None:
    """The first of the versions that is registered since then, and not taken back, or whose mail has gone since then.

    What was asked for before and goes afterwards says what stands when it goes.
    """
    entries = list(RegistryEntry.objects.filter(minutes__in=versions).order_by("at", "pk"))
    marks = {entry.minutes_id: entry for entry in entries if entry.is_mark}  # the last of each
    registered = {key for key, last in marks.items() if last.kind == last.Kind.REGISTERED and last.at >= since}
    gone = registered | mailed_since(entries, since)
    return next((minutes for minutes in versions if minutes.pk in gone), None)
