"""What the page of the minutes shows of their approval, and what she who reads it may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from meetings import rules
from meetings.approvals import Approvals, ApprovalSaid, ApproverRow, may_be_taken_back
from meetings.handed_in import handed_in_since
from meetings.minutes.editions import Edition
from meetings.models import Meeting
from meetings.models.approval import may_choose
from meetings.texts import approving as texts
from members.models import Member


class StandingMark(NamedTuple):
    """A mark that may be taken back."""

    approver: ApproverRow
    version: int


class WishShown(NamedTuple):
    """What somebody wants put right; it stands until another version has been made."""

    head: str
    text: str
    stands: bool

    @classmethod
    def of(cls, approvals: Approvals, row: ApproverRow, wish: ApprovalSaid, *, today: date) -> WishShown:
        replaced_by = approvals.replaced_by(wish.version)
        return cls(texts.wish_head(row, wish, replaced_by, today=today), wish.text, not replaced_by)


@dataclass(frozen=True)
class ApprovalShown:
    """How far it has come in words, and the ways on.

    own       her own row, where she is to approve what the minutes say now, or may say what she wants put right
    waits     whether it waits on her
    since     the version that she approved before, where another waits on her; 0 where she approved none
    marks     the marks that she may take back
    on_paper  those whose mark on paper she may note
    """

    lines: list[str]
    wishes: list[WishShown]
    own: ApproverRow | None
    waits: bool
    since: int
    marks: list[StandingMark]
    on_paper: list[ApproverRow]
    nobody: str
    may_choose: bool

    @property
    def is_anything(self) -> bool:
        return bool(self.lines or self.wishes or self.nobody)

    @classmethod
    def of(cls, member: Member, meeting: Meeting, editions: Sequence[Edition]) -> ApprovalShown:
        """`editions` are the versions as they are read, the latest first, with the sums of their PDFs."""
        now, approvals = timezone.now(), Approvals.of(meeting, [edition.minutes for edition in editions])
        today, runs = timezone.localdate(now), rules.may_run_meeting(member, meeting)
        own, notes = approvals.own(member), rules.may_note_approval(member, meeting)
        stands = meeting.is_closed and not meeting.is_being_corrected
        waiting = approvals.waiting if stands else []
        chooses = runs and meeting.is_closed and (may_choose(meeting, member.group) or bool(approvals.chosen))
        was_asked = editions[0].minutes.content.get("approvers") is not None  # of older ones nobody was
        is_nobody = chooses and was_asked and not approvals.chosen and not approvals.approved
        reads_wishes = runs or own is not None
        recent = [
            (row, mark)
            for row, mark in approvals.approved
            if meeting.is_closed and may_be_taken_back(mark, row.approver, member, now=now)
        ]
        waits = own in waiting if own else False
        latest = [edition.minutes for edition in editions if edition.minutes.version in approvals.latest]
        return cls(
            lines=texts.approval_lines(approvals, today=today),
            wishes=[
                WishShown.of(approvals, row, wish, today=today)
                for row, wish in (approvals.wishes if reads_wishes else [])
            ],
            own=own if meeting.is_closed else None,
            waits=waits,
            since=own.approved_before(approvals.latest[0]) if own and waits else 0,
            marks=[StandingMark(row, mark.version) for row, mark in recent if not handed_in_since(latest, mark.at)],
            on_paper=[row for row in waiting if notes],
            nobody=texts.nobody_chosen(editions[0].minutes.called) if is_nobody else "",
            may_choose=chooses,
        )
