"""Who can be named on what is restricted: the group, and those who answer for one that is asked about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from base.records import Restrictable
from base.swedish.order import swedish_order
from issues.models import AccessGrant, Assignment, Issue, Observation, Opening
from issues.models.access_grant import AccessGrantQuerySet
from members.models import AnswersFor, Member, Organisation, Seat
from members.models.member import MemberQuerySet

CLOSED_TO_ALL: list[Callable[[Issue | Observation, Member, Member], list[str]]] = []
"""What an app above says that no samordnare can open any longer if the member is no longer named on the thing.

The third is who reads it: of what holds something else that is hidden from her she reads nothing.
"""


def closed_to_all(thing: Issue | Observation, member: Member, *, reader: Member) -> list[str]:
    """What nobody can open any longer if she is no longer named on the thing, by its names, as the reader may know."""
    return [name for closed in CLOSED_TO_ALL for name in closed(thing, member, reader)]


def asked_about(issue: Issue | None) -> QuerySet[Organisation]:
    """The organisations that are or were asked in the issue, in order."""
    asked = Assignment.objects.asked().filter(action__issue=issue).values("organisation")
    return Organisation.objects.filter(pk__in=asked).in_order() if issue else Organisation.objects.none()


def whom_to_name(thing: Issue | Observation | None) -> MemberQuerySet:
    """The members who can be named on the thing, one that is yet to be logged where it is None.

    `is_proposed`: whether it is she who needs to see it, as samordnare or for one who is asked. These are first.
    """
    issue = thing.issue if isinstance(thing, Observation) else thing
    asked = asked_about(issue).order_by().values("pk")
    handlers = Q(pk__in=AnswersFor.objects.filter(organisation__in=asked).values("member"))
    sitting = Q(pk__in=Seat.objects.current().filter(organisation__in=asked).values("member"))
    needed = handlers | sitting | Q(is_coordinator=True) if issue else Q(is_coordinator=True)
    group = Q(pk__in=Member.objects.of_the_group().values("pk"))
    known: MemberQuerySet = (
        Member.objects.active().filter(group | handlers if issue else group).select_related("organisation")
    )
    proposed = Case(When(needed, then=Value(True)), default=Value(False))
    return known.annotate(is_proposed=proposed).order_by("-is_proposed", "-is_coordinator", swedish_order("name"), "pk")


def named_in_the_group(thing: Restrictable) -> MemberQuerySet:
    """Those named who can name others: of the group today. One at least is needed, or nobody could."""
    group: MemberQuerySet = Member.objects.of_the_group()
    return group.filter(pk__in=AccessGrant.objects.to(thing).values("member"))


def can_be_unnamed(thing: Restrictable) -> set[int]:
    """Those named, by their keys, without whom somebody of the group is left who is named."""
    group = {*named_in_the_group(thing).values_list("pk", flat=True)}
    return {pk for pk in AccessGrant.objects.to(thing).values_list("member_id", flat=True) if group - {pk}}


def named_alone(member: Member) -> list[Issue | Observation]:
    """What nobody else of the group may read and name others on: she alone is named, and none of them reported it."""
    if not member.is_in_group:
        return []
    others = Member.objects.of_the_group().exclude(pk=member.pk).values("pk")
    same = Q(issue=OuterRef("issue")) | Q(observation=OuterRef("observation"))
    shared = AccessGrant.objects.filter(same, member__in=others)
    hers = AccessGrant.objects.filter(~Exists(shared), member=member).select_related("issue", "observation__category")
    hers = hers.exclude(observation__state=Observation.State.WITHDRAWN).exclude(observation__reporter__in=others)
    return [thing for grant in hers.order_by("pk") for thing in (grant.issue, grant.observation) if thing]


def newly_named(member: Member, since: datetime) -> AccessGrantQuerySet:
    """Her grants since then, given by another, to what she has not opened after it; the latest first."""
    same = Q(issue=OuterRef("issue")) | Q(observation=OuterRef("observation"))
    opened = Opening.objects.filter(same, member=member, at__gte=OuterRef("created_at"))
    seen = Observation.objects.visible_to(member).exclude(state=Observation.State.WITHDRAWN).values("pk")
    known = Q(issue__in=Issue.objects.visible_to(member).values("pk")) | Q(observation__in=seen)
    hers = AccessGrant.objects.filter(known, ~Exists(opened), member=member, created_at__gte=since)
    by_another = hers.exclude(updated_by=member)
    return by_another.select_related("issue", "observation__category", "updated_by").order_by("-created_at", "-pk")
