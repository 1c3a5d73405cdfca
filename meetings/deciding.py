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

from base.records import Conflict, EditConflict, NotAllowed
from base.swedish.points import at_point
from issues.escalating import may_be_escalated, rungs_left
from issues.models import Action, Issue
from issues.proposing import draft_for_each
from meetings.agenda.numbers import number_of
from meetings.agenda.ordering import add_item
from meetings.carrying_out import leave_struck
from meetings.decision_words import formal_words, proposed_words
from meetings.models import AgendaItem, Decision, ProposedAction, RoundNote
from meetings.models.decision import DecisionQuerySet
from members.actor import Actor
from members.models import Organisation

NOBODY = "Välj vem som ska få frågan."
ASKS_NOBODY = "Ett möte på papper frågar ingen. Skriv beslutet i ord, och föreslå åtgärden på ärendets sida."
NO_ISSUE = "Punkten hör inte till något ärende. Gör ett ärende av den först."
CANNOT_BE_LIFTED = "Åtgärden kan inte eskaleras dit nu. Välj igen."
OF_THE_ROUND = "Laget runt är varje organisations. Skriv ärendet under Nytt ärende, så får det en egen punkt."
STRUCK_ALREADY = "Beslutet är redan struket."
NOT_STRUCK = "Beslutet är inte struket, eller så är strykningen sparad."
DEFERRED_ON = "Det som bordlades på mötet väntar redan på nästa. Det kan inte ändras när mötet rättas."
STRUCK_AT_MEETING = "Beslutet ströks på mötet."
STRUCK = "Beslutet ströks när mötet hade öppnats igen."
SHALL = {Decision.Kind.CLOSE: "avslutas", Decision.Kind.PAUSE: "vara vilande", Decision.Kind.DEFER: "bordläggas"}


