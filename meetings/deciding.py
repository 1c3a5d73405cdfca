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
from base.swedish.words import listed
from issues.models import Action, Event, Issue, Tombstone
from issues.proposing import draft_for_each
from meetings.models import AgendaItem, Decision, ProposedAction
from meetings.models.agenda import number_of
from meetings.models.decision import DecisionQuerySet
from members.actor import Actor
from members.models import Organisation

NOBODY = "Välj vem som ska få frågan."
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
    return propose_action_to_each(item, [organisation], **facts)


@transaction.atomic
def propose_action_to_each(
    item: AgendaItem,
    organisations: Iterable[Organisation],
    *,
    by: Actor,
    title: str,
    supporting: Iterable[Organisation] = (),
    at: datetime | None = None,
    **facts: Any,
) -> Decision:
    """Decide to ask organisations, in one decision: an action each, drafts that are proposed when the meeting closes.

    Facts: answer_due, text, wished, term. Raises NotAllowed unless the meeting is under way, when the issue has ended
    or the meeting has decided that it does, ValidationError when the item has no issue, nobody is asked or one who is
    asked would support itself.
    """
    item.lock_in_meeting()
    if not item.issue:
        raise ValidationError(NO_ISSUE)
    _ensure_goes_on(item, item.issue)
    asked, behind = list(organisations), list(supporting)
    if not asked:
        raise ValidationError(NOBODY)
    actions = draft_for_each(asked, supporting=behind, issue=item.issue, by=by, at=at, title=title, **facts)
    text = proposed_words(asked, title, behind)
    decision = _write(item, by=by, at=at, kind=Decision.Kind.PROPOSE, text=text)
    for action in actions:
        ProposedAction.objects.create(decision=decision, action=action, created_at=decision.created_at)
    return decision


def proposed_words(asked: list[Organisation], title: str, supporting: list[Organisation]) -> str:
    """The sentence of a decision: Gruppen föreslår Polisen och Witalabostäder AB att laga grinden. Stöd från X."""
    proposed = f"Gruppen föreslår {asked_to(listed(list(map(str, asked))), title)}."
    return f"{proposed} Stöd från {listed(list(map(str, supporting)))}." if supporting else proposed


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
def withdraw(decision: Decision, *, by: Actor, at: datetime | None = None) -> list[Action]:
    """Strike a decision before the meeting closes, and return the actions of it that were proposed meanwhile.

    These are kept; those that are drafts are cancelled. A decision with a number was published by a closing that was
    undone: a tombstone and an event tell of it.
    """
    item = decision.item
    item.lock_in_meeting()
    struck = item.decisions.select_related("issue").filter(pk=decision.pk).first()
    if struck is None:
        raise Conflict("Beslutet är redan struket.")
    decision, actions = struck, list(struck.actions.order_by("pk"))
    for action in actions:
        action.lock()  # before the issue, as everywhere
    if decision.number:
        Tombstone.leave(decision, decision.number, why=STRUCK, text=decision.text, by=by, at=at)
        if decision.issue:
            facts = {"decision": decision.pk, "number": decision.number}
            decision.issue.record(Event.Kind.STRUCK, by=by, at=at, facts=facts)
    decision.delete()
    for action in actions:
        if action.is_draft:
            action.cancel(reason="Beslutet ströks på mötet.", by=by, at=at)
    return [action for action in actions if action.is_carried]


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
