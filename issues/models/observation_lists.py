"""The lists of observations: whose they are, who may know of them, in which order, and what is read with them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Case, Count, F, Q, Subquery, When, Window
from django.db.models.functions import Greatest

from base.records import RestrictableQuerySet, not_restricted
from base.records.restricted import Row
from base.records.search import plain, strict_to_loose
from issues.models.category import Category
from issues.models.issue import Issue
from members.models import Member, Organisation


class ObservationState(models.TextChoices):
    NEW = "new", "Ny"
    ATTACHED = "attached", "Kopplad till ärende"
    NOTED = "noted", "Noterad för lägesbilden"
    REJECTED = "rejected", "Avvisad"
    WITHDRAWN = "withdrawn", "Tillbakatagen"


class Queue(NamedTuple):
    """The number of observations to sort, and how many of them should be taken up at the meeting."""

    waiting: int
    raised: int


IN_QUEUE = ("-for_meeting", "created_at", "pk")
"""The order in which observations are sorted: those for the meeting first, then the oldest."""


class ObservationLists(RestrictableQuerySet[Row]):
    """What a member finds of the observations, and what is loaded with them."""

    def unrestricted(self) -> Self:
        """The observations that are not restricted, themselves or by their issue."""
        return super().unrestricted().filter(not_restricted("issue"))

    def without_restricted_for(self, member: Member) -> Self:
        """Without those restricted, themselves or by their issue, that the member has no grant to; her own stay."""
        hidden = self.model.hidden_from(member) | Issue.hidden_from(member, "issue")
        return self.filter(Q(reporter=member) | ~hidden)

    def visible_to(self, member: Member) -> Self:
        """All for the group; for a handläggare those of her issues; for others only their own."""
        visible = self.without_restricted_for(member)
        if member.is_in_group:
            return visible
        if member.handled_ids:
            return visible.filter(Q(reporter=member) | Issue.asked_at("issue", member.handled_ids))
        return visible.filter(reporter=member)

    def remaining_for(self, member: Member) -> Self:
        """Less those that another took back: what is left of one only its reporter and the samordnare read."""
        return self if member.is_coordinator else self.filter(Q(reporter=member) | ~Q(state=ObservationState.WITHDRAWN))

    def with_words(self, words: str) -> Self:
        """Those that have the words, also inside others, or whose category does."""
        exact_and_inside = [condition for condition, _ in list(strict_to_loose(plain(words)))[:2]]
        return self.filter(reduce(or_, exact_and_inside) | Q(category__in=Category.objects.containing(plain(words))))

    def of(self, issue: Issue) -> Self:
        return self.filter(issue=issue)

    def in_issues(self, issues: models.QuerySet[Issue]) -> Self:
        return self.filter(issue__in=issues.values("pk"))

    def from_organisation(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def in_state(self, state: str) -> Self:
        """The observations in that state; all of them when the state is unknown."""
        return self.filter(state=state) if state in ObservationState.values else self

    def to_triage(self) -> Self:
        return self.in_state(ObservationState.NEW).order_by(*IN_QUEUE)

    def marked(self, keys: Iterable[str]) -> Self:
        """Those of the keys, sorted or not, in the order of the queue; what is no key is passed over."""
        known = [int(key) for key in keys if key.isdecimal() and len(key) < 12]
        return self.filter(pk__in=known).order_by(*IN_QUEUE).with_related().select_related("state_by")

    def next_to_triage(self, done: Iterable[Any]) -> Row | None:
        """The one to sort after these: itself where it was put back, else the next in the queue."""
        last = max(done, key=lambda each: (not each.for_meeting, each.created_at, each.pk))
        behind = Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, pk__gte=last.pk)
        behind &= Q(for_meeting=last.for_meeting)
        return self.to_triage().filter(behind | Q(for_meeting=False) if last.for_meeting else behind).first()

    def queue(self) -> Queue:
        new = self.in_state(ObservationState.NEW).order_by()
        return Queue(**new.aggregate(waiting=Count("pk"), raised=Count("pk", filter=Q(for_meeting=True))))

    def first_to_triage(self, number: int) -> tuple[list[Row], Queue]:
        """The first of the queue, and how long all of it is, in one query."""
        raised = Window(Count("pk", filter=Q(for_meeting=True)))
        queue = self.to_triage().with_related().annotate(waiting=Window(Count("pk")), raised=raised)
        first: list[Any] = list(queue[:number])
        return first, Queue(first[0].waiting, first[0].raised) if first else Queue(0, 0)

    def reported_by(self, member: Member) -> Self:
        return self.filter(reporter=member)

    def with_related(self) -> Self:
        """With what a row of a list shows of the observation itself."""
        return self.select_related("category", "organisation", "reporter")

    def with_issue_for(self, member: Member) -> Self:
        """With the issue, for what became of it.

        `issue_known`: whether the member may read of the issue, which may be more restricted than it.
        """
        known = Q(issue__isnull=False) & Issue.visible_at("issue", member)
        return self.select_related("issue__closure").annotate(issue_known=Case(When(known, then=True), default=False))

    def latest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def latest_news_first(self) -> Self:
        """Sorted by what last happened, after with_issue_for(): it came, it was sorted, its issue was closed."""
        closed = Case(When(issue_known=True, issue__state=Issue.State.CLOSED, then=F("issue__state_since")))
        news = Greatest("created_at", "state_since", closed)  # what is null is passed over
        return self.order_by(news.desc(), "-pk")

    def keys_of_latest_news(self, number: int) -> models.QuerySet[Any, Any]:
        """The keys of at least the so many with the latest news: the latest of each cause, read off its own index."""
        came = self.order_by("-created_at", "-pk").values("pk")
        triaged = self.exclude(state_since=None).order_by("-state_since", "-pk").values("pk")
        # What was closed before so many came has none of the latest; where fewer have come, all are among them.
        since = Subquery(came.values("created_at")[number - 1 : number])
        closed = self.filter(issue__state=Issue.State.CLOSED, issue__state_since__gte=since).values("pk")
        return came[:number].union(triaged[:number], closed, all=True)
