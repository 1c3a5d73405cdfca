"""What somebody else has masked while a form to mask it stood open: who and when, as far as she may know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from base.records import Attribution
from members.models import Member
from temagrupp.redaction.again import digests_of
from temagrupp.redaction.models import RedactedPlace, Redaction
from temagrupp.redaction.scope import NOTHING

A_FORM_STANDS_OPEN = timedelta(days=1)
"""How long: of a masking before that another says nothing of what she has chosen."""
MOST = 500
IS_MASKED = "Det har redan maskerats"


def masked_meanwhile(passage: str, places: Iterable[str], *, to: Member) -> str:
    """The clause: Maja Exempel maskerade det i dag 14.05; empty where nobody has, as far as she may know.

    `places` are those she chose, by `FoundText.value`.
    """
    lately = Redaction.objects.filter(at__gt=timezone.now() - A_FORM_STANDS_OPEN)
    named = [place.split(":", 2) for place in [*places][:MOST] if place.count(":") == 2]
    chosen = reduce(or_, (Q(table=table, column=column, key=key) for table, column, key in named), NOTHING)
    there = RedactedPlace.objects.visible_to(to).filter(chosen)
    met = lately.filter(Q(pk__in=there.values("redaction")) | Q(digests__overlap=digests_of(passage)))
    by_whom = met.visible_to(to).select_related("by").latest_first().first()
    if by_whom:
        done = Attribution("Du" if by_whom.by == to else str(by_whom.by), by_whom.at)
        return f"{done.who} maskerade det {done.when}"
    return IS_MASKED if lately.filter(pk__in=there.values("redaction")).exists() else ""
