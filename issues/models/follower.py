from __future__ import annotations

from datetime import datetime
from typing import Any

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from base.records import Timestamped, among
from issues.models.event import Event
from issues.models.issue import Issue, IssueQuerySet
from members.actor import Actor
from members.models import Member


class FollowerQuerySet(models.QuerySet["Follower"]):
    def of(self, member: Member) -> FollowerQuerySet:
        return self.filter(member=member)


@pghistory.track()
class Follower(Timestamped):
    """A member of the group who follows an issue: its news stand on her start page. Following is not reporting.

    It is her own affair and no line of the timeline.
    """

    append_only = deletable = True

    member = models.ForeignKey(  # an index of its own begins with it
        Member, models.CASCADE, related_name="+", db_index=False
    )
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+")

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "issue"], name="issue_followed_once")]

    def __str__(self) -> str:
        return f"{self.member} följer {self.issue}"

    # Verbs

    @classmethod
    def begin(cls, issue: Issue, *, by: Actor, at: datetime | None = None) -> None:
        """Let her follow the issue; she may do so already."""
        row = cls(member=by.member, issue=issue, created_at=at or timezone.now())
        cls.objects.bulk_create([row], ignore_conflicts=True)

    @classmethod
    def end(cls, issue: Issue, *, by: Actor) -> None:
        """Let her follow the issue no longer."""
        cls.objects.of(by.member).filter(issue=issue).delete()


def keys_of_latest_in_followed(member: Member, number: int) -> QuerySet[Any, Any]:
    """The keys of the latest event in each issue that she follows, as far as she may see; of these the so many latest.

    Asked issue by issue, which reads one event of each off an index.
    """
    followed = Follower.objects.of(member).filter(Issue.visible_at("issue", member))
    told = Event.objects.visible_to(member).filter(issue=OuterRef("issue")).latest_first()
    of_each = Event.objects.filter(among(followed.values(latest=Subquery(told.values("pk")[:1]))))
    return of_each.latest_first().values("pk")[:number]


def with_following(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """Issues with `is_followed`: whether she follows it."""
    own = Follower.objects.of(member).filter(issue=OuterRef("pk"))
    return issues.annotate(is_followed=Exists(own))
