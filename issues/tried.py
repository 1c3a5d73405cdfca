"""What has been tried before: measures that ended at the same place, or, where those are few, of the same category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Lower

from issues.models import Action, Issue
from issues.models.status import ENDED
from members.models import Member

SHOWN = 3
"""Measures that are told of each; so few at the place that others of the category are told as well."""
COUNTED = 50
"""Older ones are counted so far."""


@dataclass(frozen=True)
class TriedBefore:
    """The latest measures `here` and, in the same category, `elsewhere`; how many `older` ones there are here."""

    here: list[Action]
    elsewhere: list[Action]
    older: int

    def __bool__(self) -> bool:
        return bool(self.here or self.elsewhere)

    @property
    def older_words(self) -> str:
        """How many more there are: och 14 äldre."""
        if not self.older:
            return ""
        return f"och fler än {COUNTED} äldre" if self.older > COUNTED else f"och {self.older} äldre"


def tried_before(issue: Issue, member: Member) -> TriedBefore:
    """The ended measures of other issues, as far as the member may see; in two questions."""
    others = Action.objects.visible_to(member).handed_out().filter(state__in=ENDED).exclude(issue=issue)
    place = _at_its_place(issue)
    at_the_place = others.filter(place)
    alike = others.exclude(place).filter(issue__category=issue.category_id) if issue.category_id else others.none()
    keys: Any = _latest(at_the_place, SHOWN + COUNTED + 1, here=True).union(_latest(alike, SHOWN, here=False), all=True)
    found = sorted(keys, reverse=True)
    here = [key for key, is_here in found if is_here]
    elsewhere = [key for key, is_here in found if not is_here][: max(SHOWN - len(here), 0)]
    shown = [*here[:SHOWN], *elsewhere]
    rows = Action.objects.with_current().select_related("issue__closure").in_bulk(shown) if shown else {}
    return TriedBefore([rows[key] for key in here[:SHOWN]], [rows[key] for key in elsewhere], len(here[SHOWN:]))


def _at_its_place(issue: Issue) -> Q:
    """Of an issue at its known place, else where the place is told in the same words; of none where none is told."""
    if issue.place_id:
        return Q(issue__in=Issue.objects.filter(place=issue.place_id).values("pk"))
    if not issue.where:
        return Q(pk__in=[])
    same: Any = Issue.objects.alias(words=Lower("where")).filter(words=issue.where.lower())
    return Q(issue__in=same.values("pk"))


def _latest(actions: Any, number: int, *, here: bool) -> Any:
    return actions.order_by("-pk").values_list("pk", Value(here))[:number]
