"""What a decision does when it takes effect: its number, its event, and what it asks, ends or escalates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from issues.models import Action, Counter, Escalation, Event, Issue, Tombstone
from issues.proposing import asked_together
from meetings.decision_words import why_paused
from meetings.foreseen import Preview
from meetings.models import Decision, Meeting, TableAnswer
from meetings.planning import meeting_facts
from meetings.table_answers import give_answers
from members.actor import Actor
from members.models import Member, MinutesWords

STRUCK_LATER = "Beslutet ströks när {} rättades."


def carry_out(meeting: Meeting, decision: Decision, said: Iterable[TableAnswer], *, by: Actor, at: datetime) -> None:
    """Give the decision its number and let it take effect. One that has a number from a closing undone keeps it."""
    if not decision.serial:
        decision.year = meeting.day.year
        decision.serial = Counter.take(Counter.Series.DECISION, decision.year)
        decision.save(update_fields=["year", "serial", "updated_at"])
    if decision.issue is None:
        return
    if _is_hidden(decision.issue, by.member):
        _take_effect_or_say(meeting, decision, decision.issue, said, by=by, at=at)
        return
    try:
        _take_effect(meeting, decision, decision.issue, said, by=by, at=at)
    except ValidationError as error:
        sentence = f"Beslutet ”{decision.text}” kan inte verkställas: {' '.join(error.messages)}"
        raise ValidationError(f"{sentence} Stryk det och skriv ett nytt.") from error


def record_decided(meeting: Meeting, decision: Decision, *, by: Actor, at: datetime) -> None:
    """Tell of a decision in the timeline of its issue."""
    if decision.issue:
        decision.issue.record(Event.Kind.DECIDED, by=by, at=at, facts=_facts(meeting, decision))


def carry_out_striking(decision: Decision, called: MinutesWords, *, by: Actor, at: datetime) -> None:
    """Let a decision that was sent, and is struck in a correction, be gone: what it asks for and nobody has answered is
    cancelled. Of the rest a tombstone and an event tell, and it stands struck in the minutes, which are `called` so."""
    why = STRUCK_LATER.format(called.definite)
    actions = list(decision.actions.order_by("pk"))
    for action in actions:
        action.lock()  # before the issue, as everywhere
    leave_struck(decision, why=why, by=by, at=at)
    decision.delete()
    for action in actions:
        if action.is_asked:
            action.cancel(reason=why, by=by, at=at)


def leave_struck(decision: Decision, *, why: str, by: Actor, at: datetime | None) -> None:
    """Leave a tombstone of a decision with a number, and an event on its issue."""
    Tombstone.leave(decision, decision.number, why=why, text=decision.text, by=by, at=at)
    if decision.issue:
        facts = {"decision": decision.pk, "number": decision.number}
        decision.issue.record(Event.Kind.STRUCK, by=by, at=at, facts=facts)


def _is_hidden(issue: Issue, member: Member) -> bool:
    return issue.restricted and not Issue.with_struck.visible_to(member).filter(pk=issue.pk).exists()


def _take_effect_or_say(
    meeting: Meeting, decision: Decision, issue: Issue, said: Iterable[TableAnswer], *, by: Actor, at: datetime
) -> None:
    """Let it take effect, or say in its timeline, to those named, why it does not: whoever closes is told nothing."""
    try:
        with transaction.atomic():
            _take_effect(meeting, decision, issue, said, by=by, at=at)
    except ValidationError as error:
        why = f"Beslutet är inte verkställt: {' '.join(error.messages)}"
        issue.refresh_from_db(from_queryset=Issue.with_struck.all())
        issue.record(Event.Kind.DECIDED, by=by, at=at, facts=_facts(meeting, decision), text=why)


def _facts(meeting: Meeting, decision: Decision) -> dict[str, Any]:
    """What the timeline keeps of a decision."""
    return meeting_facts(meeting) | {"decision": decision.pk, "number": decision.number}


def _take_effect(
    meeting: Meeting, decision: Decision, issue: Issue, said: Iterable[TableAnswer], *, by: Actor, at: datetime
) -> None:
    """Propose the actions with what was `said` at the table, or close or pause the issue.

    Where somebody already has, it only records the decision.
    """
    facts = _facts(meeting, decision)
    is_asked = _propose(decision, facts, by=by, at=at)
    give_answers(said, at=at)
    if is_asked:
        return
    issue.record(Event.Kind.DECIDED, by=by, at=at, facts=facts)
    issue.lock()
    if decision.lifts:
        _lift(meeting, decision, decision.lifts, by=by, at=at)
    becomes = Decision.ISSUE_BECOMES.get(Decision.Kind(decision.kind))
    if issue.state == becomes:
        return
    if becomes == Issue.State.CLOSED:
        issue.close(by=by, at=at, outcome=decision.outcome, feedback=decision.feedback, despite=decision.despite)
    elif becomes == Issue.State.ON_HOLD:
        issue.pause(reason=why_paused(decision), by=by, at=at)


def _lift(meeting: Meeting, decision: Decision, lifts: Action, *, by: Actor, at: datetime) -> None:
    """Escalate the action, unless it has gone there already. Its registry number comes later, with their decision."""
    action = Action.objects.with_current().get(pk=lifts.pk)
    lifted = Escalation.of(action)
    if lifted and lifted.is_open and lifted.to == decision.to:
        return
    asked_at = action.current.asked_at
    day = max(meeting.day, timezone.localdate(asked_at)) if asked_at else meeting.day
    Escalation.escalate(action, to=decision.to, rung=decision.rung or 0, raised_on=day, by=by, at=at)


def _propose(decision: Decision, facts: dict[str, Any], *, by: Actor, at: datetime) -> bool:
    """Propose those of its actions that are drafts still; whether there was any."""
    asked = {action: action.current.organisation for action in decision.actions.all()}  # read with the decision
    for action in asked:
        action.lock()
    drafts = [action for action in asked if action.is_draft]
    told = facts | asked_together(asked[action] for action in drafts)
    for action in drafts:
        action.propose(by=by, at=at, facts=told)
    return bool(drafts)


def record_discussed(meeting: Meeting, foreseen: Preview, *, by: Actor, at: datetime) -> None:
    """Record on each discussed issue that it was, once however many of its actions were on the agenda."""
    places: dict[Issue, list[str]] = {}
    for item in foreseen.discussed:
        if item.issue:
            places.setdefault(item.issue, []).append(foreseen.numbers[item.pk])
    for issue, numbers in places.items():
        issue.take_up(by=by, at=at)
        facts = meeting_facts(meeting) | {"points": list(dict.fromkeys(numbers))}
        issue.record(Event.Kind.DISCUSSED, by=by, at=at, facts=facts)
