"""What an organisation said by link: a receipt to its mailbox, for whoever has the link may have said it."""

from __future__ import annotations

from collections.abc import Iterable

from issues.answer_link import OPEN_IN, address_for
from issues.models import Event
from issues.texts.notices import came_by_link, receipt_line
from members.actor import Channel
from members.models import Member
from members.outbox.kinds import NoticeWords, Receiver

Kinds = Event.Kind
TOLD_BY_LINK = frozenset({Kinds.STARTED, Kinds.PROGRESS, Kinds.DATE_CHANGED})
"""What the samordnare is told of by mail where it came by link, and reads in the register else."""


def is_their_word(event: Event) -> bool:
    """Whether the samordnare is told of it as their word. What the group itself said is none."""
    if event.kind == Kinds.MOVED:
        return event.answer_id is not None
    return event.kind not in TOLD_BY_LINK or event.channel == Channel.LINK


def is_said_anew(event: Event) -> bool:
    """Whether how far it is has been said by link once more since: the last word is told, and once."""
    if event.kind != Kinds.PROGRESS or event.channel != Channel.LINK:
        return False
    later = Event.objects.standing().filter(assignment=event.assignment_id, kind=Kinds.PROGRESS, pk__gt=event.pk)
    return later.filter(channel=Channel.LINK).exists()


def who_said(event: Event) -> Iterable[Receiver]:
    return [event.organisation] if event.channel == Channel.LINK and event.organisation else []


def tell_receipt(event: Event, receiver: Receiver) -> NoticeWords | None:
    action, question = event.action, event.assignment
    if action is None or question is None or is_said_anew(event):
        return None
    coordinator = Member.objects.whom_to_ask(None, by=question.asked_by)
    goes_on = question.ended_at is None and action.state in OPEN_IN
    url, to_do = (
        (address_for(question), "Till åtgärden") if goes_on else (action.get_absolute_url(), "Logga in och läs")
    )
    text = f"{event}\n\n{came_by_link(event, to_them=True)}"
    replies_to = coordinator.mail_address if coordinator else ""
    return NoticeWords(receipt_line(event), url, to_do, text, replies_to=replies_to)
