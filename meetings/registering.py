"""The diarienummer of a meeting that has closed: it usually comes when the minutes are registered, after the meeting.

It makes a version of the minutes that says it and all else as the one before: what was decided is not touched.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from meetings.minutes.files import keep_files_on_commit
from meetings.models import MaskedMinutes, Meeting, Minutes
from members.actor import Actor

NOT_CLOSED = "Diarienumret ändras med mötets tid och plats tills det är avslutat."
NO_SUCH_CHANGE = "Diarienumret är oförändrat. Inget är ändrat."


@transaction.atomic
def register_minutes(
    meeting: Meeting, *, registry_no: str, by: Actor, version: str = "", at: datetime | None = None
) -> Minutes:
    """Set the diarienummer of a closed meeting, and return the version of its minutes that says it.

    Its files are made when it is saved; where one can not be, it stands without until somebody tries again.
    Raises Conflict when the meeting is not closed, EditConflict when it changed since `version`, NotAllowed when it is
    the same.
    """
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)
    meeting.check_version(version, texts={"registry_no": registry_no})
    if registry_no == meeting.registry_no:
        raise NotAllowed(NO_SUCH_CHANGE)
    meeting.save(update_fields=meeting.set({"registry_no": registry_no}, by=by))
    latest = Minutes.objects.of(meeting).latest_first()[0]
    facts = {"registry_no": registry_no, "registered": True}
    minutes = Minutes.freeze(meeting, latest.content | facts, by=by, at=at or timezone.now())
    masked = MaskedMinutes.objects.select_for_update().filter(minutes=latest).first()
    if masked:
        told = {"masked_at": masked.masked_at, "masked_by": masked.masked_by}
        MaskedMinutes.objects.create(minutes=minutes, content=masked.content | facts, **told)
    keep_files_on_commit(minutes)
    return minutes
