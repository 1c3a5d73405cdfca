"""The address in a call at which one answers it without signing in: signed over the meeting and whom the mail went to.

It shows and changes nothing but whether she comes, and follows what is true: another day, a meeting that has begun. It
ends when she no longer sits for an organisation of the meeting, or has another address than the mail went to.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from meetings.attendance import AttendanceRow, rows
from meetings.models import CallAnswer, Meeting
from members.models import Member
from members.outbox.kinds import Way
from members.outbox.mailed_to import is_mailed_to, seal_of

SIGNER = signing.Signer(salt="meetings.answer_link")


def address_for(meeting: Meeting, member: Member) -> str:
    return reverse("call_answer_link", args=[SIGNER.sign_object([meeting.pk, member.pk, seal_of(member)])])


def ways_to_answer(meeting: Meeting, member: Member) -> tuple[Way, ...]:
    """An address for each answer: the page asks once more, for a mail scanner opens all of them."""
    address = address_for(meeting, member)
    return tuple(Way(label, f"{address}?svar={answer}") for answer, label in CallAnswer.Answer.choices)


def read(token: str) -> tuple[Meeting, Member, list[AttendanceRow]] | None:
    """The meeting, who answers, and what she sits for; None where it is nobody's any longer."""
    try:
        meeting_id, member_id, seal = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):  # ValueError: of a mail from when there was no seal
        return None
    member = Member.objects.active().filter(pk=member_id).first()
    if not member or not is_mailed_to(member, seal):
        return None
    meeting = Meeting.objects.visible_to(member).filter(pk=meeting_id).first()
    if not meeting:
        return None
    hers = [row for row in rows(meeting) if member in (row.ordinary, row.deputy)]
    return (meeting, member, hers) if hers else None
