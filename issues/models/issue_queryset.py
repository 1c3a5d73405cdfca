from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from issues.models.assignment import Assignment
from issues.models.category import Category
from issues.models.issue_state import IssueState
from issues.models.named import Named
from issues.models.standing import Standing, is_silent, is_waiting
from members.models import Member, Organisation

if TYPE_CHECKING:
    from issues.models.issue import Issue  # noqa: F401


class IssueQuerySet(models.QuerySet["Issue"]):
    # Who may know

    def unless_hidden_from(self, member: Member) -> IssueQuerySet:
        """Without the restricted ones that the member is not named on, the samordnare too."""
        named = Named.objects.filter(issue=OuterRef("pk"), member=member)
        return self.filter(Q(restricted=False) | Q(Exists(named)))

    def asked_of(self, organisation_ids: Iterable[int]) -> IssueQuerySet:
        """Those on which one of the organisations has or had a question; a draft is no question yet."""
        asked = Assignment.objects.filter(
            action__issue=OuterRef("pk"), organisation__in=organisation_ids, asked_at__isnull=False
        )
        return self.filter(Exists(asked))

    def visible_to(self, member: Member) -> IssueQuerySet:
        """The group and readers see all; a handläggare what her organisations were asked about."""
        seen = self.unless_hidden_from(member)
        if member.sees_everything_unrestricted or member.is_reader:
            return seen
        return seen.asked_of(member.handled_ids)

    # Selections

    def numbered(self, number: str) -> IssueQuerySet:
        year, _, serial = number.partition("-")
        return self.filter(year=int(year), serial=int(serial))

    def open(self) -> IssueQuerySet:
        return self.exclude(state=IssueState.CLOSED)

    def closed(self) -> IssueQuerySet:
        return self.filter(state=IssueState.CLOSED)

    def standing(self, standing: Standing, today: date) -> IssueQuerySet:
        return self.filter(standing.condition(today))

    def at(self, words: str) -> IssueQuerySet:
        """Those whose place, or the locality it lies in, or words of where, contain the words."""
        place = Q(place__name__icontains=words) | Q(place__locality__name__icontains=words)
        return self.filter(place | Q(where__icontains=words))

    def about(self, category: Category) -> IssueQuerySet:
        """Those of the category or of one under it."""
        return self.filter(Q(category=category) | Q(category__parent=category))

    def opened_since(self, day: date) -> IssueQuerySet:
        return self.filter(created_at__date__gte=day)

    def carried_by(self, organisation: Organisation) -> IssueQuerySet:
        """Those in which the organisation has something to answer or do, or has done it."""
        return self.filter(pk__in=Assignment.objects.carried().of([organisation.pk]).values("action__issue"))

    # What a list shows

    def with_facts(self) -> IssueQuerySet:
        return self.select_related("category")

    def latest_first(self) -> IssueQuerySet:
        return self.order_by("-created_at", "-pk")

    def last_happened_first(self) -> IssueQuerySet:
        """By `happened_at` of `with_row_facts`; what a search found nearest stands before."""
        nearest = [F("nearness")] if "nearness" in self.query.annotations else []
        return self.order_by(*nearest, F("happened_at").desc(nulls_last=True), "-pk")

    def nearest_first(self) -> IssueQuerySet:
        """What `search` found, step by step, the latest first in each."""
        return self.order_by("nearness", "-created_at", "-pk")  # type: ignore[misc]  # annotated by search()

    # Counts

    def standing_counts(self, today: date) -> dict[Standing, int]:
        """How many stand where, in one question."""
        counts = {s.name.lower(): Count("pk", filter=s.condition(today)) for s in Standing if s is not Standing.ALL}
        counted = self.order_by().aggregate(**counts, all=Count("pk"))
        return {standing: counted[standing.name.lower()] for standing in Standing}

    def waiting_and_silent(self, today: date) -> tuple[int, int]:
        """How many wait for an answer, and how many of them for too long."""
        counted = self.order_by().aggregate(
            waiting=Count("pk", filter=is_waiting()), silent=Count("pk", filter=is_silent(today))
        )
        return counted["waiting"], counted["silent"]
