"""What one receiver is owed, written as letters: one for each thing at once, or one for all that has been gathered."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from members.models import How, Member, Notice, NoticeChoice, Subject
from members.models.notice import NoticeQuerySet
from members.outbox.kinds import KINDS, NoticeWords, Receiver
from members.outbox.moments import awake, next_digest

MOST_AT_ONCE = 3
"""More letters than so at one time come as one."""
LATER = timedelta(hours=1)
"""When what could not be written is tried again."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What one receiver is told in one mail, and the notices that are settled by it."""

    receiver: Receiver
    told: Sequence[NoticeWords]
    notices: Sequence[Notice]

    @property
    def subjects(self) -> set[Subject]:
        """What she can choose about of it; nothing, where it concerns her account."""
        kinds = (KINDS[notice.cause.kind] for notice in self.notices)
        return {kind.subject for kind in kinds if kind.subject}

    @property
    def is_about_one_thing(self) -> bool:
        return len({_about(notice) for notice in self.notices}) == 1

    @property
    def rows(self) -> NoticeQuerySet:
        return Notice.objects.filter(pk__in=[notice.pk for notice in self.notices])


def letters(at: datetime) -> Iterator[Letter]:
    """Yield what is due, the longest waiting first. Each is settled or postponed before the next is asked for."""
    due = Notice.objects.due(at).in_turn().select_related("member", "organisation")
    while first := due.first():
        if letter := _letter_to(first.receiver, at):
            yield letter


@transaction.atomic
def _letter_to(receiver: Receiver, at: datetime) -> Letter | None:
    """The next letter to her. What she is not to have, now or at all, is postponed or settled here."""
    owed = receiver.notices.due(at).in_turn().select_related("cause").select_for_update(no_key=True, of=["self"])
    if not receiver.takes_mail:
        owed.settle(Notice.State.DROPPED, at=at, trouble="no address")
        return None
    for notices in _by_letter(_wanted_now(list(owed), receiver, at)):
        if told := _told(notices, receiver, at):
            return Letter(receiver, list(dict.fromkeys(told.values())), list(told))
    return None


def _wanted_now(owed: Sequence[Notice], receiver: Receiver, at: datetime) -> list[Notice]:
    """Those to be had now. The others are gathered, wait for the morning, or are not wanted."""
    chosen = NoticeChoice.objects.of(receiver) if isinstance(receiver, Member) else {}
    now = []
    for notice in owed:
        kind = KINDS.get(notice.cause.kind)
        how = chosen.get(kind.subject, How.AT_ONCE) if kind and kind.subject else How.AT_ONCE
        if kind and kind.alone and how != How.NEVER:
            how = How.AT_ONCE
        if kind is None:
            _row(notice).postpone(at + LATER, trouble="unknown kind")
        elif how == How.NEVER:
            _row(notice).settle(Notice.State.DROPPED, at=at, trouble="not wanted")
        elif chosen and (until := _not_before(notice, how, at)) > at:
            _row(notice).update(due_at=until, is_gathered=how != How.AT_ONCE)
        else:
            notice.is_gathered = how != How.AT_ONCE
            now.append(notice)
    return now


def _not_before(notice: Notice, how: How, at: datetime) -> datetime:
    """When a person has it at the earliest."""
    return awake(at) if how == How.AT_ONCE else next_digest(notice.cause.happened_at, how)


def _by_letter(notices: Sequence[Notice]) -> list[list[Notice]]:
    """Those about one thing together, those that are gathered together; all of them where it would be many letters.

    Each that is to be alone by itself, and before the others.
    """
    alone, others = [], []
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        if KINDS[notice.cause.kind].alone:
            alone.append([notice])
            continue
        about = "" if notice.is_gathered else _about(notice)
        groups.setdefault(about, []).append(notice)
        others.append(notice)
    return [*alone, *(groups.values() if len(groups) <= MOST_AT_ONCE else [others])]


def _told(notices: Sequence[Notice], receiver: Receiver, at: datetime) -> dict[Notice, NoticeWords]:
    """What there is to tell of them. One that no longer matters is dropped, one that fails does not stop the rest."""
    told = {}
    for notice in notices:
        try:
            with transaction.atomic():
                words = KINDS[notice.cause.kind].writer(notice.cause, receiver)
        except Exception:
            logger.exception("A notice could not be written: %s", notice.cause)
            _row(notice).postpone(at + LATER, trouble="not written")
            continue
        if words:
            told[notice] = words
        else:
            _row(notice).settle(Notice.State.DROPPED, at=at, trouble="nothing to tell")
    return told


def _about(notice: Notice) -> str:
    return notice.cause.thing or f"{notice.cause}"


def _row(notice: Notice) -> NoticeQuerySet:
    return Notice.objects.filter(pk=notice.pk)
