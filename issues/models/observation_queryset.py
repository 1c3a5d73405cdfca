from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest

from issues.models.issue import Issue
from issues.models.named import ObservationNamed
from members.models import Member, Organisation

if TYPE_CHECKING:
    from issues.models.observation import Observation  # noqa: F401  named in the class below


class Queue(NamedTuple):
    """How many wait to be sorted, and how many of them should be taken up at the meeting."""

    waiting: int
    raised: int


class ObservationQuerySet(models.QuerySet["Observation"]):
    def unless_hidden_from(self, member: Member) -> ObservationQuerySet:
        """Without what is restricted and not named to the member; a reporter keeps her own."""
        named = ObservationNamed.objects.filter(observation=OuterRef("pk"), member=member)
        issues = Issue.objects.unless_hidden_from(member).values("pk")
        return self.filter(
            Q(reporter=member) | (Q(restricted=False) | Q(Exists(named))) & (Q(issue=None) | Q(issue__in=issues))
        )

    def visible_to(self, member: Member) -> ObservationQuerySet:
        """The group sees all; a handläggare those of her issues; others only their own."""
        seen = self.unless_hidden_from(member)
        if member.sees_everything_unrestricted:
            return seen
        if member.handled_ids:
            asked = Issue.objects.asked_of(member.handled_ids).values("pk")
            return seen.filter(Q(reporter=member) | Q(issue__in=asked))
        return seen.filter(reporter=member)

    def of(self, issue: Issue) -> ObservationQuerySet:
        return self.filter(issue=issue)

    def in_issues(self, issues: models.QuerySet[Issue]) -> ObservationQuerySet:
        return self.filter(issue__in=issues.values("pk"))

    def from_organisation(self, organisation: Organisation) -> ObservationQuerySet:
        return self.filter(organisation=organisation)

    def in_state(self, state: str) -> ObservationQuerySet:
        """Those in that state; all of them when it is none of ours."""
        return self.filter(state=state) if state in self.model.State.values else self

    def to_triage(self) -> ObservationQuerySet:
        return self.in_state(self.model.State.NEW).order_by("-for_meeting", "created_at", "pk")

    def queue(self) -> Queue:
        new = self.in_state(self.model.State.NEW).order_by()
        return Queue(**new.aggregate(waiting=Count("pk"), raised=Count("pk", filter=Q(for_meeting=True))))

    def reported_by(self, member: Member) -> ObservationQuerySet:
        return self.filter(reporter=member)

    def with_facts(self) -> ObservationQuerySet:
        """With all that a row of a list shows, in one query."""
        return self.select_related("category", "organisation", "reporter", "issue")

    def with_issue_for(self, member: Member) -> ObservationQuerySet:
        """Each knows whether the member may read of the issue it led to, which may be more restricted than it."""
        known = Issue.objects.visible_to(member).filter(pk=OuterRef("issue"))
        return self.annotate(issue_known=Exists(known))

    def latest_first(self) -> ObservationQuerySet:
        return self.order_by("-created_at", "-pk")

    def latest_news_first(self) -> ObservationQuerySet:
        """By what last happened to it: it came, it was sorted, its issue was closed."""
        closed = Coalesce("issue__closed_at", "created_at")
        news = Greatest("created_at", Coalesce("triaged_at", "created_at"), closed)
        return self.order_by(news.desc(), "-pk")

    def told_since(self, moment: datetime) -> ObservationQuerySet:
        """Those whose issue has been closed since then, the latest first, after with_issue_for(): one may read why."""
        told = self.filter(issue_known=True, issue__state=Issue.State.CLOSED, issue__closed_at__gte=moment)  # type: ignore[misc]
        return told.order_by("-issue__closed_at", "-pk")
