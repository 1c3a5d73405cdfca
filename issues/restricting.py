"""Begränsad spridning: marked and lifted on an issue, members named and un-named on it or on an observation.

The clock of a question, and of a promise, goes only while somebody who answers for the organisation may read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from base.logs.security import SecurityEvent, happened
from base.records import Conflict, NotAllowed
from base.records.stateful import NOTHING_CHANGED
from base.swedish.words import listed
from issues.models import AccessGrant, Action, Assignment, Event, Issue, Observation
from issues.models.status import NOT_ENDED
from issues.naming import can_be_unnamed, whom_to_name
from issues.receivers import receivers
from members.actor import Actor
from members.models import Member

MARKED = f"Ärendet har redan begränsad spridning. {NOTHING_CHANGED}"
LIFTED = f"Spridningen är inte begränsad längre. {NOTHING_CHANGED}"
LAST = "Minst en i gruppen måste vara namngiven. Namnge någon annan först."


@transaction.atomic
def restrict(issue: Issue, *, reason: str, named: Iterable[int], by: Actor, at: datetime | None = None) -> None:
    """Let only those named, by their keys, and who does it see the issue. Raises Conflict when it is so already."""
    at = at or timezone.now()
    _lock(issue)
    if issue.restricted:
        raise Conflict(MARKED)
    members = {*_ensure_can_be_named(issue, named), by.member.pk}
    issue.save(update_fields=issue.set({"restricted": True}, by=by))
    given = AccessGrant.give(issue, members, by=by, at=at)
    happened(SecurityEvent.RESTRICTED, issue=issue.pk)
    issue.record(Event.Kind.RESTRICTED, by=by, at=at, text=reason, facts={"members": given})
    Event.settle_last(issue.observations.all())
    Assignment.objects.current().asked().filter(action__issue=issue).renew_links()
    _settle_clocks(issue, by=by, at=at)


@transaction.atomic
def lift(issue: Issue, *, reason: str, by: Actor, at: datetime | None = None) -> None:
    """Let all who see other issues see it. Nobody is named any longer. Raises Conflict, NotAllowed."""
    at = at or timezone.now()
    _lock(issue)
    _ensure_may_name(issue, by)
    issue.save(update_fields=issue.set({"restricted": False}, by=by))
    AccessGrant.take(issue)
    happened(SecurityEvent.RESTRICTION_LIFTED, issue=issue.pk)
    issue.record(Event.Kind.LIFTED, by=by, at=at, text=reason)
    Event.settle_last(issue.observations.all())
    _settle_clocks(issue, by=by, at=at)


@transaction.atomic
def name(thing: Issue | Observation, members: Iterable[int], *, by: Actor, at: datetime | None = None) -> None:
    """Let the members, by their keys, see it too. Raises Conflict when all of them do already, NotAllowed."""
    at = at or timezone.now()
    _lock(thing)
    _ensure_may_name(thing, by)
    keys = _ensure_can_be_named(thing, members)
    new = AccessGrant.give(thing, keys, by=by, at=at)
    if not new:
        names = listed([str(member) for member in Member.objects.filter(pk__in=keys).in_order()])
        raise Conflict(f"{names} är redan {'namngivna' if keys[1:] else 'namngiven'}. {NOTHING_CHANGED}")
    if isinstance(thing, Issue):
        thing.record(Event.Kind.NAMED, by=by, at=at, facts={"members": new})
        _settle_clocks(thing, by=by, at=at)


@transaction.atomic
def unname(thing: Issue | Observation, member: Member, *, by: Actor, at: datetime | None = None) -> None:
    """Let the member see it no longer. Raises Conflict when she does not, NotAllowed when nobody would be left."""
    at = at or timezone.now()
    _lock(thing)
    _ensure_may_name(thing, by)
    if not AccessGrant.objects.to(thing).filter(member=member).exists():
        raise Conflict(f"{member} är inte namngiven längre. {NOTHING_CHANGED}")
    if member.pk not in can_be_unnamed(thing):
        raise NotAllowed(LAST)
    AccessGrant.take(thing, member.pk)
    if isinstance(thing, Issue):
        thing.record(Event.Kind.UNNAMED, by=by, at=at, facts={"members": [member.pk]})
        _settle_clocks(thing, by=by, at=at)


# Private


def _lock(thing: Issue | Observation) -> None:
    """Lock the row; of an issue its actions before, as whoever answers does, and those that tell of its reports too."""
    if isinstance(thing, Issue):
        list(Action.objects.filter(issue=thing).order_by("pk").select_for_update(no_key=True).values_list("pk"))
        tell_of_it = Event.objects.filter(observation__issue=thing).values("issue")
        issues = Issue.with_struck.filter(Q(pk=thing.pk) | Q(pk__in=tell_of_it)).order_by("pk")
        list(issues.select_for_update(no_key=True).values_list("pk"))
    thing.lock()


def _ensure_may_name(thing: Issue | Observation, by: Actor) -> None:
    """Raises Conflict when it is not restricted any longer, or when she is not among those named any longer."""
    if not thing.restricted:
        raise Conflict(LIFTED)
    is_reporter = isinstance(thing, Observation) and thing.reporter_id == by.member.pk
    if not is_reporter and not AccessGrant.objects.to(thing).filter(member=by.member).exists():
        raise Conflict(f"Du är inte namngiven längre. {NOTHING_CHANGED}")


def _ensure_can_be_named(thing: Issue | Observation, members: Iterable[int]) -> list[int]:
    """The members, by their keys. Raises NotAllowed when one is neither of the group nor answers for one asked."""
    keys = {*members}
    known = {*whom_to_name(thing).filter(pk__in=keys).values_list("pk", flat=True)} if keys else set()
    if keys - known:
        raise NotAllowed(f"Alla som är valda kan inte namnges längre. Ladda om sidan och välj igen. {NOTHING_CHANGED}")
    return sorted(keys)


def _settle_clocks(issue: Issue, *, by: Actor, at: datetime) -> None:
    """Stop the clocks of those of whom nobody may read the issue, and let those of the others go on.

    What was asked is then to be answered in the group's usual time; a promise has the day that was promised.
    """
    readers: Any = receivers(issue).order_by().values("pk")
    reads = Q(organisation__in=readers) if issue.restricted else ~Q(pk=None)
    current = Assignment.objects.current().asked().filter(action__issue=issue, action__state__in=NOT_ENDED)
    stands, usual = Q(stands_still=True), Value(by.member.group.answer_due(timezone.localdate(at)))
    due = Case(When(stands & Q(answer=None), then=usual), default=F("answer_due"))
    turned = Case(When(stands, then=Value(False)), default=Value(True))
    current.filter(reads & stands | ~reads & ~stands).update(stands_still=turned, answer_due=due, updated_at=at)
