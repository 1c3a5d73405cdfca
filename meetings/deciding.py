"""What the meeting decides, written down as it is said. Nothing takes effect until the meeting closes.

What something was decided about has been spoken of, and stays so though the decision is struck: it was on the table.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Action, Event, Issue, Tombstone
from meetings.models import AgendaItem, Decision
from members.actor import Actor
from members.models import Organisation

NO_ISSUE = "Punkten hör inte till något ärende. Gör ett ärende av den först."
STRUCK = "Beslutet ströks när mötet hade öppnats igen."
ENDS = {Decision.Kind.CLOSE: "avslutas", Decision.Kind.HOLD: "vila"}


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
    not decided that it ends or rests; ValidationError when the issue is missing or the facts are.
    """
    item.lock_in_meeting()
    if kind in ENDS:
        if not item.issue:
            raise ValidationError(NO_ISSUE)
        item.issue.lock_open()
        _ensure_undecided(item, item.issue)
    return _write(item, by=by, at=at, kind=kind, text=text, **facts)


@transaction.atomic
def propose_action(
    item: AgendaItem, *, by: Actor, organisation: Organisation, title: str, at: datetime | None = None, **facts: Any
) -> Decision:
    """Decide to ask an organisation: a draft that is proposed when the meeting closes.

    Facts: answer_due, text, wished, term, supporting. Raises NotAllowed unless the meeting is under way or when
    the issue has ended, ValidationError when the item has no issue.
    """
    item.lock_in_meeting()
    if not item.issue:
        raise ValidationError(NO_ISSUE)
    action = Action.draft(issue=item.issue, organisation=organisation, by=by, at=at, title=title, **facts)
    text = f"Föreslå för {organisation}: {title}"
    return _write(item, by=by, at=at, kind=Decision.Kind.PROPOSE, text=text, action=action)


@transaction.atomic
def make_issue(item: AgendaItem, *, by: Actor, title: str, at: datetime | None = None) -> Issue:
    """Make an issue of a topic that came up in words. What was decided on it already is about the issue from now."""
    item.lock_in_meeting()
    if item.issue:
        raise NotAllowed(f"Punkten hör redan till ärende {item.issue.number}.")
    item.issue = Issue.create(by=by, at=at, title=title, kind=Issue.Kind.OTHER)
    item.save(update_fields=["issue", "updated_at"])
    for decision in item.decisions.all():
        decision.issue = item.issue
        decision.save(update_fields=["issue", "updated_at"])
    return item.issue


@transaction.atomic
def withdraw(decision: Decision, *, by: Actor, at: datetime | None = None) -> None:
    """Strike a decision before the meeting closes; a draft action goes with it, one that was asked meanwhile stays.

    One that has a number was told of when the meeting closed, which was undone; that it was struck is told too.
    """
    decision.item.lock_in_meeting()
    action = decision.action
    if decision.number:
        Tombstone.leave(decision, decision.number, why=STRUCK, text=decision.text, by=by, at=at)
        if decision.issue:
            facts = {"decision": decision.pk, "number": decision.number}
            decision.issue.record(Event.Kind.STRUCK, by=by, at=at, facts=facts)
    decision.delete()
    if action:
        action.lock()
        if action.is_draft:
            action.cancel(reason="Beslutet ströks på mötet.", by=by, at=at)


def _ensure_undecided(item: AgendaItem, issue: Issue) -> None:
    """An issue may stand on several lines; it ends or rests once."""
    if first := Decision.objects.at(item.meeting).filter(issue=issue, kind__in=ENDS).first():
        what = f"ärendet ska {ENDS[Decision.Kind(first.kind)]} (under punkt {first.item.section})"
        raise NotAllowed(f"Mötet har redan beslutat att {what}. Stryk det beslutet först.")


def _write(item: AgendaItem, *, by: Actor, at: datetime | None, **facts: object) -> Decision:
    decision = Decision(item=item, issue=item.issue, decided_by=by.member, created_at=at or timezone.now(), **facts)
    decision.full_clean(validate_unique=False)
    decision.save()
    item.mark_discussed(at=at)
    return decision
