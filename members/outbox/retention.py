"""How long it is known who was sent what: what was sent, or was not needed, is removed after a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import cast

from django.core.cache import caches
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from base.postgresql.cache import CounterCache
from members.models import Notice, NoticeCause, OutsideContact
from members.models.notice import NoticeCauseQuerySet, NoticeQuerySet
from members.outbox.kinds import KINDS, STILL_ASKED

KEPT = timedelta(days=90)
"""Whether somebody was told is asked at the next meeting or the one after it; it is as long as the security log is
proposed to be. Longer than `LOOKED_BACK`, or a source would find the cause again."""
AT_ONCE = 1000
"""Rows of one transaction."""
DAY = 60 * 60 * 24


def remove_old_daily() -> None:
    """Remove what is old, once a day however often it is asked. By the command on a timer."""
    if cast("CounterCache", caches["default"]).take("notices_removed", 1, DAY):
        remove_old(timezone.now())


def remove_old(at: datetime) -> None:
    """Remove the notices that were settled so long ago, the causes that have none left, and addresses of nobody."""
    while _remove_some(old_notices(at)):
        pass
    while _remove_some(old_causes(at)):
        pass
    OutsideContact.objects.forget_unused()


def old_notices(at: datetime) -> NoticeQuerySet:
    """Those sent or dropped long ago, less what an app still asks about. What did not reach stays to be looked at."""
    done = Notice.objects.filter(state__in=Notice.DONE, settled_at__lt=at - KEPT)
    return done.exclude(cause__in=_still_asked(at).values("pk"))


def old_causes(at: datetime) -> NoticeCauseQuerySet:
    """Those of long ago that everybody has been told of, or nobody needed to be."""
    limit = at - KEPT
    staying = [kind.name for kind in KINDS.values() if kind.stays]
    told = NoticeCause.objects.filter(notices=None, happened_at__lt=limit, due_at__lt=limit, addressed_at__lt=limit)
    return told.exclude(kind__in=staying).exclude(pk__in=_still_asked(at).values("pk"))


def _still_asked(at: datetime) -> NoticeCauseQuerySet:
    return NoticeCause.objects.filter(reduce(or_, (condition(at) for condition in STILL_ASKED), Q(pk__in=[])))


@transaction.atomic
def _remove_some(old: NoticeQuerySet | NoticeCauseQuerySet) -> int:
    """Remove the first of them; returns how many they were."""
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    old.model.objects.filter(pk__in=keys).delete()
    return len(keys)
