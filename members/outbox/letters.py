"""What one receiver is owed, written as letters: one for each thing at once, or one for all that has been gathered."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from members.models import How, Member, Notice, NoticeChoice, QuietHours, Subject
from members.models.notice import NO_ADDRESS, NOT_WANTED, NOTHING_TO_TELL, TOLD_THERE, NoticeQuerySet
from members.outbox.kinds import KINDS, NoticeWords, Receiver, calling
from members.outbox.moments import IN_TIME, awake, next_digest

MOST_AT_ONCE = 3
"""More letters than so at one time come as one."""
LATER = timedelta(hours=1)
"""When what could not be written is tried again."""
NOT_WRITTEN = "not written"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What one receiver is told in one mail, and the notices that are settled by it."""

    receiver: Receiver
    told: Sequence[NoticeWords]
    notices: Sequence[Notice]

    @property
    def address(self) -> str:
        return self.told[0].to or self.receiver.mail_address

    @property
    def is_to_one_left(self) -> bool:
        """Whether it goes to an address that the receiver has left: where that is nobody's, there is none to tell."""
        return bool(self.told[0].to)

    @property
    def subjects(self) -> set[Subject]:
        """What she can choose about of it; nothing, where it concerns her account."""
        kinds = (KINDS[notice.cause.kind] for notice in self.notices)
        return {kind.subject for kind in kinds if kind.subject}

    @property
    def is_about_one_thing(self) -> bool:
        return len({_about(notice) for notice in self.notices}) == 1

    @property
    def subjects_of_a_list(self) -> set[Subject]:
        """Those that a press in passing ends: none by which she is called to something."""
        return self.subjects - calling()

    @property
    def rows(self) -> NoticeQuerySet:
        return Notice.objects.filter(pk__in=[notice.pk for notice in self.notices])


def letters(until: datetime, now: Callable[[], datetime]) -> Iterator[Letter]:
    """Yield what is due then, the longest waiting first. Each is settled or postponed before the next is asked for.

    A run may be long: of each letter it is asked `now` whether the receiver's quiet hours have begun.
    """
    due = Notice.objects.due(until).in_turn().select_related("member__quiet_hours", "organisation", "contact")
    while first := due.first():
        if letter := _letter_to(first.receiver, now()):
            yield letter


@transaction.atomic
def _letter_to(receiver: Receiver, at: datetime) -> Letter | None:
    """The next letter to her. What she is not to have, now or at all, is postponed or settled here."""
    due = receiver.notices.due(at).in_turn().select_related("cause").select_for_update(no_key=True, of=["self"])
    owed, chosen = list(due), _chosen_by(receiver)
    unwanted = _unwanted(owed, receiver, chosen)
    for notice, why in unwanted.items():
        _row(notice).settle(Notice.State.DROPPED, at=at, trouble=why)
    wanted = _to_have_now([notice for notice in owed if notice not in unwanted], receiver, chosen, at)
    for notice in wanted:
        if KINDS[notice.cause.kind].alone and (told := _told([notice], receiver, at)):
            return Letter(receiver, list(told.values()), [notice])
    told = _told([notice for notice in wanted if not KINDS[notice.cause.kind].alone], receiver, at)
    notices = _of_one_letter(list(told))  # of what there is to tell: what is hidden from her gathers nothing
    return Letter(receiver, _in_order(told, notices), notices) if told else None


def why_not(notices: Sequence[Notice], receiver: Receiver) -> dict[Notice, str]:
    """Those that she is not to have as things are now, each with why. What cannot be written now is to be sent."""
    found = _unwanted(notices, receiver, _chosen_by(receiver))
    for notice in notices:
        with suppress(Exception), transaction.atomic():
            if notice not in found and notice.cause.kind in KINDS and not _words(notice, receiver):
                found[notice] = NOTHING_TO_TELL
    return found


def still_stands(letter: Letter) -> bool:
    """Whether it would say the same now, to the same address: all that is told may be known to her."""
    receiver = type(letter.receiver).objects.get(pk=letter.receiver.pk)
    with transaction.atomic():
        if _unwanted(letter.notices, receiver, _chosen_by(receiver)):
            return False
        told = [_words(notice, receiver) for notice in letter.notices]
    now = {_said(words, receiver) if words else None for words in told}
    return now == {_said(words, letter.receiver) for words in letter.told}


def _said(words: NoticeWords, receiver: Receiver) -> tuple[NoticeWords, tuple[str, ...]]:
    """What a reader is told, in words and in files, and at which address: not the links, which are made anew."""
    told = replace(words, url="", ways=(), files=(), to=words.to or receiver.mail_address)
    return told, tuple(file.says for file in words.files)


def goes_at(notice: Notice, receiver: Receiver, at: datetime) -> datetime:
    """When she has one that is due: now, or when she has chosen to."""
    return _goes_at(notice, receiver, _chosen_by(receiver), at)


