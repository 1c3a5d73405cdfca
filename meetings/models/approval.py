"""Justering: who approves the minutes of a meeting, and the marks that they have set on its versions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject, Lower
from django.urls import reverse
from django.utils import timezone

from base.records import FreeLine, FreeText, StoredRow, Versioned
from base.records.guards import DatabaseCheck, guarded_by
from meetings.models import fixed
from meetings.models.meeting import Meeting
from meetings.models.minutes import Minutes
from meetings.models.sat import LONGEST_HOME, LONGEST_NAME, LONGEST_TITLE
from members.models import Group, Member

MOST_APPROVERS = 4
APPROVING = "justering"
"""The place on the page of the minutes where they are approved."""
MARKED = ("kind", "text", "at", "signed_on")


class ApproverQuerySet(models.QuerySet["Approver"]):
    def chosen(self) -> ApproverQuerySet:
        return self.filter(is_chosen=True)

    def at(self, meeting: Meeting) -> ApproverQuerySet:
        """Those of the meeting, also who is chosen no longer, in the order in which they were chosen."""
        return self.of([meeting.pk])

    def of(self, meetings: Collection[int]) -> ApproverQuerySet:
        """Those of several, by their keys."""
        return self.filter(meeting__in=meetings).select_related("member__organisation").order_by("created_at", "pk")

    def with_marks(self) -> Any:
        """Each with `said`: what she has said of which version, in that order, as data."""
        facts: dict[str, Any] = {name: F(name) for name in MARKED}
        of_her = Approval.objects.filter(approver=OuterRef("pk")).order_by("at", "pk")
        told = JSONObject(**facts, key="pk", version="minutes__version", by="by__name")
        return self.annotate(said=ArraySubquery(of_her.values(told=told)))

    def waited_for(self, member: Member) -> Any:
        """Those that are the member, who has not said anything of what the minutes say now.

        None of a guest, who does not read them here: what she signs is on paper.
        """
        last_words = Minutes.objects.filter(meeting=OuterRef("meeting")).exclude(content__has_key="registered")
        words = Subquery(last_words.order_by("-version").values("version")[:1])
        said = Approval.objects.filter(approver=OuterRef("pk"), minutes__version__gte=OuterRef("words"))
        last = Subquery(said.order_by("-at", "-pk").values("kind")[:1])
        closed = Q(meeting__state=Meeting.State.CLOSED, meeting__correcting_since=None)
        chosen = self.chosen() if member.reads_all else self.none()
        hers = chosen.filter(closed, member=member).annotate(words=words).annotate(last=last)
        return hers.filter(Q(last=None) | Q(last=Approval.Kind.TAKEN_BACK)).order_by("-meeting__starts_at", "pk")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def wished_of(self, member: Member) -> ApprovalQuerySet:
        """What is wished of what the minutes say now and she may put right, less where she who wished it has approved
        since or is chosen no longer; the latest first.
        """
        closed = self.filter(kind=Approval.Kind.WISHED, minutes__meeting__state=Meeting.State.CLOSED)
        closed = closed.filter(approver__is_chosen=True)
        if not member.is_coordinator:
            leads = Q(minutes__meeting__chair=member) | Q(minutes__meeting__secretary=member)
            closed = closed.filter(leads) if member.is_in_group else closed.none()
        later = Minutes.objects.filter(meeting=OuterRef("minutes__meeting"), version__gt=OuterRef("minutes__version"))
        since = Approval.objects.filter(approver=OuterRef("approver"), pk__gt=OuterRef("pk"))
        approved = since.filter(kind=Approval.Kind.APPROVED)
        standing = closed.exclude(Exists(later.exclude(content__has_key="registered"))).exclude(Exists(approved))
        return standing.order_by("-at", "-pk")

    def with_meeting(self) -> ApprovalQuerySet:
        """With who says it, of which meeting, and what its minutes are called, as `frozen_name`."""
        read = self.select_related("approver__member", "minutes__meeting").defer("minutes__content")
        return read.annotate(frozen_name=F("minutes__content__called"))


def may_choose(meeting: Meeting, group: Group) -> bool:
    """Whether anybody is to be chosen: the group has its minutes approved, and the meeting has begun.

    Nobody at one that was held on paper: its minutes are the old ones.
    """
    return group.approves_minutes and not (meeting.is_cancelled or meeting.is_planned or meeting.is_on_paper)


@pghistory.track()
@guarded_by(fixed.APPROVER, fixed.APPROVER_STANDS)
class Approver(Versioned):
    """Justerare: one who was at the meeting and is chosen to approve its minutes, with or without an account.

    A row is never taken away: who is chosen no longer may have said something of a version.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="approvers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    name = FreeLine("namn", max_length=LONGEST_NAME, blank=True)
    title = FreeLine("titel", max_length=LONGEST_TITLE, blank=True)
    home = FreeLine("varifrån", max_length=LONGEST_HOME, blank=True)
    is_chosen = models.BooleanField("vald", default=True)

    objects = ApproverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="approver_once_at_a_meeting"),
            models.UniqueConstraint(
                "meeting", Lower("name"), Lower("title"), Lower("home"), condition=Q(member=None), name="approver_once"
            ),
            DatabaseCheck(
                condition=Q(member=None) & ~Q(name="") | Q(member__isnull=False, name="", title="", home=""),
                name="approver_is_a_member_or_named",
            ),
        ]

    def __str__(self) -> str:
        return self.person

    def get_absolute_url(self) -> str:
        return reverse("meetings:approvers", args=[self.meeting_id])

    @property
    def person(self) -> str:
        return str(self.member or self.name)

    @property
    def person_title(self) -> str:
        return self.member.title if self.member else self.title

    @property
    def comes_from(self) -> str:
        return str(self.member.organisation or "") if self.member else self.home

    @property
    def can_sign_in(self) -> bool:
        """Whether she reads the minutes in the register, and so approves them herself."""
        return bool(self.member and self.member.is_active and self.member.reads_all)


@guarded_by(fixed.APPROVAL)
class Approval(StoredRow):
    """What an approver has said of one version: that she approves it, that this is taken back, or what she wants put
    right. Only added, so that who said what stands.

    signed_on  the day that she signed on paper, of a mark that somebody else has noted for her
    """

    append_only = True

    class Kind(models.TextChoices):
        APPROVED = "approved", "justerad"
        TAKEN_BACK = "taken back", "inte justerad"
        WISHED = "wished", "ska rättas"

    approver = models.ForeignKey(Approver, models.PROTECT, related_name="approvals")
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="approvals")
    kind = models.CharField(max_length=10, choices=Kind)
    text = FreeText("vad som ska rättas", max_length=2000, blank=True)
    signed_on = models.DateField("justerat på papper", null=True, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            DatabaseCheck(
                condition=Q(kind="wished") & ~Q(text="") | ~Q(kind="wished") & Q(text=""),
                name="approval_wish_says_what",
            ),
            DatabaseCheck(condition=Q(signed_on=None) | Q(kind="approved"), name="approval_on_paper_is_an_approval"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes}, {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Where on the page of the minutes it is told."""
        return f"{reverse('meetings:minutes_detail', args=[self.minutes.meeting_id])}#{APPROVING}"
