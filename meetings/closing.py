"""Closing a meeting: the one transaction that does what is foreseen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from issues.models import Action, Issue
from meetings.agenda.numbers import places_of
from meetings.approvers import strike_approvers
from meetings.carrying_out import carry_out, record_discussed
from meetings.coming import ComingMeetings
from meetings.foreseen import Preview, ensure_seen, preview, restricted_last
from meetings.locking import lock_issues, lock_what_is_told
from meetings.minutes.annex_writing import freeze_annex
from meetings.minutes.files import keep_files_on_commit
from meetings.minutes.present import less_struck, struck_in
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Decision, Meeting, Minutes
from meetings.paragraphs import fix_paragraphs
from meetings.planning import take_over
from meetings.series_planning import plan_next
from meetings.table_answers import answers_to_give, by_decision
from members.actor import Actor


@transaction.atomic
def close_meeting(
    meeting: Meeting,
    *,
    by: Actor,
    next_starts_at: datetime | None = None,
    seen: str = "",
    held_to: datetime | None = None,
    at: datetime | None = None,
) -> Minutes:
    """Close the meeting and return its minutes: decisions are numbered and take effect, issues get their events.

    It ended now, or as said: `held_to`. The next meeting is planned, the minutes are frozen; their documents are made
    when all rows are free again. All or nothing.

    Raises NotAllowed when the meeting is not under way, EditConflict with what has changed since a preview was `seen`,
    ValidationError with a decision's own words when it can no longer be carried out.
    """
    by = by.from_paper() if meeting.is_on_paper else by
    meeting.lock()
    meeting.ensure_may_become(Meeting.State.CLOSED)
    lock_what_is_told(meeting)
    lock_issues(meeting)
    ensure_seen(meeting, seen, by.member)
    at = at or timezone.now()  # after those who were waited for
    fix_paragraphs(meeting, by=by)
    foreseen = preview(meeting)
    foreseen.ensure_noted("mötet avslutas")
    _remember_states(meeting)
    _keep_order(foreseen)
    _tell_actions(foreseen, at=at)
    _defer(foreseen)
    record_discussed(meeting, foreseen, by=by, at=at)
    proposes = any(decision.kind == Decision.Kind.PROPOSE for decision in foreseen.decisions)
    said = by_decision(answers_to_give(meeting)) if proposes else {}
    for decision in restricted_last(foreseen.decisions):
        carry_out(meeting, decision, said.get(decision.pk, ()), by=by, at=at)
    meeting.set_state(Meeting.State.CLOSED, by=by, at=at, closed_at=at, held_to=meeting.ended(held_to, at=at))
    _hand_on(meeting, next_starts_at, by=by, at=at)
    content = minutes_content(meeting, ComingMeetings.after(meeting))
    if struck_in(content):
        strike_approvers(meeting, content, by=by)
    minutes = Minutes.freeze(meeting, less_struck(content), by=by, at=at)
    restricted = {item.issue.pk for item in foreseen.agenda if item.issue and item.issue.restricted}
    freeze_annex(minutes, restricted, by=by, at=at)
    keep_files_on_commit(minutes)
    return minutes


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
        state = foreseen.at_table.state_of(item, actions[item.action_id], timezone.localdate(at))
        item.reason = " ".join(filter(None, (item.why_it_comes_back, state)))[:300]
    dealt_with = [item for item in foreseen.discussed if not item.is_discussed]
    for item in dealt_with:
        item.discussed_at = at
    AgendaItem.objects.bulk_update(dict.fromkeys([*items, *dealt_with]), ["reason", "discussed_at"])


def _defer(foreseen: Preview) -> None:
    """Mark what was deferred, and not as discussed: it is as new, or as old, when it comes back."""
    for item in foreseen.deferred:
        item.deferred, item.discussed_at = True, None
    AgendaItem.objects.bulk_update(foreseen.deferred, ["deferred", "discussed_at"])


def _hand_on(meeting: Meeting, starts_at: datetime | None, *, by: Actor, at: datetime) -> None:
    """Let the next meeting take over what was left: one given a time now, or the nearest with a whole agenda."""
    if meeting.is_on_paper:  # what it left has been taken up since, or is lost
        return
    if starts_at:
        plan_next(meeting, starts_at=starts_at, by=by, at=at)
    elif following := Meeting.objects.coming_after(meeting).with_whole_agenda().first():
        take_over(following, by=by, at=at)
