"""One run of the outbox: all that is due is written, handed over and settled, by one process at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from members.handing_over import Came, Outcome, PostOffice
from members.models import Notice
from members.models.notice import NO_ADDRESS
from members.outbox.addressing import address, collect
from members.outbox.letters import NOT_WRITTEN, Letter, letters, still_stands
from members.outbox.mail import mail

ONE_AT_A_TIME = 0x6F7574626F78  # "outbox"
"""The lock that a run holds as long as its session lasts: one that is killed loses it with its connection."""

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAUSES = (5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR)
"""Before each new attempt with what the server did not take; three days in all, as mail servers themselves try."""

MOST_ENDED = 3
"""So many letters for which the server ends the connection without a word, and none that it takes: it is away."""

CLOSING = "421"
"""What a server says that ends a connection (RFC 5321); for one receiver it may do so without saying it."""

SINCE_WRITTEN = "otherwise since it was written"

OURS = "ours"
"""Stands before what our own mail server answered, which is no code of the receiver's."""

logger = logging.getLogger(__name__)


class Reclaimed(Exception):
    """Somebody has settled what was about to be handed over."""


class SaidOtherwise(Exception):
    """What was about to be handed over is hidden from the receiver since it was written, or otherwise."""


def send_due(*, at: datetime | None = None) -> Counter[Came]:
    """Send all that is due, and count the letters by what came of them. Nothing while another run is at work."""

    def now() -> datetime:
        return at or timezone.now()

    counted: Counter[Came] = Counter()
    ended: list[tuple[Letter, Outcome]] = []
    is_away = False
    with _alone() as is_alone, PostOffice() as office:
        if not is_alone:
            return counted
        began = now()
        _tell_of_cut_off()
        collect(began)
        address(began)
        for letter in letters(began, now):
            outcome = _send(letter, office, now())
            counted[outcome.came] += 1
            if outcome.came is Came.ENDED:
                ended.append((letter, outcome))
            is_away = outcome.came is Came.AWAY or (len(ended) == MOST_ENDED and not counted[Came.TAKEN])
            if is_away:
                break
        if counted[Came.TAKEN] or not is_away:
            _blame(ended, now(), is_sure=bool(counted[Came.TAKEN]))
    return counted


def _send(letter: Letter, office: PostOffice, at: datetime) -> Outcome:
    """Hand one letter over, and write down what came of it."""
    try:
        outcome = office.hand_over(mail(letter), before=lambda: _is_being_handed_over(letter))
    except Reclaimed:
        return Outcome(Came.LATER)
    except SaidOtherwise:
        letter.rows.waiting().postpone(at + MINUTE, trouble=SINCE_WRITTEN, is_attempt=False)
        return Outcome(Came.LATER)
    except Exception:
        logger.exception("A letter could not be written or handed over: %s", [notice.pk for notice in letter.notices])
        letter.rows.waiting().postpone(at + HOUR, trouble=NOT_WRITTEN, is_attempt=False)
        return Outcome(Came.LATER)
    now = timezone.now()
    match outcome.came:
        case Came.TAKEN:
            letter.rows.settle(Notice.State.SENT, at=now)
        case Came.UNCERTAIN:
            letter.rows.settle(Notice.State.UNCERTAIN, at=now, trouble=outcome.trouble)
        case Came.REFUSED if letter.is_to_one_left:
            letter.rows.settle(Notice.State.DROPPED, at=now, trouble=NO_ADDRESS)
        case Came.REFUSED:
            letter.rows.refuse(to=letter.address, at=now, trouble=outcome.trouble)
        case Came.LATER:
            _try_later(letter, outcome.trouble, at)
        case Came.ENDED | Came.AWAY:
            letter.rows.postpone(at + PAUSES[0], trouble=_ours(outcome), is_attempt=False)
    return outcome


def _is_being_handed_over(letter: Letter) -> None:
    """Committed before the server is given the mail: if the process ends there, the next run knows it.

    The server may have been slow to say yes: what was hidden from her meanwhile does not go.
    """
    if not still_stands(letter):
        raise SaidOtherwise
    rows = letter.rows.waiting()
    handed = rows.update(state=Notice.State.HANDING, handed_at=timezone.now(), sent_to=letter.address)
    if handed != len(letter.notices):
        raise Reclaimed


def _tell_of_cut_off() -> None:
    """What was being handed over when a run ended, and nobody is at work with now, may have been taken."""
    cut_off = Notice.objects.filter(state=Notice.State.HANDING)
    cut_off.settle(Notice.State.UNCERTAIN, at=timezone.now(), trouble="cut off")


def _ours(outcome: Outcome) -> str:
    return f"{OURS}: {outcome.trouble}"[:40]


def _blame(ended: Iterable[tuple[Letter, Outcome]], at: datetime, *, is_sure: bool) -> None:
    """Count it as attempts with those receivers: the server has not shown to be away.

    `is_sure`: it has taken others in the same run. Where it has not, whose fault it is stays open until it is given up.
    """
    for letter, outcome in ended:
        _try_later(letter, CLOSING, at, meanwhile=CLOSING if is_sure else _ours(outcome))


def _try_later(letter: Letter, trouble: str, at: datetime, *, meanwhile: str = "") -> None:
    """After a pause that grows; what the receiver's server has put off for three days did not reach."""
    tried = max(notice.attempts for notice in letter.notices)
    if tried < len(PAUSES):
        letter.rows.postpone(at + PAUSES[tried], trouble=meanwhile or trouble)
    else:
        letter.rows.refuse(to=letter.address, at=timezone.now(), trouble=trouble)


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        [is_alone] = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone and not connection.needs_rollback:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
