"""When and where a meeting was held, and who led it and wrote, is put right while its minutes are corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from base.records import Conflict
from base.swedish.clock import day_of
from meetings.correcting import NOT_OPEN
from meetings.letterhead import clock
from meetings.models import Meeting
from meetings.models.held import began
from meetings.models.spot import FIRST, Spot
from meetings.officers import Relieving, relieve
from members.actor import Actor

ANOTHER_DAY = "Mötet hölls {}. Dagen rättas inte, för den står i ärendenas historik och på det som är skickat."
ANOTHER_BETWEEN = "{} hölls däremellan, klockan {}. Mötena står i den ordning de hölls. Skriv en annan tid."


@transaction.atomic
def correct_facts(
    meeting: Meeting, *, by: Actor, version: str = "", since: Spot = FIRST, at: datetime | None = None, **facts: Any
) -> Relieving:
    """Set when the meeting began and ended, its place, chair and secretary; what that makes of who is in office.

    It stays on its day, which its issues tell and its papers are named by, and in its place among those that were
    held. Raises Conflict when no correction is open, EditConflict, and ValidationError on bad facts.
    """
    meeting.lock()
    if not meeting.is_being_corrected:
        raise Conflict(NOT_OPEN)
    meeting.check_version(version, texts=facts)
    at, was_in_office = at or timezone.now(), meeting.in_office
    ended = facts.pop("held_to", meeting.held_to)
    if facts.get("held_from"):
        began(facts["held_from"], at=at)
        if day_of(facts["held_from"]) != meeting.day:
            raise ValidationError({"held_from": ANOTHER_DAY.format(date_format(meeting.day, "j F Y"))})
        _ensure_none_between(meeting, facts["held_from"])
    meeting.set(facts, by=by)
    meeting.set({"held_to": meeting.ended(ended, at=at) if ended else None}, by=by)
    meeting.save_checked()
    return relieve(meeting, was_in_office, since=since, by=by, at=at)


def _ensure_none_between(meeting: Meeting, began_at: datetime) -> None:
    first, last = sorted((meeting.held_at, began_at))
    others = Meeting.objects.closed().exclude(pk=meeting.pk)
    if other := others.filter(held__gte=first, held__lte=last).first():  # type: ignore[misc]  # annotated by closed()
        raise ValidationError({"held_from": ANOTHER_BETWEEN.format(other, clock(other.held_at))})
