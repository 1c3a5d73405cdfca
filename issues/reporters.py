"""Who has reported in an issue, and which of its events are told to them: every change that matters to them."""

from __future__ import annotations

from django.db.models import Q

from base.swedish.said_days import Precision
from issues.models import Answer, Event, Issue, Observation
from members.models import Member
from members.models.member import MemberQuerySet

Kinds = Event.Kind
MATTERS = (
    *(Kinds.PROPOSED, Kinds.DECIDED, Kinds.MOVED, Kinds.ANSWERED, Kinds.DONE, Kinds.DATE_CHANGED),
    *(Kinds.REOPENED, Kinds.REMAINS),
)
"""The kinds some of which are."""


def matters() -> Q:
    """The condition that an event is told to those who have reported: what is asked back, or reviewed, is not."""
    asked_back = Q(answer__kind=Answer.Kind.QUESTION)
    to_nobody = Q(answer__kind=Answer.Kind.PASSED_ON, answer__passed_to=None)
    asked_anew = Q(kind=Kinds.MOVED, answer=None, facts__how__in=["reply", "again"])
    of_no_action = Q(kind=Kinds.DECIDED, action=None)
    reviews = Q(date_change__old_precision=Precision.RUNNING, date_change__new_precision=Precision.RUNNING)
    return Q(kind__in=MATTERS) & ~asked_back & ~to_nobody & ~asked_anew & ~of_no_action & ~reviews


def is_told(event: Event) -> bool:
    return event.kind in MATTERS and Event.objects.filter(matters(), pk=event.pk).exists()


def reporters_of(issue: Issue) -> MemberQuerySet:
    """Those who may sign in and have a report in it that stands."""
    reported = Observation.objects.of(issue).values("reporter")
    members: MemberQuerySet = Member.objects.active().filter(pk__in=reported)
    return members
