"""The verbs for decisions during a meeting. Nothing takes effect until the meeting closes.

A decision marks its item as discussed, and striking the decision leaves the mark: it was on the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records import Conflict, NotAllowed
from base.swedish.verbs import asked_to
from issues.models import Event, Issue, Tombstone
from issues.proposing import draft_for_each
from meetings.models import AgendaItem, Decision
from meetings.models.agenda import number_of
from meetings.models.decision import DecisionQuerySet
from members.actor import Actor
from members.models import Organisation

NO_ISSUE = "Punkten hör inte till något ärende. Gör ett ärende av den först."
STRUCK = "Beslutet ströks när mötet hade öppnats igen."
SHALL = {Issue.State.CLOSED: "avslutas", Issue.State.ON_HOLD: "vara vilande"}


@transaction.atomic
def decide(
    item: AgendaItem,
    *,
    by: Actor,
    text: str,
    kind: str = Decision.Kind.OTHER,
    at: datetime | None = None,
    **facts: str,
) -> Decision:
    """Write a decision on the item. Facts of a decision to close: outcome, feedback, despite.

    Raises NotAllowed unless the meeting is under way and, to end or rest, the issue is open and the meeting has
    not decided that it ends or rests, or when actions are open and nothing is said of it; ValidationError when
    the issue is missing or the facts are.
    """
    item.lock_in_meeting()
    if becomes := Decision.ISSUE_BECOMES.get(Decision.Kind(kind)):
        if not item.issue:
            raise ValidationError(NO_ISSUE)
        item.issue.lock_open()
        _ensure_undecided(item, item.issue)
        if becomes == Issue.State.CLOSED:
            item.issue.ensure_may_close(despite=facts.get("despite", ""))
    return _write(item, by=by, at=at, kind=kind, text=text, **facts)


def propose_action(item: AgendaItem, *, organisation: Organisation, **facts: Any) -> Decision:
    """Decide to ask one organisation. Raises as `propose_action_to_each` does."""
    [decision] = propose_action_to_each(item, [organisation], **facts)
    return decision


@transaction.atomic
def propose_action_to_each(
    item: AgendaItem,
    organisations: Iterable[Organisation],
    *,
    by: Actor,
    title: str,
    at: datetime | None = None,
    **facts: Any,
) -> list[Decision]:
    """Decide to ask organisations, an action and a decision each: drafts that are proposed when the meeting closes.

    Facts: answer_due, text, wished, term, supporting. Raises NotAllowed unless the meeting is under way, when the
    issue has ended or the meeting has decided that it does, ValidationError when the item has no issue or one who is
    asked would support itself.
    """
    item.lock_in_meeting()
    if not item.issue:
        raise ValidationError(NO_ISSUE)
    _ensure_goes_on(item, item.issue)
    asked = list(organisations)
    actions = draft_for_each(asked, issue=item.issue, by=by, at=at, title=title, **facts)
    return [
        _write(
            item,
            by=by,
            at=at,
            kind=Decision.Kind.PROPOSE,
            text=f"Gruppen föreslår {asked_to(organisation, title)}.",
            action=action,
        )
        for organisation, action in zip(asked, actions, strict=True)
    ]


@transaction.atomic
def make_issue(item: AgendaItem, *, by: Actor, title: str, at: datetime | None = None) -> Issue:
    """Open an issue for a topic in words, and return it. What was decided on the item belongs to the issue from now."""
    item.lock_in_meeting()
    if item.issue:
        raise NotAllowed(f"Punkten hör redan till ärende {item.issue.number}.")
    issue = Issue.create(by=by, at=at, title=title, kind=Issue.Kind.OTHER)
    item.save(update_fields=item.set({"issue": issue, "kind": AgendaItem.Kind.ISSUE}, by=by))
    for decision in item.decisions.all():
        decision.issue = issue
        decision.save(update_fields=["issue", "updated_at"])
    return issue


@transaction.atomic
def withdraw(decision: Decision, *, by: Actor, at: datetime | None = None) -> None:
    """Strike a decision before the meeting closes; its draft action is cancelled, one proposed meanwhile is kept.

    A decision with a number was published by a closing that was undone: a tombstone and an event tell of it.
    """
    item = decision.item
    item.lock_in_meeting()
    struck = item.decisions.select_related("action", "issue").filter(pk=decision.pk).first()
    if struck is None:
        raise Conflict("Beslutet är redan struket.")
    decision, action = struck, struck.action
    if action:
        action.lock()  # before the issue, as everywhere
    if decision.number:
        Tombstone.leave(decision, decision.number, why=STRUCK, text=decision.text, by=by, at=at)
        if decision.issue:
            facts = {"decision": decision.pk, "number": decision.number}
            decision.issue.record(Event.Kind.STRUCK, by=by, at=at, facts=facts)
    decision.delete()
    if action and action.is_draft:
        action.cancel(reason="Beslutet ströks på mötet.", by=by, at=at)


def _ensure_undecided(item: AgendaItem, issue: Issue) -> None:
    """Raise NotAllowed when the meeting has decided already that the issue ends or rests, maybe on another item."""
    if first := _decided(item, issue).first():
        raise NotAllowed(f"{_already(first)} Stryk det beslutet först.")


def _ensure_goes_on(item: AgendaItem, issue: Issue) -> None:
    """Raise NotAllowed when the meeting has decided that the issue ends, with no word on why despite actions."""
    if ending := _decided(item, issue).filter(kind=Decision.Kind.CLOSE, despite="").first():
        raise NotAllowed(f"{_already(ending)} Stryk det beslutet innan ni föreslår en åtgärd.")


def _decided(item: AgendaItem, issue: Issue) -> DecisionQuerySet:
    """The decisions of the meeting that end the issue or let it rest."""
    return Decision.objects.at(item.meeting).filter(issue=issue, kind__in=Decision.ISSUE_BECOMES)


def _already(decision: Decision) -> str:
    shall = SHALL[Decision.ISSUE_BECOMES[Decision.Kind(decision.kind)]]
    return f"Mötet har redan beslutat att ärendet ska {shall} (under punkt {number_of(decision.item)})."


def _write(item: AgendaItem, *, by: Actor, at: datetime | None, **facts: object) -> Decision:
    decision = Decision(item=item, issue=item.issue, decided_by=by.member, created_at=at or timezone.now(), **facts)
    decision.save_checked()
    item.mark_discussed(by=by, at=at)
    return decision
