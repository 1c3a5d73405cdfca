"""What somebody else has masked while a form to mask it stood open: who and when, as far as she may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
SOMETHING_IS_MASKED = "Något annat har maskerats där"
LOOK_FOR_THE_REST = "En del av det du sökte kan stå kvar: sök efter den också."


@dataclass(frozen=True)
class MaskedMeanwhile:
    """A clause: Maja Exempel maskerade det i dag 14.05, or: maskerade något annat där; empty where nobody has."""

    clause: str = ""
    is_the_same: bool = False
    """Whether it was the passage that she sought, and not another that may have taken a part of it."""

    def __bool__(self) -> bool:
        return bool(self.clause)

    @property
    def rest(self) -> str:
        """What she does then, where a part of it may stand."""
        return "" if self.is_the_same or not self.clause else LOOK_FOR_THE_REST


def masked_meanwhile(passage: str, places: Iterable[str], *, to: Member) -> MaskedMeanwhile:
    """What has been masked, as far as she may know: the passage itself before another where she chose it.

    `places` are those she chose, by `FoundText.value`. Without a passage it is the whole text in them.
    """
    lately = Redaction.objects.filter(at__gt=timezone.now() - A_FORM_STANDS_OPEN)
    told = [place for place in [*places][:MOST] if place.count(":") == 2 and "\0" not in place]
    named = [place.split(":", 2) for place in told]
    chosen = reduce(or_, (Q(table=table, column=column, key=key) for table, column, key in named), NOTHING)
    there = RedactedPlace.objects.visible_to(to).filter(chosen)
    masked_there = Q(pk__in=there.values("redaction"))
    sums = digests_of(passage)
    is_same = Q(digests__contains=sums) if sums else NOTHING
    is_same |= masked_there & Q(kind=Redaction.Kind.WHOLE) if passage else masked_there
    for met, what, otherwise in (
        (lately.filter(is_same), "det", IS_MASKED),
        (lately.filter(masked_there), "något annat där", SOMETHING_IS_MASKED),
    ):
        is_the_same = otherwise is IS_MASKED
        if by_whom := met.visible_to(to).select_related("by").latest_first().first():
            done = Attribution("Du" if by_whom.by == to else str(by_whom.by), by_whom.at)
            return MaskedMeanwhile(f"{done.who} maskerade {what} {done.when}", is_the_same)
        if met.filter(masked_there).exists():
            return MaskedMeanwhile(otherwise, is_the_same)
    return MaskedMeanwhile()
