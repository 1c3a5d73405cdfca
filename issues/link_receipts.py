"""What an organisation said by link: a receipt to its mailbox, for whoever has the link may have said it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from issues.answer_link import OPEN_IN, address_for
from issues.models import Event
from issues.models.event import EventQuerySet
from issues.texts.notices import came_by_link, receipt_line
from members.actor import Channel
from members.models import Member
from members.models.notice import GATHERED_WITHIN
from members.outbox.kinds import NoticeWords, Receiver

Kinds = Event.Kind
TOLD_BY_LINK = frozenset({Kinds.STARTED, Kinds.PROGRESS, Kinds.DATE_CHANGED})
"""What the samordnare is told of by mail where it came by link, and reads in the register else."""

SAID_OFTEN = frozenset({Kinds.PROGRESS, Kinds.DATE_CHANGED})
BETWEEN_TWO = timedelta(hours=1)
"""From a second word on they are told when it has been quiet for so long: nobody has a mail for each of many."""


def is_their_word(event: Event) -> bool:
    """Whether the samordnare is told of it as their word. What the group itself said is none."""
    if event.kind == Kinds.MOVED:
        return event.answer_id is not None
    return event.kind not in TOLD_BY_LINK or event.channel == Channel.LINK


def is_said_anew(event: Event) -> bool:
    """Whether how far it is, or the day, has been said by link once more since: the last word is told, and once."""
    return event.kind in SAID_OFTEN and _alike(event).filter(pk__gt=event.pk).exists()


def told_later(event: Event) -> datetime | None:
    """When the mails of it are due, where the same was said by link a moment before; by then it may be said anew."""
    if event.kind not in SAID_OFTEN or event.channel != Channel.LINK:
        return None
    before = _alike(event).filter(at__gt=event.at - BETWEEN_TWO, at__lte=event.at - GATHERED_WITHIN)
    return event.at + BETWEEN_TWO if before.exists() else None


def _alike(event: Event) -> EventQuerySet:
    """What stands of the same kind by the same link; nothing where it did not come by one."""
    same = Event.objects.standing().filter(assignment=event.assignment_id, kind=event.kind)
    return same.filter(channel=Channel.LINK) if event.channel == Channel.LINK else same.none()


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
