"""What the start page shows of the meeting: when it is, who goes, and who has said what there is to say before it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from issues.coverage import OrganisationCoverage, Said
from meetings.attendance import AttendanceRow, rows
from meetings.models import AgendaItem, Decision, Meeting, MeetingSeries, Presence
from meetings.months import months_without, without_meeting
from meetings.news import with_causes
from meetings.round import Round
from meetings.rules import may_see_who_comes
from meetings.texts.attendance import speaks_for
from meetings.texts.meeting import calendar_headline
from members.models import Member

SHOWN, IN_SHORT = 5, 3
"""Rows of a panel, and of one that stands below what waits on her; the rest is one link away."""
NEWS = timedelta(days=14)
"""How long it stands on the page that something was taken back, called off, named on, or has been told by mail."""


class MeetingPanels:
    """The data of the panels of the meeting for one member on one day, each read when it is shown."""

    def __init__(self, member: Member, today: date) -> None:
        self.member = member
        self.today = today
        self.lately = timezone.now() - NEWS

    @cached_property
    def _meetings(self) -> tuple[list[Meeting], Meeting | None, list[Meeting]]:
        visible = Meeting.objects.visible_to(self.member)
        return with_causes(visible, self.member, self.lately).at_hand(self.today)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting under way, else the nearest planned."""
        return next(iter(self._meetings[0]), None)

    @cached_property
    def table(self) -> list[AttendanceRow]:
        """Who sits for each organisation at the planned meeting, and who cannot come; empty to who may not see it."""
        seen = self.meeting and self.meeting.is_planned and may_see_who_comes(self.member, self.meeting)
        return rows(self.meeting) if self.meeting and seen else []

    @property
    def speaks_for(self) -> str:
        """For which organisation she speaks at the meeting under way, and for which part of it."""
        if self.meeting is None or not self.meeting.is_under_way or not self.member.seat_ids:
            return ""
        return speaks_for(Presence.objects.at(self.meeting).speaking().filter(member=self.member))

    @property
    def last_meeting(self) -> Meeting | None:
        return self._meetings[1]

    @cached_property
    def series(self) -> MeetingSeries | None:
        """The rhythm in which the group meets."""
        return MeetingSeries.objects.going_on().first()

    @property
    def months_without(self) -> list[date]:
        """The months at hand without a meeting; none in a register where nobody has met."""
        if self.meeting is None and self.last_meeting is None:
            return []
        known = [*self._meetings[0], *([self.last_meeting] if self.last_meeting else [])]
        pauses = self.series.pauses if self.series else []
        return months_without([meeting.day for meeting in known], pauses=pauses, today=self.today)

    @property
    def without_meeting(self) -> str:
        """That a month lacks a meeting, in words."""
        return without_meeting(self.months_without)

    @property
    def called_off(self) -> Meeting | None:
        """The next meeting that was called off, where it would be the next to be held, or it is news."""
        off = next(iter(self._meetings[2]), None)
        if off is None or self.meeting is None or off.starts_at < self.meeting.starts_at:
            return off
        return off if off.state_since and off.state_since >= self.lately else None

    @property
    def calendar_in_words(self) -> str:
        """Mötet är på onsdag. · Mötet onsdag 9 december är inställt. Nästa möte är onsdag 13 januari."""
        return calendar_headline(self.meeting, self.today, self.called_off)

    @cached_property
    def round(self) -> Round:
        """The round so far: who has reported since the last meeting, and who has not."""
        meeting, last = self.meeting or Meeting.now(), self.last_meeting
        return Round.since(last, until=meeting) if last and last.held_at < meeting.held_at else Round.of(meeting)

    @property
    def own_words(self) -> list[OrganisationCoverage]:
        """What the organisations that she sits for have said since the last meeting, less where it is not time yet."""
        ids = self.member.seat_ids
        told = self.round.coverage.of_each if ids else []
        return [each for each in told if each.organisation.pk in ids and each.word != Said.NOT_YET]

    @property
    def sits_for_several(self) -> bool:
        return len(self.own_words) > 1

    @cached_property
    def own_items(self) -> QuerySet[AgendaItem]:
        """The items a guest has been invited to speak of, each with the decisions that she may read."""
        items = AgendaItem.objects.visible_to(self.member).select_related("meeting")
        decided = Prefetch("decisions", Decision.with_struck.visible_to(self.member).in_order())
        return items.order_by("-meeting__starts_at", "heading__number", "position").prefetch_related(decided)[:SHOWN]

    @property
    def has_organisations(self) -> bool:
        """Whether there are organisations yet; not so in a register that is quite new."""
        return bool(self.round.size)
