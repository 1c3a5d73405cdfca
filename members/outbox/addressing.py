"""From what has happened to the notices that are owed for it: the causes are found, and whom each concerns."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from members.models import Member, Notice, NoticeCause, Organisation
from members.outbox.kinds import KINDS, SOURCES, Receiver
from members.outbox.one_by_one import NOT_FOUND, forget_what_is_mended, not_found

LOOKED_BACK = timedelta(days=14)
"""How long ago something may have happened to be told of by mail; longer than anybody leaves the outbox standing."""
LATER = timedelta(hours=1)
SORTS = {"member": Member, "organisation": Organisation}

logger = logging.getLogger(__name__)


def collect(at: datetime) -> None:
    """Note the causes that follow from what has happened, also what an earlier run was too early for."""
    failed: list[NoticeCause] = []
    for source in SOURCES:
        try:
            found = list(source(at - LOOKED_BACK, at=at))
        except Exception:  # the others' are owed all the same, and this one's are found by the next run
            logger.exception("What has happened could not be found out: %s", source.__module__)
            found = [not_found(source.__module__, at)]
        NoticeCause.objects.note(found)
        failed += [cause for cause in found if cause.kind == NOT_FOUND]
    forget_what_is_mended(failed)


def address(at: datetime) -> None:
    """Owe a notice to each whom a cause concerns, a cause at a time."""
    while _address_next(at):
        pass


@transaction.atomic
def _address_next(at: datetime) -> bool:
    cause = NoticeCause.objects.to_address(at).select_for_update(no_key=True).first()
    if not cause:
        return False
    try:
        with transaction.atomic():
            notices = [_notice(cause, receiver) for receiver in KINDS[cause.kind].receivers(cause)]
            Notice.objects.bulk_create(notices, ignore_conflicts=True)
    except Exception:
        logger.exception("Whom a cause concerns could not be found: %s", cause)
        NoticeCause.objects.filter(pk=cause.pk).update(due_at=at + LATER)
    else:
        NoticeCause.objects.filter(pk=cause.pk).update(addressed_at=at)
    return True


def _notice(cause: NoticeCause, receiver: Receiver) -> Notice:
    sort = next((name for name, model in SORTS.items() if isinstance(receiver, model)), "contact")
    notice = Notice(cause=cause, due_at=cause.due_at, **{sort: receiver})
    if trouble := cause.facts.get("uncertain"):  # handed over at once, and perhaps taken
        notice.state, notice.trouble, notice.sent_to = Notice.State.UNCERTAIN, trouble, cause.address
        notice.handed_at = notice.settled_at = cause.happened_at
    return notice
