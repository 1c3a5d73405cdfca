"""Who speaks for an organisation in which part of a meeting, and so whether anybody does at an item."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import TextField
from django.db.models.functions import Cast, Coalesce, JSONObject

from meetings.models.presence import PresenceQuerySet
from meetings.models.spot import Spot, last_before, part_in_words


@dataclass(frozen=True)
class Speaking:
    """One who speaks for it from the first spot to the end, which itself no longer counts; without one, to the last."""

    who: str
    first: Spot
    end: Spot | None

    @classmethod
    def of_each(cls, told: list[dict[str, Any]]) -> list[Speaking]:
        """What `spoken` has read."""
        return [cls(one["who"], Decimal(one["first"]), one["end"] and Decimal(one["end"])) for one in told]

    def is_at(self, where: Spot) -> bool:
        return self.first <= where and (self.end is None or where < self.end)

    def changes_within(self, heading: int) -> bool:
        """Whether it begins or ends at an item under the heading."""
        return any(end % 1 and int(end) == heading for end in (self.first, self.end) if end)

    def when(self, paragraphs_from: int | None) -> str:
        """Omar Prov till och med punkt 2 · Gun Prototyp från punkt 8."""
        part = part_in_words(self.first, last_before(self.end) if self.end else None, paragraphs_from)
        return f"{self.who} {part}".rstrip()


def spoken(presences: PresenceQuerySet) -> ArraySubquery:
    """An annotation: those of these who speak, in the order of their parts."""
    ends = {  # as words, for JSON has no decimals
        "first": Cast("items__startswith", TextField()),
        "end": Cast("items__endswith", TextField()),
    }
    who = Coalesce("member__name", "name", output_field=TextField())
    return ArraySubquery(presences.speaking().order_by("items").values(facts=JSONObject(who=who, **ends)))
