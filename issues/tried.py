"""What has been tried before: measures that ended at the same place, or, where those are few, of the same category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from base.records import among
from issues.models import Action, Issue
from issues.models.status import ENDED
from members.models import Member

SHOWN = 3
"""Measures that are told of each; so few at the place that others of the category are told as well."""
COUNTED = 50
"""Older ones are counted so far."""
RECENT = 200
"""Issues whose measures are looked at, the latest at the place and of the category: so many have more than are told."""


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
    at_the_place, known = _at_its_place(issue), Issue.objects.without_restricted_for(member)
    alike = known.filter(category=issue.category_id) if issue.category_id else Issue.objects.none()
    elsewhere = Issue.objects.filter(among(_recent(alike))).exclude(at_the_place).values("pk")
    at_it = _recent(known.filter(at_the_place))
    ended = Action.objects.visible_to(member).handed_out().filter(state__in=ENDED).exclude(issue=issue)
    measures = ended.filter(issue__in=at_it.union(elsewhere, all=True)).annotate(is_here=Q(issue__in=at_it))
    found = measures.order_by("-is_here", "-pk").values_list("pk", "is_here")[: SHOWN + COUNTED + 1]
    here = [key for key, is_here in found if is_here]
    others = [key for key, is_here in found if not is_here][: max(SHOWN - len(here), 0)]
    shown = [*here[:SHOWN], *others]
    rows = Action.objects.with_current().select_related("issue__closure").in_bulk(shown) if shown else {}
    return TriedBefore([rows[key] for key in here[:SHOWN]], [rows[key] for key in others], len(here[SHOWN:]))


def _at_its_place(issue: Issue) -> Q:
    """The issues at its known place, else where the place is told in the same words; none where none is told."""
    if issue.place_id:
        return Q(place=issue.place_id)
    if not issue.where:
        return Q(pk__in=[])
    same: Any = Issue.objects.alias(words=Lower("where")).filter(words=issue.where.lower())
    return Q(pk__in=same.values("pk"))


def _recent(issues: Any) -> Any:
    """The keys of the latest, which an index gives in their order."""
    return issues.order_by("-pk").values("pk")[:RECENT]
