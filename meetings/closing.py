"""Closing a meeting: a preview of what it will do, and the one transaction that does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from issues.counting import FeedbackRecipients
from issues.models import Action, Counter, Event, Issue
from meetings.agenda.at_table import AtTable
from meetings.agenda.rules import proposals
from meetings.locking import lock_issues, lock_what_is_told
from meetings.minutes.files import keep_files
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Decision, Meeting, Minutes, OrganisationAtMeeting
from meetings.models.agenda import numbers_of, places_of
from meetings.models.decision import DecisionQuerySet
from meetings.planning import meeting_facts, plan_meeting, take_over
from meetings.rhythm import end_as_long_as, usual_meetings
from members.actor import Actor
from members.models import Member


@dataclass
class Preview:
    """What closing a meeting would do now, and what still hinders it."""

    at_table: AtTable
    agenda: list[AgendaItem] = field(default_factory=list)  # in its order
    decisions: list[Decision] = field(default_factory=list)
    discussed: list[AgendaItem] = field(default_factory=list)
    unspoken: list[AgendaItem] = field(default_factory=list)
    passed_by: list[AgendaItem] = field(default_factory=list)  # undiscussed, and nothing raises them again
    unnoted: list[OrganisationAtMeeting] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)  # of each item
    audiences: dict[int, FeedbackRecipients] = field(default_factory=dict)  # of each issue that ends, for a page

    @property
    def proposed(self) -> list[Decision]:
        return [decision for decision in self._of(Decision.Kind.PROPOSE) if decision.drafts]

    @property
    def drafts(self) -> list[Action]:
        """The actions that are proposed."""
        return [action for decision in self.proposed for action in decision.drafts]

    @property
    def closed(self) -> list[Decision]:
        return [decision for decision in self._of(Decision.Kind.CLOSE) if not _is_closed(decision)]

    @property
    def others(self) -> list[Decision]:
        """The decisions that change nothing at the closing: in words, or carried out by somebody already."""
        return [decision for decision in self.decisions if decision not in (*self.proposed, *self.closed)]

    @property
    def may_close(self) -> bool:
        """Whether every organisation is noted, as it must be."""
        return not self.unnoted

    def _of(self, *kinds: Decision.Kind) -> list[Decision]:
        return [decision for decision in self.decisions if decision.kind in kinds]


def preview(meeting: Meeting, member: Member | None = None) -> Preview:
    """What closing the meeting would do now; for a page, only what the member may see of it, and what comes back."""
    items = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("heading", "issue", "action")
    decisions = _decisions(meeting)
    if member:
        items, decisions = items.visible_to(member), decisions.visible_to(member)
    unnoted = OrganisationAtMeeting.objects.filter(meeting=meeting, state=OrganisationAtMeeting.State.UNNOTED)
    at_table = AtTable(meeting, items, Action.objects.visible_to(member) if member else Action.objects.all())
    foreseen = Preview(
        at_table,
        agenda=list(items),
        decisions=list(decisions),
        discussed=[item for item in items if item.is_discussed or at_table.deals_with(item)],
        numbers=numbers_of(items),
        unnoted=list(unnoted.select_related("organisation").in_order()),
    )
    if member:
        left = [item for item in items if item not in foreseen.discussed and not item.is_heading]
        foreseen.unspoken = _coming_back(left, decisions, member)
        foreseen.passed_by = [item for item in left if item not in foreseen.unspoken]
        ending = [decision.issue for decision in foreseen.closed if decision.issue]
        foreseen.audiences = FeedbackRecipients.of_each(ending, member)
    return foreseen


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, by: Actor, next_starts_at: datetime | None = None, at: datetime | None = None
) -> Minutes:
    """Close the meeting and return its minutes: decisions are numbered and take effect, issues get their events.

    The next meeting is planned, the minutes are frozen; their documents are made when all rows are free again.

    All or nothing. Raises NotAllowed when the meeting is not under way, ValidationError with the decision's
    own words when one of them can no longer be carried out.
    """
    meeting.lock()
    meeting.ensure_may_become(Meeting.State.CLOSED)
    lock_what_is_told(meeting)
    lock_issues(meeting)
    at = at or timezone.now()  # after those who were waited for
    foreseen = preview(meeting)
    if not foreseen.may_close:
        names = ", ".join(str(row.organisation) for row in foreseen.unnoted)
        raise ValidationError(f"Notera närvaron för {names} innan mötet avslutas.")
    _remember_states(meeting)
    _keep_order(foreseen)
    _tell_actions(foreseen, at=at)
    _record_discussed(meeting, foreseen, by=by, at=at)
    for decision in foreseen.decisions:
        _carry_out(meeting, decision, by=by, at=at)
    meeting.set_state(Meeting.State.CLOSED, by=by, at=at, closed_at=at)
    following = _following(meeting, next_starts_at, by=by, at=at)
    minutes = Minutes.freeze(meeting, minutes_content(meeting, following), by=by, at=at)
    transaction.on_commit(partial(keep_files, minutes))
    return minutes


def _is_closed(decision: Decision) -> bool:
    return bool(decision.issue and decision.issue.is_closed)


def _coming_back(left: Iterable[AgendaItem], decisions: Iterable[Decision], member: Member) -> list[AgendaItem]:
    """Those of the undiscussed items that come up again: issues that the rules raise anew, and topics in words.

    How an issue ended is presented once, discussed or not, and does not come back.
    """
    ending = {decision.issue_id for decision in decisions if decision.kind == Decision.Kind.CLOSE}
    raised = {proposal.issue.pk for proposal in proposals(member)} - ending
    return [item for item in left if not item.issue_id or (item.issue_id in raised and not item.is_ending)]


def _remember_states(meeting: Meeting) -> None:
    """Store the state of each issue before the closing changes it, for the closing may be undone."""
    state = Issue.with_struck.filter(pk=OuterRef("issue")).values("state")
    AgendaItem.objects.at(meeting).exclude(issue=None).update(issue_was=Subquery(state))


def _keep_order(foreseen: Preview) -> None:
    """Store the place of each item, by which it is numbered from now on: an issue may be restricted afterwards."""
    moved = [(item, place) for item, place in places_of(foreseen.agenda) if item.position != place]
    for item, place in moved:
        item.position = place
    AgendaItem.objects.bulk_update([item for item, _ in moved], ["position"])


def _tell_actions(foreseen: Preview, *, at: datetime) -> None:
    """Store on each item about an action where that stands when the meeting closes; mark those that were dealt with."""
    items = [item for item in foreseen.agenda if item.action_id]
    actions = Action.objects.with_current().in_bulk([item.action_id for item in items])
    for item in items:
        item.reason = foreseen.at_table.state_of(item, actions[item.action_id], timezone.localdate(at))[:300]
    dealt_with = [item for item in foreseen.discussed if not item.is_discussed]
    for item in dealt_with:
        item.discussed_at = at
    AgendaItem.objects.bulk_update(dict.fromkeys([*items, *dealt_with]), ["reason", "discussed_at"])


def _decisions(meeting: Meeting) -> DecisionQuerySet:
    return Decision.objects.at(meeting).select_related("item__issue").with_actions()


def _record_discussed(meeting: Meeting, foreseen: Preview, *, by: Actor, at: datetime) -> None:
    """Record on each discussed issue that it was, once however many of its actions were on the agenda."""
    places: dict[Issue, list[str]] = {}
    for item in foreseen.discussed:
        if item.issue:
            places.setdefault(item.issue, []).append(foreseen.numbers[item.pk])
    for issue, numbers in places.items():
        issue.take_up(by=by, at=at)
        facts = meeting_facts(meeting) | {"points": list(dict.fromkeys(numbers))}
        issue.record(Event.Kind.DISCUSSED, by=by, at=at, facts=facts)


def _carry_out(meeting: Meeting, decision: Decision, *, by: Actor, at: datetime) -> None:
    """Give the decision its number and let it take effect. One that has a number from a closing undone keeps it."""
    if not decision.serial:
        decision.year = meeting.day.year
        decision.serial = Counter.take(Counter.Series.DECISION, decision.year)
        decision.save(update_fields=["year", "serial", "updated_at"])
    if decision.issue is None:
        return
    if _is_hidden(decision.issue, by.member):
        _take_effect_or_say(meeting, decision, decision.issue, by=by, at=at)
        return
    try:
        _take_effect(meeting, decision, decision.issue, by=by, at=at)
    except ValidationError as error:
        sentence = f"Beslutet ”{decision.text}” kan inte verkställas: {' '.join(error.messages)}"
        raise ValidationError(f"{sentence} Stryk det och skriv ett nytt.") from error


def _is_hidden(issue: Issue, member: Member) -> bool:
    return issue.restricted and not Issue.with_struck.visible_to(member).filter(pk=issue.pk).exists()


def _take_effect_or_say(meeting: Meeting, decision: Decision, issue: Issue, *, by: Actor, at: datetime) -> None:
    """Let it take effect, or say in its timeline, to those named, why it does not: whoever closes is told nothing."""
    try:
        with transaction.atomic():
            _take_effect(meeting, decision, issue, by=by, at=at)
    except ValidationError as error:
        why = f"Beslutet är inte verkställt: {' '.join(error.messages)}"
        issue.refresh_from_db(from_queryset=Issue.with_struck.all())
        issue.record(Event.Kind.DECIDED, by=by, at=at, facts=_facts(meeting, decision), text=why)


def _facts(meeting: Meeting, decision: Decision) -> dict[str, Any]:
    """What the timeline keeps of a decision."""
    return meeting_facts(meeting) | {"decision": decision.pk, "number": decision.number}


def _take_effect(meeting: Meeting, decision: Decision, issue: Issue, *, by: Actor, at: datetime) -> None:
    """Propose the actions, or close or pause the issue; where somebody already has, only record the decision."""
    facts = _facts(meeting, decision)
    if _propose(decision, facts, by=by, at=at):
        return
    issue.record(Event.Kind.DECIDED, by=by, at=at, facts=facts)
    issue.lock()
    becomes = Decision.ISSUE_BECOMES.get(Decision.Kind(decision.kind))
    if issue.state == becomes:
        return
    if becomes == Issue.State.CLOSED:
        issue.close(by=by, at=at, outcome=decision.outcome, feedback=decision.feedback, despite=decision.despite)
    elif becomes == Issue.State.ON_HOLD:
        issue.pause(reason=decision.text, by=by, at=at)


def _propose(decision: Decision, facts: dict[str, Any], *, by: Actor, at: datetime) -> bool:
    """Propose those of its actions that are drafts still; whether there was any."""
    actions = list(decision.actions.all())
    for action in actions:
        action.lock()
    drafts = [action for action in actions if action.is_draft]
    for action in drafts:
        action.propose(by=by, at=at, decision=facts)
    return bool(drafts)


def _following(meeting: Meeting, starts_at: datetime | None, *, by: Actor, at: datetime) -> Meeting | None:
    """The next meeting, which takes over what was left: one given a time now, or the nearest in the calendar."""
    if starts_at:
        like = next(iter(usual_meetings()), meeting)
        facts = {"place": like.place, "ends_at": end_as_long_as(like, starts_at=starts_at)}
        people = {"chair": meeting.chair, "secretary": meeting.secretary}
        return plan_meeting(starts_at=starts_at, by=by, at=at, **facts, **people)
    following = meeting.following()
    if following:
        take_over(following, by=by, at=at)
    return following