def _unwanted(notices: Sequence[Notice], receiver: Receiver, chosen: dict[Subject, How]) -> dict[Notice, str]:
    """Those that no mail is written of, each with why: she may not sign in, has been told there, or wants none."""
    there = Notice.objects.filter(cause__in=[each.cause_id for each in notices])
    told = set(there.reached_at(receiver.mail_address, receiver).values_list("cause", flat=True))
    found = {}
    for notice in notices:
        kind = KINDS.get(notice.cause.kind)
        if not receiver.takes_mail and not (kind and kind.to_closed):
            found[notice] = NO_ADDRESS
        elif notice.cause_id in told:
            found[notice] = TOLD_THERE
        elif _how(notice, chosen) == How.NEVER:
            found[notice] = NOT_WANTED
    return found


def _chosen_by(receiver: Receiver) -> dict[Subject, How]:
    return NoticeChoice.objects.of(receiver) if isinstance(receiver, Member) else {}


def _how(notice: Notice, chosen: dict[Subject, How]) -> How:
    """How she has it: with others if she has chosen so and it is no letter of its own."""
    kind = KINDS.get(notice.cause.kind)
    how = chosen.get(kind.subject, How.AT_ONCE) if kind and kind.subject else How.AT_ONCE
    return How.AT_ONCE if kind and kind.alone and how != How.NEVER else how


def _to_have_now(owed: Sequence[Notice], receiver: Receiver, chosen: dict[Subject, How], at: datetime) -> list[Notice]:
    """Those to be had now. The others are gathered, or wait for the morning."""
    now = []
    for notice in owed:
        how = _how(notice, chosen)
        if notice.cause.kind not in KINDS:
            _row(notice).postpone(at + LATER, trouble="unknown kind", is_attempt=False)
            continue
        with _later_if_it_fails(notice, at):
            if (until := _goes_at(notice, receiver, chosen, at)) > at:
                _row(notice).update(due_at=until, is_gathered=how != How.AT_ONCE, trouble="")
            else:
                notice.is_gathered = how != How.AT_ONCE
                now.append(notice)
    return now


def _goes_at(notice: Notice, receiver: Receiver, chosen: dict[Subject, How], at: datetime) -> datetime:
    """When she has it at the earliest; what tells of a meeting, in time for it. A mailbox has all at any hour."""
    kind, how = KINDS.get(notice.cause.kind), _how(notice, chosen)
    if not isinstance(receiver, Member) or kind is None or kind.at_any_hour:
        return at
    moment = at if how == How.AT_ONCE else next_digest(notice.cause.due_at, how)
    until = awake(max(at, moment), QuietHours.of(receiver))
    begins_at = kind.begins(notice.cause, at) if kind.begins and until > at else None
    return max(at, min(until, begins_at - IN_TIME)) if begins_at else until


def _of_one_letter(notices: Sequence[Notice]) -> list[Notice]:
    """Those about the first thing, or that are gathered with it; all of them where it would be many letters."""
    groups: dict[str, list[Notice]] = {}
    for notice in notices:
        groups.setdefault("" if notice.is_gathered else _about(notice), []).append(notice)
    return next(iter(groups.values()), []) if len(groups) <= MOST_AT_ONCE else list(notices)


def _told(notices: Sequence[Notice], receiver: Receiver, at: datetime) -> dict[Notice, NoticeWords]:
    """What there is to tell of them. One that no longer matters is dropped, one that fails does not stop the rest."""
    told = {}
    for notice in notices:
        with _later_if_it_fails(notice, at):
            if words := _words(notice, receiver):
                told[notice] = words
            else:
                _row(notice).settle(Notice.State.DROPPED, at=at, trouble=NOTHING_TO_TELL)
    return told


@contextmanager
def _later_if_it_fails(notice: Notice, at: datetime) -> Iterator[None]:
    """What an app's own fails with stops no other, and is no attempt with the receiver's server."""
    try:
        with transaction.atomic():
            yield
    except Exception:
        logger.exception("A notice could not be written: %s", notice.cause)
        _row(notice).postpone(at + LATER, trouble=NOT_WRITTEN, is_attempt=False)


def _words(notice: Notice, receiver: Receiver) -> NoticeWords | None:
    return KINDS[notice.cause.kind].writer(notice.cause, receiver)


def _in_order(told: dict[Notice, NoticeWords], notices: Sequence[Notice]) -> list[NoticeWords]:
    """What is to be first, then what waits on the receiver, and what is about one thing together; nothing twice."""
    things = [_about(notice) for notice in notices]

    def rank(notice: Notice) -> tuple[bool, bool, int]:
        words = told[notice]
        return not words.is_first, not words.waits, things.index(_about(notice))

    return list(dict.fromkeys(told[notice] for notice in sorted(notices, key=rank)))


def _about(notice: Notice) -> str:
    return notice.cause.thing or f"{notice.cause}"


def _row(notice: Notice) -> NoticeQuerySet:
    return Notice.objects.filter(pk=notice.pk)
