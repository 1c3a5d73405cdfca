"""Causes that are found of one thing at a time: what fails with one holds back no other, and is told of meanwhile.

That they could not be found is a row among the causes: of no kind, so that nobody is mailed for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Q

from members.models import NoticeCause
from members.models.notice import NoticeCauseQuerySet

NOT_FOUND = "outbox.not_found"
STUCK = timedelta(minutes=30)
"""No cause is due so long after it happened: one that still has no receivers has failed with finding them."""

Thing = TypeVar("Thing")

logger = logging.getLogger(__name__)


def one_by_one(
    things: Iterable[Thing],
    causes_of: Callable[[Thing], Iterable[NoticeCause]],
    name_of: Callable[[Thing], str],
    *,
    at: datetime,
) -> Iterator[NoticeCause]:
    """The causes of each; of one that fails, that they could not be found. `name_of` it as causes name their thing."""
    for thing in things:
        try:
            found = list(causes_of(thing))
        except Exception:
            logger.exception("What has happened could not be found out: %s", name_of(thing))
            yield not_found(name_of(thing), at)
        else:
            yield from found


def not_found(name: str, at: datetime) -> NoticeCause:
    """That the causes of the thing, or of a whole source by its module, could not be found."""
    cause = NoticeCause.of(NOT_FOUND, name, at=at, due=at, thing=name if ":" in name else "")
    cause.addressed_at = at
    return cause


def forget_what_is_mended(failed: Iterable[NoticeCause]) -> None:
    """Remove what is told of those that did not fail this time."""
    names = [cause.key for cause in failed]
    NoticeCause.objects.filter(kind=NOT_FOUND).exclude(key__in=names).delete()


def held_back(at: datetime) -> NoticeCauseQuerySet:
    """What stands for mails that something of our own hinders: no causes found, or nobody to tell them to."""
    no_receivers = Q(addressed_at=None, due_at__gt=at, happened_at__lt=at - STUCK)
    return NoticeCause.objects.filter(Q(kind=NOT_FOUND) | no_receivers).order_by("happened_at", "pk")
