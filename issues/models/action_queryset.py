from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from issues.models.action_state import ENDED, ActionState
from issues.models.assignment import Assignment
from issues.models.demand import Demand, demand_on, in_order
from issues.models.issue import Issue
from members.models import Member

if TYPE_CHECKING:
    from issues.models.action import Action  # noqa: F401  named in the class below


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, member: Member) -> ActionQuerySet:
        """What hangs on visible issues.

        A draft is part of the unfinished minutes it was typed into: the samordnare and whoever typed it know of it,
        the chair and the secretary read it in the room; everybody else when the meeting has closed and it is asked.
        A förvaltning that met it before then would plan for a question that may be struck.
        """
        seen = self.filter(issue__in=Issue.objects.visible_to(member).values("pk"))
        return seen if member.is_coordinator else seen.filter(self._handed_out() | Q(created_by=member))

    def handed_out(self) -> ActionQuerySet:
        """Asked of somebody once: neither a draft nor a draft that was taken back."""
        return self.filter(self._handed_out())

    def _handed_out(self) -> Q:
        asked = Assignment.objects.filter(action=OuterRef("pk"), asked_at__isnull=False)
        return Q(Exists(asked)) & ~Q(state=ActionState.DRAFT)

    def open(self) -> ActionQuerySet:
        """Not yet at an end: somebody has something left to do or to answer."""
        return self.exclude(state__in=ENDED)

    def sitting_with(self, organisation_ids: Iterable[int]) -> ActionQuerySet:
        """Those whose current assignment is one of the organisations'."""
        current = Assignment.objects.current().filter(action=OuterRef("pk"), organisation__in=organisation_ids)
        return self.filter(Exists(current))

    def with_demand(self, day: date) -> ActionQuerySet:
        """With `demand`: what it takes today, and of whom."""
        current = models.FilteredRelation("assignments", condition=Q(assignments__ended_at=None))
        return self.annotate(sits=current).annotate(demand=demand_on(day))

    def demanding(self, demands: Iterable[Demand]) -> ActionQuerySet:
        return self.filter(demand__in=list(demands))  # type: ignore[misc]  # annotated by with_demand()

    def in_demand_order(self, demands: Iterable[Demand]) -> ActionQuerySet:
        """Sorted by `demand` in this order, what was due first before the rest."""
        return self.order_by(in_order(list(demands)), "sits__answer_due", "pk")  # type: ignore[misc]

    def counts_by_demand(self) -> dict[str, int]:
        counted = self.order_by().values("demand").annotate(number=models.Count("pk"))  # type: ignore[misc]
        return {row["demand"]: row["number"] for row in counted}

    def with_moved_dates(self) -> ActionQuerySet:
        """After with_trail(): also how each promised day came to be what it is."""
        return self.prefetch_related("assignments__date_changes__by")

    def with_trail(self, *also: str) -> ActionQuerySet:
        """With the issue and every handover, newest first: what the state's sentence is made of.

        `also` names whom else of a handover a page tells of.
        """
        trail = Assignment.objects.select_related("organisation", "answered_by", "passed_to", *also).order_by("-pk")
        return self.select_related("issue").prefetch_related(models.Prefetch("assignments", queryset=trail))
