"""The line to those who have reported, on every change that matters: by mail with what they have chosen to gather.

How it ended is told as ever, with the group's own sentence (`issues.notices`). One who follows the issue too has this
instead of the follower's news.
"""

from __future__ import annotations

from collections.abc import Iterable

from issues.models import Event
from issues.notices import LABEL, REPORTED, in_words, of_event, told_otherwise
from issues.reporters import is_told, reporters_of
from issues.texts.reporter import reporter_line
from members.models import Member, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver


def _reporters(event: Event) -> Iterable[Receiver]:
    """Those who did not do it themselves, less the samordnare of an answer, who is told of that."""
    if not is_told(event):
        return []
    told = reporters_of(event.issue).exclude(pk__in=told_otherwise(event)).in_order()
    return [member for member in told if member.pk != event.by_id]


def _tell(event: Event, receiver: Receiver) -> NoticeWords | None:
    seen = isinstance(receiver, Member) and Event.objects.visible_to(receiver).filter(pk=event.pk).exists()
    if not seen or not is_told(event):
        return None
    return NoticeWords(reporter_line(event), event.issue.get_absolute_url(), "Läs ärendet")


TO_REPORTERS = NoticeKind(REPORTED, Subject.FOLLOWED, LABEL, of_event(_reporters), in_words(_tell))
