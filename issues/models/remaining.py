"""Kvarstår problemet? A reporter says so: what was closed, or reported done, is opened again for all to see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from base.records import Conflict, NotAllowed
from base.records.stateful import NOTHING_CHANGED
from issues.models.closure import Closure
from issues.models.event import Event
from issues.models.issue import CLOSED_ANEW, Issue, IssueQuerySet
from issues.models.issue_status import UNCLOSED
from issues.models.observation import Observation
from issues.models.status import NOT_ENDED, ActionState
from members.actor import Actor
from members.models import Member

GOES_ON = {
    *(Event.Kind.DECIDED, Event.Kind.PROPOSED, Event.Kind.DISCUSSED, Event.Kind.PAUSED),
    *(Event.Kind.CLOSED, Event.Kind.ISSUE_STRUCK, Event.Kind.REMAINS),
}
"""What the group does about it; said anew it is told once."""
UNDER_WAY = NOT_ENDED - {ActionState.DRAFT}
"""A draft is asked of nobody, and not known to all: whoever says so need not wait for it."""
IS_OPEN = f"Ärendet är redan öppet, så det behöver inte sägas igen. {NOTHING_CHANGED}"
IS_ELSEWHERE: dict[str, str] = {
    Closure.Outcome.DUPLICATE: f"Ärendet är en dubblett. Rapportera i det ärende som det hör till. {NOTHING_CHANGED}",
    Closure.Outcome.NOT_OURS: f"Ärendet är avslutat som inte gruppens ansvar. {NOTHING_CHANGED}",
}


def with_reports(issues: IssueQuerySet, member: Member) -> IssueQuerySet:
    """Issues with `has_reported`, whether she has, and `remains_since`, when somebody last said that it remains."""
    own = Observation.objects.reported_by(member).filter(issue=OuterRef("pk"))
    said = Event.objects.filter(issue=OuterRef("pk"), kind=Event.Kind.REMAINS).latest_first().values("at")[:1]
    return issues.annotate(has_reported=Exists(own), remains_since=Subquery(said))


def seems_solved(issue: Issue) -> bool:
    """Whether the issue is closed, or all in it that somebody was to do is done, and nobody has said otherwise since.

    Closed as another issue's, or as not the group's, it is not. Of an issue with_reports() and its actions.
    """
    if issue.closure:
        return not issue.closure.is_elsewhere
    return bool(_done(issue)) and _rests(issue) and not remains(issue)


def remains(issue: Issue) -> bool:
    """Whether a reporter has said so of the open issue and nobody has anything to do about it, nor has done since.

    Of an issue as above; until it is asked for its reports, nobody has.
    """
    since: datetime | None = getattr(issue, "remains_since", None)
    return since is not None and _rests(issue) and all(since > at for at in _done(issue))


def keys_of_remaining(member: Member, number: int) -> QuerySet[Any, Any]:
    """The keys of the latest of each open issue where a reporter says so, until the group has gone on with it.

    To one who leads; the so many latest.
    """
    later = Event.objects.filter(issue=OuterRef("issue"), pk__gt=OuterRef("pk"), kind__in=GOES_ON)
    said = Event.objects.filter(Issue.visible_at("issue", member), kind=Event.Kind.REMAINS, issue__state__in=UNCLOSED)
    return said.filter(~Exists(later)).latest_first().values("pk")[:number]


@transaction.atomic
def say_it_remains(issue: Issue, *, by: Actor, text: str = "", entry: str = "", at: datetime | None = None) -> None:
    """Say that the problem is still there, in words where she has any: a closed issue is open again.

    `entry` names the closing that is meant. Told as the word of the organisation that she reported for. Raises Conflict
    where it is open already and not all done, or was closed anew, NotAllowed where it was closed as no work of its own.
    """
    issue.lock()
    at = at or timezone.now()
    known = with_reports(Issue.with_struck.filter(pk=issue.pk).select_related("closure"), by.member).get()
    if known.closure and known.closure.is_elsewhere:
        raise NotAllowed(IS_ELSEWHERE[known.closure.outcome])
    if not seems_solved(known):
        raise Conflict(IS_OPEN)
    was_closed = issue.is_closed
    if was_closed:
        issue.check_entry(entry, CLOSED_ANEW)
        issue.set_state(Issue.State.OPEN, by=by, at=at, closure=None)
    hers = Observation.objects.of(issue).reported_by(by.member).select_related("organisation").latest_first().first()
    speaker = by.speaking_for(hers.organisation) if hers else by
    issue.record(Event.Kind.REMAINS, by=speaker, at=at, text=text, facts={"reopened": was_closed})


# Private


def _rests(issue: Issue) -> bool:
    return issue.is_open and not any(action.state in UNDER_WAY for action in issue.actions.all())


def _done(issue: Issue) -> list[datetime]:
    return [action.done_at for action in issue.actions.all() if action.done_at]
