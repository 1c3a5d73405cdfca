"""Striking an issue that was opened by mistake, and restoring it: its number stays, with a page that says why.

It is neither open nor closed. Its observations go back to be sorted, and what was asked in it is taken back for the
same reason; what is done or declined keeps its trail, as do the minutes that speak of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from base.logs.security import SecurityEvent, happened
from base.records import Conflict, NotAllowed
from issues.models.access_grant import AccessGrant
from issues.models.action import Action
from issues.models.event import Event
from issues.models.fixed import REOPEN_FIRST
from issues.models.issue import Issue
from issues.models.observation import Observation
from issues.models.status import NOT_ENDED
from members.actor import Actor

CAME_MEANWHILE = "En observation eller åtgärd har kommit till ärendet medan du skrev. Läs den och stryk ärendet igen."
STRUCK_ANEW = "Ärendet var återställt och är struket igen"
IS_DONE = "En åtgärd i ärendet är klar, så det avslutas i stället för att strykas."


Places = dict[str, list[int]]
"""The keys of what an issue left, each kind by a name of the app's own."""


@dataclass(frozen=True)
class Elsewhere:
    """What an app above has of an issue that is struck.

    name      under which its places stand in the event of a striking, for as long as there are any
    lock      locks what it has, before anything of the issue is locked
    hinders   why the issue cannot be struck, in words; empty where nothing hinders
    leave     takes the issue away from there, and gives back what it stood in
    come_back puts it back in that, where it still fits
    """

    name: str
    lock: Callable[[Issue], None]
    hinders: Callable[[Issue], str]
    leave: Callable[[Issue, Actor, datetime], Places]
    come_back: Callable[[Issue, Places, Actor, datetime], None]


ELSEWHERE: list[Elsewhere] = []
"""Of the apps above, which register it."""


def why_it_stands(issue: Issue) -> str:
    """Why an issue cannot be struck, in words; empty where nothing hinders."""
    if not issue.is_open:
        return issue.refusal(REOPEN_FIRST)
    if issue.actions.filter(state=Action.State.DONE).exists():
        return IS_DONE
    return next(filter(None, (each.hinders(issue) for each in ELSEWHERE)), "")


@transaction.atomic
def strike(issue: Issue, *, reason: str, by: Actor, at: datetime | None = None) -> None:
    """Strike an open issue, for a reason that those who were asked read too.

    Raises Conflict when it is not open or more has come to it, NotAllowed with what hinders.
    """
    lock_elsewhere(issue)
    observations, actions = _locked(issue)
    issue.lock_open()
    if _those(issue) != ([each.pk for each in observations], [each.pk for each in actions]):
        raise Conflict(CAME_MEANWHILE)
    if why := why_it_stands(issue):
        raise NotAllowed(why)
    at = at or timezone.now()
    for action in actions:
        if action.state in NOT_ENDED:
            action.cancel(reason=reason, by=by, at=at)
    marked = [each.pk for each in observations if _send_back(each, issue, by=by, at=at)]
    places = {each.name: each.leave(issue, by, at) for each in ELSEWHERE}
    facts = {"was": issue.state, "places": places, "marked": marked}
    issue.set_state(Issue.State.STRUCK, by=by, at=at)
    issue.record(Event.Kind.ISSUE_STRUCK, by=by, at=at, text=reason, facts=facts)


@transaction.atomic
def restore(issue: Issue, *, by: Actor, entry: str = "", at: datetime | None = None) -> None:
    """Make a struck issue what it was; the observations that still wait come back to it. `entry` names the striking.

    What was taken back stays so: those who were asked have been told. Raises Conflict, also when it is struck anew.
    """
    lock_elsewhere(issue)
    waiting = _waiting_since(issue)
    issue.lock_if(Issue.State.STRUCK)
    issue.check_entry(entry, STRUCK_ANEW)
    at, facts = at or timezone.now(), striking_of(issue).facts
    issue.restore_from_struck(facts["was"], by=by, at=at)
    for each in ELSEWHERE:
        each.come_back(issue, facts["places"].get(each.name, {}), by, at)
    for observation in waiting:
        if observation.restricted and observation.pk in facts["marked"]:
            _unmark(observation, by=by)
        observation.attach(issue, by=by, at=at)


def striking_of(issue: Issue) -> Event:
    """The event of a struck issue that says who struck it, when and why."""
    return issue.events.filter(kind=Event.Kind.ISSUE_STRUCK).select_related("by").latest("pk")


def lock_elsewhere(issue: Issue) -> None:
    """Lock what the apps above have of the issue. Before all that is the issue's, as when a meeting closes."""
    for each in ELSEWHERE:
        each.lock(issue)


# Private


def _locked(issue: Issue) -> tuple[list[Observation], list[Action]]:
    """Lock the issue's observations and actions before itself, as all that sorts and answers does."""
    observations = Observation.objects.of(issue).select_for_update(no_key=True).order_by("pk")
    actions = Action.objects.filter(issue=issue).select_for_update(no_key=True).order_by("pk")
    return list(observations), list(actions)


def _those(issue: Issue) -> tuple[list[int], list[int]]:
    keys: Any = [rows.order_by("pk").values_list("pk", flat=True) for rows in (issue.observations, issue.actions)]
    return list(keys[0]), list(keys[1])


def _send_back(observation: Observation, issue: Issue, *, by: Actor, at: datetime) -> bool:
    """Return an observation to be sorted, read by no more than read it in the issue. Whether that marked it."""
    marks = issue.restricted and not observation.restricted
    if marks:
        observation.restricted = True
        observation.save(update_fields=observation.set({"restricted": True}, by=by))
        happened(SecurityEvent.RESTRICTED, observation=observation.pk)
        AccessGrant.give(observation, AccessGrant.objects.to(issue).values_list("member", flat=True), by=by, at=at)
    observation.leave_struck(issue, by=by, at=at)
    return marks


def _unmark(observation: Observation, *, by: Actor) -> None:
    """Take back the mark that the striking set: in the issue it is read by those who read that."""
    observation.save(update_fields=observation.set({"restricted": False}, by=by))
    happened(SecurityEvent.RESTRICTION_LIFTED, observation=observation.pk)
    AccessGrant.take(observation)


def _waiting_since(issue: Issue) -> list[Observation]:
    """Lock those that the striking sent back and nobody has sorted since."""
    struck_at: Any = issue.state_since
    sent = issue.events.filter(kind=Event.Kind.DETACHED, at=struck_at).values("observation")
    rows = Observation.objects.filter(pk__in=sent, state=Observation.State.NEW, state_since=struck_at)
    return list(rows.select_for_update(no_key=True).order_by("pk"))
