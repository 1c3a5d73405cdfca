"""What has changed of late about the meetings to come, told to one member in the lines of the mails (notices.py)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, IntegerField, OuterRef, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils import timezone

from meetings.attendance import AttendanceRow
from meetings.calling import CALLED, CALLED_OFF, MOVED, RELEASED, sits_for
from meetings.minutes_mails import MAILED
from meetings.models import Meeting, MeetingChange
from meetings.models.meeting import MeetingQuerySet, WhenAndWhere
from meetings.models.minutes import minutes_called, with_called
from meetings.texts.calling import call_line, called_off_line, released_line
from meetings.texts.changing import change_line
from meetings.texts.mailed_minutes import corrected_line as corrected_minutes_line
from meetings.texts.mailed_minutes import line as minutes_line
from members.models import Member, NoticeCause


class MeetingNews(NamedTuple):
    """One line of news of a meeting, and when it became so."""

    line: str
    meeting: Meeting
    at: datetime


KEY = Cast("pk", CharField())
KEY_OF_LAST_CHANGE = Concat(KEY, Value("."), Cast("sequence", CharField()))
ABOUT = Concat(Value("meeting:"), KEY)
"""The keys of the causes that there is one of: for each meeting, and for each time and place that it gets."""


def with_causes(meetings: MeetingQuerySet, member: Member, since: datetime) -> MeetingQuerySet:
    """Meetings with when each was called, got the time and place that it has, was called off, and she was released.

    `called_at`, `moved_at`, `called_off_at`, `released_at`: None where that is not so, or was before then; so is
    `mailed_at`, when the closing, or the correction, was whose minutes have been mailed.
    `was_before`: the time and place before the first change since then that anybody was told of.
    `frozen_name`: what the minutes are called.
    """
    meetings = with_called(meetings).annotate(own_key=KEY, key_that_stands=KEY_OF_LAST_CHANGE, own_thing=ABOUT)
    return meetings.annotate(
        called_at=_last(since, kind=CALLED, key=OuterRef("own_key")),
        moved_at=_last(since, kind=MOVED, key=OuterRef("key_that_stands")),
        was_before=_before(since),
        called_off_at=_last(since, kind=CALLED_OFF, key=OuterRef("key_that_stands")),
        released_at=_last(since, kind=RELEASED, thing=OuterRef("own_thing"), facts__member=member.pk),
        mailed_at=_last(since, kind=MAILED, thing=OuterRef("own_thing"), due_at__lte=timezone.now()),
    )


def news_of(
    meetings: Iterable[Any],
    member: Member,
    *,
    told: Container[Meeting | None],
    table_of: Callable[[Meeting], list[AttendanceRow]],
) -> Iterator[MeetingNews]:
    """The lines about the meetings, which are with_causes(), to one who sits or presents an item as a guest.

    Of those `told` the page says that they are held, or are not.
    """
    if member.is_in_group and not member.is_representative:
        return
    for meeting in meetings:
        if meeting.is_closed and meeting.mailed_at and meeting.mailed_at >= meeting.closed_at and member.reads_all:
            of_minutes = minutes_line if meeting.mailed_at == meeting.closed_at else corrected_minutes_line
            yield MeetingNews(of_minutes(meeting, minutes_called(meeting)), meeting, meeting.mailed_at)
        if meeting.called_off_at and meeting.is_cancelled and meeting not in told:
            yield MeetingNews(called_off_line(meeting), meeting, meeting.called_off_at)
        if not meeting.is_planned or meeting.starts_at <= timezone.now():
            continue
        was = _when_and_where(meeting.was_before)
        if meeting.moved_at and was and was != meeting.when_and_where:
            yield MeetingNews(change_line(meeting, was), meeting, meeting.moved_at)
        elif meeting.called_at and meeting not in told and sits_for(table_of(meeting), member):
            yield MeetingNews(call_line(meeting), meeting, meeting.called_at)
        if meeting.released_at and not sits_for(table_of(meeting), member):
            yield MeetingNews(released_line(meeting), meeting, meeting.released_at)


def _before(since: datetime) -> Subquery:
    """Annotates with what the first change since then was from, of those that were told."""
    told = NoticeCause.objects.filter(happened_at__gte=since, kind=MOVED, thing=OuterRef(OuterRef("own_thing")))
    sequences = told.order_by("happened_at").values_list(Cast(KT("facts__sequence"), IntegerField()))
    changes = MeetingChange.objects.filter(meeting=OuterRef("pk"), sequence__gte=Subquery(sequences[:1]))
    facts = {name: name for name in ("starts_at", "ends_at", "place")}
    return Subquery(changes.order_by("sequence").values_list(JSONObject(**facts))[:1])


def _when_and_where(facts: dict[str, Any] | None) -> WhenAndWhere | None:
    if facts is None:
        return None
    begins, ends = (moment and datetime.fromisoformat(moment) for moment in (facts["starts_at"], facts["ends_at"]))
    return begins, ends, facts["place"]


def _last(since: datetime, **which: Any) -> Subquery:
    causes = NoticeCause.objects.filter(happened_at__gte=since, **which).order_by("-happened_at")
    return Subquery(causes.values("happened_at")[:1])
