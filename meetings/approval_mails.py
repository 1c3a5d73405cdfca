"""The mails about approval: that she is chosen, when the minutes have gone already, and what she wants put right.

Who is chosen before they go reads it in the mail that has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from meetings.calling import thing_of
from meetings.models import Approval, Approver, Meeting, Minutes
from meetings.models.approval import APPROVING
from meetings.rules import may_run_meeting
from meetings.texts import approving as texts
from members.models import Member, NoticeCause, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver

CHOSEN, WISHED = "meetings.approver", "meetings.wished"


def causes_of_choice(approvers: Iterable[Approver], *, at: datetime) -> list[NoticeCause]:
    """That they are chosen, where no mail with the minutes says it; not kept yet. The one of a correction may."""
    return [
        NoticeCause.of(CHOSEN, f"{one.pk}.{one.version}", at=at, due=at, thing=thing_of(one.meeting), approver=one.pk)
        for one in approvers
        if one.meeting.is_over and not one.meeting.can_be_undone_at(at)
    ]


def cause_of_wish(wish: Approval) -> NoticeCause:
    """That something is wished, to whoever writes the minutes; not kept yet."""
    thing = thing_of(wish.minutes.meeting)
    return NoticeCause.of(WISHED, wish.pk, at=wish.at, due=wish.at, thing=thing, approval=wish.pk)


def who_gets_wishes(meeting: Meeting, by: Member) -> list[Member]:
    """The secretary, as long as she may put it right herself; else the samordnare. Not her who wishes it."""
    writes = meeting.secretary
    if writes != by and writes.is_active and may_run_meeting(writes, meeting):
        return [writes]
    return [*Member.objects.leading().exclude(pk=by.pk).in_order()]


def _chosen(cause: NoticeCause) -> Iterable[Receiver]:
    approver = _approver(cause)
    return [approver.member] if approver and approver.member and approver.can_sign_in else []


def _tell_chosen(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """Nothing where she has said something of them meanwhile."""
    approver = _approver(cause)
    if approver is None or not isinstance(receiver, Member):
        return None
    if not Approver.objects.waited_for(receiver).filter(pk=approver.pk).exists():
        return None
    line = texts.chosen_line(approver.meeting, Minutes.latest_called(approver.meeting)[1])
    return NoticeWords(line, minutes_page(approver.meeting), texts.TO_DO, waits=True)


def _writing(cause: NoticeCause) -> Iterable[Receiver]:
    wish = _wish(cause)
    return who_gets_wishes(wish.minutes.meeting, wish.by) if wish else []


def _tell_wished(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    wish = _wish(cause)
    if wish is None or not isinstance(receiver, Member):
        return None
    meeting = wish.minutes.meeting
    if not may_run_meeting(receiver, meeting):
        return None
    line, text = texts.wished_line(wish, wish.minutes.called), f"”{wish.text}”"
    reads = wish.by.mail_address if wish.by.takes_mail else ""
    return NoticeWords(
        line,
        minutes_page(meeting),
        texts.TO_READ.format(wish.minutes.called.definite),
        text,
        replies_to=reads,
        waits=True,
    )


def _approver(cause: NoticeCause) -> Approver | None:
    chosen = Approver.objects.chosen().select_related("meeting", "member")
    return chosen.filter(pk=cause.facts["approver"]).first()


def _wish(cause: NoticeCause) -> Approval | None:
    of_closed = Approval.objects.filter(minutes__meeting__state=Meeting.State.CLOSED, pk=cause.facts["approval"])
    return of_closed.select_related("minutes__meeting__secretary", "approver__member", "by").first()


def minutes_page(meeting: Meeting) -> str:
    """Where they are approved on the page of the minutes, and where what is wished stands."""
    return f"{reverse('meetings:minutes_detail', args=[meeting.pk])}#{APPROVING}"


KINDS = (
    NoticeKind(CHOSEN, Subject.MEETINGS, "att justera mötesanteckningar", _chosen, _tell_chosen),
    NoticeKind(WISHED, Subject.MEETINGS, "en önskad rättelse", _writing, _tell_wished, alone=True),
)
