"""What has happened of late that a member is told of: whom the events are mailed to (notices.py), asked from her side.

The mail asks of one event whom it concerns, the start page of one member which events. Both have their kinds from one
table, their lines from one place, and a test that they agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from issues.link_receipts import TOLD_BY_LINK, is_their_word
from issues.models import Event, Follower, Issue, Observation, load_points
from issues.notices import ANSWERED, ENDED, NEWS, TELLS, WRITTEN_AFTERWARDS
from issues.reporters import matters
from issues.texts.notices import answered_line, ended_line, followed_line
from issues.texts.remaining import remains_line
from issues.texts.reporter import reporter_line
from members.actor import Channel
from members.models import Member

FEW = 60
"""So many of the latest are read, of which some stand elsewhere on the page, or say the same as a later one."""


@dataclass(frozen=True)
class NewsLine:
    """One line of news: the words of the mail's line, where one reads on, when it was, and what it is about."""

    line: str
    url: str
    at: datetime
    issue: Issue | None = None


def keys_of_news(member: Member, since: datetime) -> QuerySet[Any, Any]:
    """The keys of the latest events since then that she is told of, the latest first."""
    told = Event.objects.standing().less_settled_questions().visible_to(member)
    told = told.filter(_concerns(member, since), Issue.visible_at("issue", member)).exclude(
        issue__state=Issue.State.STRUCK
    )
    return told.latest_first().values("pk")[:FEW]


def events_by_key(member: Member, keys: Iterable[int]) -> list[Any]:
    """The events with these keys, the latest first, with what their lines and sentences are made of.

    `has_reported`: whether she has reported to the issue; `tells_reporters`: whether it is told to those who have.
    """
    reported = Observation.objects.filter(reporter=member, issue=OuterRef("issue"))
    events = Event.objects.filter(pk__in=keys).annotate(
        has_reported=Exists(reported), tells_reporters=Case(When(matters(), then=True), default=False)
    )
    found = list(events.with_points().select_related("issue__closure", "action").latest_first())
    load_points(found)
    return found


def line_of(event: Any, member: Member) -> NewsLine:
    """What the mail to her says of it in one line."""
    if event.kind == Event.Kind.CLOSED:
        line, url = ended_line(event, has_reported=event.has_reported), event.issue.get_absolute_url()
    elif event.kind == Event.Kind.REMAINS and member.is_coordinator:
        line, url = remains_line(event), event.issue.get_absolute_url()
    elif _is_answer_to(event, member):
        line, url = answered_line(event), event.action.get_absolute_url()
    elif event.has_reported and event.tells_reporters:
        line, url = reporter_line(event), event.issue.get_absolute_url()
    else:
        line, url = followed_line(event), event.issue.get_absolute_url()
    return NewsLine(line, url, event.at, event.issue)


def _kinds(notice: str) -> list[str]:
    return [kind for kind, told in TELLS.items() if notice in told]


def _concerns(member: Member, since: datetime) -> Q:
    """The condition that she is told of the event: an answer, news of what she follows, how it ended."""
    followed = Q(issue__in=Follower.objects.of(member).values("issue"))
    reported = Q(issue__in=Observation.objects.reported_by(member).exclude(issue=None).values("issue"))
    told = Q(kind__in=_kinds(NEWS)) & followed
    told |= matters() & reported
    told |= Q(kind__in=_kinds(ENDED), closure=F("issue__closure")) & (followed | reported)
    if member.is_coordinator:
        theirs = ~Q(kind=Event.Kind.MOVED, answer=None) & (~Q(kind__in=TOLD_BY_LINK) | Q(channel=Channel.LINK))
        told |= Q(kind__in=_kinds(ANSWERED)) & theirs
    by_another = Q(by=None) | ~Q(by=member)
    by_another &= ~Q(channel__in=Channel.of_before())
    return told & by_another & Q(recorded_at__gte=since, recorded_at__lte=F("at") + WRITTEN_AFTERWARDS)


def _is_answer_to(event: Event, member: Member) -> bool:
    return member.is_coordinator and event.kind in _kinds(ANSWERED) and is_their_word(event)
