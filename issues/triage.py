"""Sorting observations, one or several in one act: attached to an issue, a new issue, noted, rejected, put back.

Of several, what another has sorted meanwhile stays as that was, and is told; the rest goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from base.records import Conflict, NotAllowed
from base.records.stateful import NOTHING_CHANGED
from issues.models.access_grant import AccessGrant
from issues.models.event import Event
from issues.models.follower import Follower
from issues.models.issue import Issue
from issues.models.observation import Observation
from issues.striking import lock_elsewhere, strike
from members.actor import Actor
from members.models import Member

MIXED = "Observationer med begränsad spridning blir ett ärende för sig. Markera bara dem, eller bara de andra."

BY_MISTAKE = "Öppnandet ångrades."


@dataclass(frozen=True)
class Sorted:
    """What one act came to: the observations that it sorted, and those that it left as another had sorted them.

    Of an issue that had been `opened` from those that were put back, `kept` says why it was not struck.
    """

    done: Sequence[Observation]
    left: Sequence[Observation] = ()
    opened: Issue | None = None
    kept: str = ""


KEPT_BY: list[Callable[[Issue], str]] = []
"""Questions of the apps above: what keeps an issue that was opened by mistake, in words; empty where nothing does."""


@transaction.atomic
def open_issue_from(
    observations: Iterable[Observation],
    *,
    by: Actor,
    at: datetime | None = None,
    restricted: bool = False,
    **facts: Any,
) -> Issue:
    """Open an issue from observations and return it. If one is restricted so is the issue, with the same grants.

    Raises Conflict when an observation has been sorted meanwhile, ValidationError on bad facts.
    """
    observations = list(observations)
    restricted = restricted or any(observation.restricted for observation in observations)
    named = _named_on(observations) if restricted else set()
    issue = Issue.create(by=by, at=at, observations=len(observations), restricted=restricted, named=named, **facts)
    for observation in observations:
        observation.attach(issue, by=by, at=at)
    return issue


def to_be_named(observations: Sequence[Observation], by: Member) -> list[Member]:
    """Who is named on an issue that she opens from restricted observations; none where they are open."""
    if not all(observation.restricted for observation in observations):
        return []
    return list(Member.objects.filter(pk__in={by.pk, *_named_on(observations)}).in_order())


@transaction.atomic
def sort_into_new_issue(observations: Sequence[Observation], *, by: Actor, **facts: Any) -> Sorted:
    """Open an issue from those of the observations that still wait.

    Raises Conflict when none does, NotAllowed when some are restricted and others not, ValidationError on bad facts.
    """
    if len({observation.restricted for observation in observations}) > 1:
        raise NotAllowed(MIXED)
    waiting, left = _waiting(observations)
    open_issue_from(waiting, by=by, **facts)
    return Sorted(waiting, left)


@transaction.atomic
def sort_each(observations: Sequence[Observation], verb: Callable[[Observation], None]) -> Sorted:
    """Sort those of the observations that still wait by the verb. Raises what it raises; Conflict when none waits."""
    waiting, left = _waiting(observations)
    for observation in waiting:
        verb(observation)
    return Sorted(waiting, left)


@transaction.atomic
def put_back_each(versions: Mapping[int, str], *, by: Actor, opened: Issue | None = None) -> Sorted:
    """Put back those of the observations that are as they were left, by their versions. Raises Conflict when none is.

    The issue that was `opened` from them is struck, unless it was not, or something else has come to it.
    """
    if opened:
        lock_elsewhere(opened)
    observations = _locked(versions)
    waiting = [each for each in observations if each.version == versions[each.pk] and each.may_move_back]
    left = [each for each in observations if each not in waiting]
    if not waiting:
        raise Conflict(_refusal(left))
    for observation in waiting:
        observation.put_back(by=by)
    if not opened:
        return Sorted(waiting, left)
    opened.lock()  # who writes in it waits, or has written: only then is it asked
    kept = _kept(opened, waiting, by=by)
    if not kept:
        strike(opened, reason=BY_MISTAKE, by=by)
    return Sorted(waiting, left, opened, kept)


def _kept(issue: Issue, observations: Sequence[Observation], *, by: Actor) -> str:
    """Why an issue is kept though the observations it was opened from are put back; empty where nothing keeps it.

    Asked of what she may know of: a restricted observation that has come to it waits to be sorted again, as the others.
    """
    opening = issue.events.filter(kind=Event.Kind.OPENED).first()
    came = issue.events.filter(kind=Event.Kind.OBSERVED).order_by("pk").values_list("observation_id", flat=True)
    origin = [*came[: opening.facts.get("observations", 0)]] if opening else []
    since = issue.events.visible_to(by.member).exclude(kind=Event.Kind.OPENED).exclude(observation__in=origin)
    if not {each.pk for each in observations} <= {*origin}:
        return "det öppnades inte ur de här observationerna"
    if issue.observations.visible_to(by.member).exists():
        return "det har fler observationer"
    if issue.actions.exists():
        return "det har åtgärder"
    if issue.notes.standing().exists():
        return "det har anteckningar"
    if issue.state != Issue.State.NEW or since.exists():
        return "det har hänt mer i det"
    if Follower.objects.filter(issue=issue).exclude(member=by.member).exists():
        return "någon annan följer det"
    return next(filter(None, (keeps(issue) for keeps in KEPT_BY)), "")


def _waiting(observations: Sequence[Observation]) -> tuple[Sequence[Observation], Sequence[Observation]]:
    """Those that wait to be sorted, and those that do not. Raises Conflict when none does.

    One by itself is locked and refused by its verb.
    """
    if len(observations) == 1:
        return observations, ()
    locked = _locked([observation.pk for observation in observations])
    waiting = [observation for observation in locked if observation.is_new]
    if not waiting:
        raise Conflict(_refusal(locked))
    return waiting, [observation for observation in locked if not observation.is_new]


def _locked(keys: Iterable[int]) -> list[Observation]:
    """Lock the rows before any issue, and always in the same order: two who sort at once never wait for each other."""
    rows = Observation.with_withdrawn.filter(pk__in=list(keys)).select_related("category", "state_by", "issue")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _refusal(observations: Iterable[Observation]) -> str:
    return " ".join([*dict.fromkeys(each.refusal(therefore="") for each in observations), NOTHING_CHANGED])


def _named_on(observations: Iterable[Observation]) -> set[int]:
    """Those who see one of them, by their keys: their reporters too."""
    granted = AccessGrant.objects.filter(observation__in=observations).values_list("member_id", flat=True)
    return {*granted, *(observation.reporter_id for observation in observations)}
