"""The mail of an invitation, as it was sent some day."""

from __future__ import annotations

from datetime import datetime

from members.models import Member, Notice, NoticeCause


def mailed(member: Member, at: datetime, state: Notice.State = Notice.State.SENT) -> None:
    """The mail of her invitation as it was written and settled that day."""
    cause = NoticeCause.objects.get(key=f"{member.invitations.get().pk}")
    settled = {"state": state, "settled_at": at, "handed_at": at, "sent_to": member.email}
    Notice.objects.create(cause=cause, member=member, due_at=at, **settled)
