"""What is otherwise since a meeting was called: who is to come and has not been told so, who has and need not.

It is asked of how things stand, each time that mails are sent, and of what each has been told last. So whatever came
in between, and however often, whoever is expected has been told of it. What fell away before it was sent has told
nothing; what went to an address that she has no longer is said again; what did not reach and was let be is not, to the
same address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from meetings.attendance import AttendanceRow, rows
from meetings.calling import (
    GOES,
    INVITE,
    NOBODY,
    PRESENTS,
    RELEASED,
    SINCE,
    SOMEBODY,
    come_after_all,
    expect_the_new,
    is_called,
    thing_of,
    told_of,
)
from meetings.guests import guests_of
from meetings.models import Meeting
from meetings.running import who_run
from members.models import Member, Notice, NoticeCause
from members.models.notice import NO_ADDRESS, NOTHING_TO_TELL
from members.outbox.one_by_one import one_by_one

FELL_AWAY = (NOTHING_TO_TELL, NO_ADDRESS)
"""Why a mail was dropped that was to tell her: it no longer held, or she could not sign in."""


def changed_since_call(at: datetime) -> Iterator[NoticeCause]:
    """The causes of it, for each meeting to come."""
    coming = Meeting.objects.planned().filter(starts_at__gt=at)
    yield from one_by_one(coming, lambda meeting: _changed(meeting, at), thing_of, at=at)


@transaction.atomic
def _changed(meeting: Meeting, at: datetime) -> list[NoticeCause]:
    expect_the_new(meeting, at=at)
    since = SinceCall(meeting)
    to_call: list[NoticeCause] = []
    if is_called(meeting):  # whom the call itself goes to is asked when it goes
        to_call = [*since.to_call(at), *since.to_call_as_guests(at)]
    return [*to_call, *since.to_release(at), *since.to_tell_who_comes(at)]


@dataclass
class SinceCall:
    """One meeting to come, and what each has been told of it."""

    meeting: Meeting

    @cached_property
    def table(self) -> list[AttendanceRow]:
        return rows(self.meeting)

    @cached_property
    def guests(self) -> dict[Member, list[int]]:
        return guests_of(self.meeting)

    @cached_property
    def running(self) -> list[Member]:
        return who_run(self.meeting, self.table)

    @cached_property
    def told(self) -> dict[int, Notice]:
        """By member, the last that has told her that she is to come or need not, is to, or would if she had it so."""
        notices = told_of(self.meeting.pk).select_related("cause", "member").order_by("pk")
        return {notice.member_id or 0: notice for notice in notices if not _fell_away(notice)}

    def to_call(self, at: datetime) -> Iterator[NoticeCause]:
        """Those who are expected and have no call to their seat: not before they may open the meeting."""
        expected = [row.expected.member for row in self.table if row.expected and not self._passes(row)]
        expected += self.running
        untold = [member.pk for member in expected if self._is_untold(member, PRESENTS)]
        for member in Member.objects.of_the_group().filter(pk__in=untold):
            yield self._cause(SINCE, member.pk, at)

    def to_call_as_guests(self, at: datetime) -> Iterator[NoticeCause]:
        """The guests who have no call to what they present now: none at all, or one to other items."""
        for guest, items in self.guests.items():
            last = self.told.get(guest.pk)
            presents_others = last and last.cause.kind == PRESENTS and last.cause.facts.get("items") != items
            if presents_others or self._is_untold(guest):
                yield self._cause(PRESENTS, guest.pk, at, items=items)

    def to_release(self, at: datetime) -> Iterator[NoticeCause]:
        """Those who have been told to come, are not expected any longer, and have not said so themselves."""
        expected = {row.expected.member.pk for row in self.table if row.expected}
        expected |= {member.pk for member in (*self.guests, *self.running)}
        called = {pk for pk, last in self.told.items() if last.cause.kind in INVITE and last.state in Notice.REACHED}
        for member in Member.objects.active().filter(pk__in=called - expected):
            if not self._has_said_no(member.pk):
                yield self._cause(RELEASED, member.pk, at)

    def to_tell_who_comes(self, at: datetime) -> Iterator[NoticeCause]:
        """That somebody comes after all from an organisation, of which nobody was told to come: once for each."""
        told = NoticeCause.objects.filter(kind=NOBODY, facts__meeting=self.meeting.pk, facts__has_key="member")
        told = told.filter(notices__state__in=Notice.REACHED).distinct()
        for nobody in told if self.table else []:
            if comes := come_after_all(self.table, nobody.facts["member"]):
                come = [row.expected.member.pk for row in comes if row.expected]
                facts = {"meeting": self.meeting.pk, "member": nobody.facts["member"], "come": come}
                yield NoticeCause.of(SOMEBODY, nobody.key, at=at, thing=thing_of(self.meeting), **facts)

    def _is_untold(self, member: Member, *not_by: str) -> bool:
        """Whether she was last told nothing, or that she need not come, or by one of the kinds that call to no seat, or
        at an address that she has no longer: the links in that mail have ended."""
        last = self.told.get(member.pk)
        return last is None or last.cause.kind in {RELEASED, *not_by} or _went_elsewhere(last)

    def _has_said_no(self, member: int) -> bool:
        """Whether she has said no to what she was called to last. One who sits says no to her seat, not to an item."""
        return member in self._noes.values() and self.told[member].cause.kind != PRESENTS

    def _passes(self, row: AttendanceRow) -> bool:
        """Whether the ordinary's no is still to be passed on: that tells whoever goes instead."""
        return row.ordinary in row.excused and row.ordinary.pk not in self._passed_on

    @cached_property
    def _passed_on(self) -> set[int]:
        """Those whose no has been told to whoever goes instead, if anybody did then."""
        told = NoticeCause.objects.filter(kind=GOES, key__in=self._noes).exclude(addressed_at=None)
        return {self._noes[key] for key in told.values_list("key", flat=True)}

    @cached_property
    def _noes(self) -> dict[str, int]:
        """By turn, those who have said that they cannot come, also who has left her seat since."""
        return {said.turn: said.member_id for said in self.meeting.call_answers.no()}

    def _cause(self, kind: str, member: int, at: datetime, **more: Any) -> NoticeCause:
        """Her next of the kind: one at a time, and never the same as one that has come to its end."""
        facts = {"meeting": self.meeting.pk, "member": member}
        ended = NoticeCause.objects.filter(kind=kind, facts__contains=facts).exclude(addressed_at=None).count()
        key, thing = f"{self.meeting.pk}.{member}.{ended}", thing_of(self.meeting)
        return NoticeCause.of(kind, key, at=at, due=at, thing=thing, **facts, **more)


def _fell_away(notice: Notice) -> bool:
    """Whether it has told her nothing, and may be told anew."""
    return notice.state == Notice.State.DROPPED and notice.trouble in FELL_AWAY


def _went_elsewhere(notice: Notice) -> bool:
    """Whether it went to another address than she has now, or was let be when it could not be had there."""
    return notice.state in Notice.DONE and notice.is_to_another_address
