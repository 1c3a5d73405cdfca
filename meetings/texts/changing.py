"""The words of a meeting that has another time or place than those who were called to it knew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from base.swedish.words import capital, sentence, swedish_day
from meetings.models import Meeting
from meetings.models.meeting import WhenAndWhere
from meetings.texts.calling import the_meeting, when_and_where
from meetings.texts.meeting import day_and_hours

IN_A_LINE = 60
"""A place that is longer, as the address of a meeting by video, has no room in a subject."""


def change_line(meeting: Meeting, was: WhenAndWhere) -> str:
    """What has changed, as a subject: Mötet tisdag 8 december är flyttat till onsdag 9 december 14.00.

    Ny tid för mötet onsdag 9 december: 14.00 i stället för 10.00. · Ny plats för mötet …: Biblioteket i stället för …
    """
    (begins, ends, place), day = was, timezone.localdate(was[0])
    hour, new_place = _hour(meeting.starts_at), _short(meeting.place)
    if day != meeting.planned_day:
        where = f", {new_place}" if new_place and place != meeting.place else ""
        moved = f"{capital(the_meeting(meeting, day))} är flyttat till {_day(meeting)} {hour}{where}"
        return sentence(moved)
    new = "tid" if begins != meeting.starts_at else "sluttid" if ends != meeting.ends_at else ""
    if new and place != meeting.place:
        until = f"–{_hour(meeting.ends_at)}" if meeting.ends_at else ""
        return sentence(_told(meeting, f"{new} och plats", ", ".join(filter(None, (f"{hour}{until}", new_place)))))
    if new == "tid":
        return sentence(_told(meeting, new, hour, _hour(begins)))
    if new:
        if meeting.ends_at is None:
            return f"Sluttiden för {the_meeting(meeting)} är inte bestämd."
        return sentence(_told(meeting, new, _hour(meeting.ends_at), _hour(ends) if ends else ""))
    if not meeting.place:
        return f"Platsen för {the_meeting(meeting)} är inte bestämd."
    return sentence(_told(meeting, "plats", new_place, _short(place)))


def when_and_where_now(meeting: Meeting, was: WhenAndWhere) -> str:
    """When and where it is, and what it was before.

    Onsdag 9 december 14.00–16.00, Sessionssalen. ¶ Tiden var förut tisdag 8 december 10.00–12.00. Platsen är densamma.
    """
    return f"{when_and_where(meeting)}\n\n{' '.join(_before(meeting, was))}"


def asked_anew_line(meeting: Meeting) -> str:
    """Svara igen på kallelsen till mötet onsdag 9 december."""
    return f"Svara igen på kallelsen till {the_meeting(meeting)}."


def asked_anew(meeting: Meeting, asks: str) -> str:
    """Why she is asked once more, of a meeting that went to another day and came back."""
    why = "Mötet flyttades till en annan dag och tillbaka igen, och ditt svar gällde inte längre."
    return "\n\n".join([when_and_where(meeting), f"{why} {asks}"])


def _before(meeting: Meeting, was: WhenAndWhere) -> Iterator[str]:
    begins, ends, place = was
    is_same_time = (begins, ends) == (meeting.starts_at, meeting.ends_at)
    if not is_same_time:
        yield f"Tiden var förut {day_and_hours(begins, ends)}."
    if place != meeting.place:
        yield sentence(f"Platsen var förut {place}") if place else "Platsen var inte bestämd förut."
    elif place:
        yield "Platsen är densamma."
    if is_same_time:
        yield "Tiden är densamma."


def _told(meeting: Meeting, what: str, now: str, before: str = "") -> str:
    instead = f" i stället för {before}" if now and before else ""
    return f"Ny {what} för {the_meeting(meeting)}" + (f": {now}{instead}" if now else "")


def _short(place: str) -> str:
    return place if len(place) <= IN_A_LINE else ""


def _day(meeting: Meeting) -> str:
    return swedish_day(meeting.planned_day, today=timezone.localdate())


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H.%M}"
