"""What has been tried before: measures that ended at the same place, or, where those are few, of the same category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
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
    """The ended measures of other issues, as far as the member may see. In three questions at most."""
    others = Action.objects.visible_to(member).handed_out().filter(state__in=ENDED).exclude(issue=issue)
    same_place = _at_its_place(issue)
    here = _latest(others.filter(issue__in=same_place), SHOWN + COUNTED + 1) if same_place is not None else []
    few = SHOWN - len(here)
    alike = others.filter(issue__category=issue.category_id).exclude(pk__in=here)
    elsewhere = _latest(alike, few) if few > 0 and issue.category_id else []
    shown = [*here[:SHOWN], *elsewhere]
    rows = Action.objects.with_current().select_related("issue__closure").in_bulk(shown) if shown else {}
    return TriedBefore(
        here=[rows[key] for key in here[:SHOWN]],
        elsewhere=[rows[key] for key in elsewhere],
        older=len(here[SHOWN:]),
    )


def _at_its_place(issue: Issue) -> QuerySet[Issue] | None:
    """The issues at its known place, else where the place is told in the same words; None where none is told."""
    if issue.place_id:
        return Issue.objects.filter(place=issue.place_id).values("pk")  # type: ignore[return-value]
    if not issue.where:
        return None
    same: Any = Issue.objects.alias(words=Lower("where")).filter(Q(words=issue.where.lower()))
    return same.values("pk")  # type: ignore[no-any-return]


def _latest(actions: QuerySet[Action], number: int) -> list[int]:
    return list(actions.order_by("-pk").values_list("pk", flat=True)[:number])