@transaction.atomic
def decide(
    item: AgendaItem,
    *,
    by: Actor,
    text: str = "",
    kind: str = Decision.Kind.OTHER,
    lifts: Action | None = None,
    rung: int | None = None,
    at: datetime | None = None,
    **facts: str,
) -> Decision:
    """Write a decision on the item, in the formal sentence of its kind and the words beside it.

    Facts of one to close: outcome, feedback, despite; of one to refer: to; of one to escalate: to, and which action it
    `lifts` how high. Raises NotAllowed unless the meeting is under way and, to end, rest or lift, the issue is open and
    the meeting has not settled it already, or when actions are open and nothing is said of it; ValidationError when
    the issue is missing or the facts are.
    """
    item.lock_in_meeting()
    kind = Decision.Kind(kind)
    if kind == Decision.Kind.DEFER:
        _ensure_may_be_deferred(item)
    elif kind == Decision.Kind.ESCALATE and item.meeting.is_on_paper:
        raise NotAllowed(ASKS_NOBODY)
    elif kind == Decision.Kind.ESCALATE:
        _ensure_may_be_lifted(item, lifts, rung, facts.get("to", ""))
    elif becomes := Decision.ISSUE_BECOMES.get(kind):
        issue = _open_issue(item)
        _ensure_unsettled(item)
        if becomes == Issue.State.CLOSED:
            issue.ensure_may_close(despite=facts.get("despite", ""))
    words = formal_words(kind, text, outcome=facts.get("outcome", ""), to=facts.get("to", ""), lifts=lifts)
    return _write(item, by=by, at=at, kind=kind, text=words, lifts=lifts, rung=rung, **facts)


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

    Facts: answer_due, text, wished, term. Raises NotAllowed unless the meeting is under way, of one on paper, when the
    issue has ended or the meeting has decided that it does, ValidationError when the item has no issue, nobody is asked
    or one who is asked would support itself.
    """
    item.lock_in_meeting()
    if not item.issue:
        raise ValidationError(NO_ISSUE)
    _ensure_goes_on(item, item.issue)
    if item.meeting.is_on_paper:
        raise NotAllowed(ASKS_NOBODY)
    asked, behind = list(organisations), list(supporting)
    if not asked:
        raise ValidationError(NOBODY)
    actions = draft_for_each(asked, supporting=behind, issue=item.issue, by=by, at=at, title=title, **facts)
    text = proposed_words(asked, title, behind)
    decision = _write(item, by=by, at=at, kind=Decision.Kind.PROPOSE, text=text)
    for action in actions:
        ProposedAction.objects.create(decision=decision, action=action, created_at=decision.created_at)
    return decision


@transaction.atomic
def make_issue(item: AgendaItem, *, by: Actor, title: str, at: datetime | None = None) -> Issue:
    """Open an issue for a topic in words, and return it. What was decided on the item belongs to the issue from now."""
    item.lock_in_meeting()
    if item.issue:
        raise NotAllowed(f"Punkten hör redan till ärende {item.issue.number}.")
    if RoundNote.is_asked_at(item):
        raise NotAllowed(OF_THE_ROUND)
    issue = Issue.create(by=by, at=at, title=title, kind=Issue.Kind.OTHER)
    item.save(update_fields=item.set({"issue": issue, "kind": AgendaItem.Kind.ISSUE}, by=by))
    for decision in Decision.with_struck.of(item):  # also one that may stand again
        decision.issue = issue
        decision.save(update_fields=["issue", "updated_at"])
    return issue


@transaction.atomic
def open_beside(item: AgendaItem, *, by: Actor, title: str, at: datetime | None = None) -> AgendaItem:
    """Open an issue that came up at the item, and return the item of its own that it gets on the agenda."""
    item.lock_in_meeting()
    issue = Issue.create(by=by, at=at, title=title, kind=Issue.Kind.OTHER)
    return add_item(item.meeting, issue=issue, by=by, at=at)


@transaction.atomic
def withdraw(
    decision: Decision, *, by: Actor, why: str = STRUCK_AT_MEETING, at: datetime | None = None
) -> list[Action]:
    """Strike a decision before the meeting closes, and return the actions of it that were proposed meanwhile.

    These are kept; those that are drafts are cancelled for the reason `why`. A decision with a number was published
    by a closing that was undone: a tombstone and an event tell of it. While minutes are corrected one that was sent is
    struck when that is saved.
    """
    item = decision.item
    item.lock_in_meeting()
    struck = item.decisions.select_related("issue").filter(pk=decision.pk).first()
    if struck is None:
        raise Conflict(STRUCK_ALREADY)
    decision, actions = struck, list(struck.actions.order_by("pk"))
    if decision.number and item.meeting.is_being_corrected:
        _strike_when_saved(decision, at=at)
        return []
    for action in actions:
        action.lock()  # before the issue, as everywhere
    if decision.number:
        leave_struck(decision, why=STRUCK, by=by, at=at)
    decision.delete()
    for action in actions:
        if action.is_draft:
            action.cancel(reason=why, by=by, at=at)
    return [action for action in actions if action.is_carried]


@transaction.atomic
def restore(decision: Decision) -> Decision:
    """Let a decision stand again that was struck in a correction which is not saved yet.

    Raises Conflict when it is gone, NotAllowed when the meeting has settled the same otherwise since.
    """
    item = decision.item
    item.lock_in_meeting()
    struck = Decision.with_struck.of(item).struck().filter(pk=decision.pk).first()
    if struck is None:
        raise Conflict(NOT_STRUCK)
    if struck.kind in Decision.SETTLE:
        _ensure_unsettled(item)
    struck.struck_at = None
    struck.save(update_fields=["struck_at", "updated_at"])
    return struck


def _strike_when_saved(decision: Decision, *, at: datetime | None) -> None:
    if decision.kind == Decision.Kind.DEFER:
        raise NotAllowed(DEFERRED_ON)
    decision.struck_at = at or timezone.now()
    decision.save(update_fields=["struck_at", "updated_at"])


def _open_issue(item: AgendaItem) -> Issue:
    """The locked issue of the item. Raises ValidationError where there is none, NotAllowed when it has ended."""
    if not item.issue:
        raise ValidationError(NO_ISSUE)
    item.issue.lock_open()
    issue: Issue = item.issue
    return issue


def _ensure_may_be_deferred(item: AgendaItem) -> None:
    """Raise NotAllowed for what comes back by itself or never, is settled already, or stands in a closed meeting."""
    if item.meeting.is_being_corrected:
        raise NotAllowed(DEFERRED_ON)
    if item.is_heading:
        raise NotAllowed("Rubriken står på varje dagordning. Bordlägg en punkt under den.")
    if item.is_ending or (item.issue and not item.issue.is_open):
        raise NotAllowed("Ärendet är avslutat och kan inte bordläggas.")
    _ensure_unsettled(item)


def _ensure_may_be_lifted(item: AgendaItem, action: Action | None, rung: int | None, to: str) -> None:
    """Raise unless the action is the issue's, and may be lifted to them now; NotAllowed when that is decided."""
    issue = _open_issue(item)
    if ending := _settled(item).filter(kind=Decision.Kind.CLOSE).first():
        raise NotAllowed(f"{_already(ending)} Stryk det beslutet innan ni eskalerar.")
    if action is None or action.issue_id != issue.pk or (rung, to) not in rungs_left(action):
        raise EditConflict(CANNOT_BE_LIFTED)
    if not may_be_escalated(action):
        raise NotAllowed(f"{action.refusal('')} Den kan inte eskaleras nu.")
    if first := Decision.objects.at(item.meeting).filter(lifts=action).first():
        where = at_point(number_of(first.item))
        raise NotAllowed(f"Mötet har redan beslutat att eskalera åtgärden (under {where}).")


def _ensure_unsettled(item: AgendaItem) -> None:
    """Raise NotAllowed when the meeting has settled it already, an issue maybe on another item."""
    if first := _settled(item).first():
        raise NotAllowed(f"{_already(first)} Stryk det beslutet först.")


def _ensure_goes_on(item: AgendaItem, issue: Issue) -> None:
    """Raise NotAllowed when the meeting has decided that the issue ends, with no word on why despite actions."""
    if ending := _settled(item).filter(kind=Decision.Kind.CLOSE, despite="").first():
        raise NotAllowed(f"{_already(ending)} Stryk det beslutet innan ni föreslår en åtgärd.")


def _settled(item: AgendaItem) -> DecisionQuerySet:
    """The decisions of the meeting that end its issue, let it rest or defer it; without an issue those on itself."""
    about = {"issue": item.issue} if item.issue else {"item": item}
    return Decision.objects.at(item.meeting).filter(**about, kind__in=Decision.SETTLE)


def _already(decision: Decision) -> str:
    what = "ärendet" if decision.issue else "punkten"
    where = at_point(number_of(decision.item))
    return f"Mötet har redan beslutat att {what} ska {SHALL[Decision.Kind(decision.kind)]} (under {where})."


def _write(item: AgendaItem, *, by: Actor, at: datetime | None, **facts: object) -> Decision:
    decision = Decision(item=item, issue=item.issue, decided_by=by.member, created_at=at or timezone.now(), **facts)
    decision.save_checked()
    item.mark_discussed(by=by, at=at)
    return decision
