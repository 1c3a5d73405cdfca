"""Undoing the closing of a meeting within ten minutes: all that it wrote, or nothing once something rests on it.

The decisions keep their numbers and the minutes that were frozen stay; the next closing makes the next version.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Action, Escalation, Event, Issue
from issues.models.event import QUIET
from meetings.locking import lock_actions, lock_issues
from meetings.models import AgendaItem, Decision, Meeting
from meetings.models.meeting import MeetingQuerySet
from meetings.planning import in_passing, meeting_facts
from meetings.table_answers import given_by_closing
from meetings.unwritten import empty_rows_gone, lock_items, unwritten
from members.actor import Actor
from members.models import Member

NOT_CLOSED = "Det finns inget avslut att ångra."
CLOSED_ANEW = "Det avslutet är redan ångrat, och mötet är avslutat igen"
BUILDS_ON_AN_ANSWER = (Event.Kind.DATE_CHANGED, Event.Kind.PROGRESS)
HARMLESS = (*(Event.Kind.OBSERVED, Event.Kind.DETACHED, Event.Kind.CHANGED), *BUILDS_ON_AN_ANSWER, *QUIET)
"""What may happen in an issue without building on what the meeting decided."""


@dataclass(frozen=True)
class TakenBack:
    """What an undone closing had caused: how much was asked, escalated and deferred, and answered at the table.

    `closed` and `paused` are how many issues it had ended and let rest, of those that she who undoes it knows of.
    """

    asked: int
    lifted: int
    deferred: int
    answered: int
    closed: int = 0
    paused: int = 0


@transaction.atomic
def unclose_meeting(meeting: Meeting, *, by: Actor, entry: str = "", at: datetime | None = None) -> TakenBack:
    """Set a closed meeting under way again, as if it had not closed. A meeting planned meanwhile stays planned.

    Gives back what was taken back with it.

    Where something has been done since in an issue that she may not know of, that issue goes on as it does: nothing of
    it is told by a refusal, and what is decided already takes no effect anew.

    `entry` names the closing that is meant. Raises Conflict when the meeting is not closed or was closed anew,
    NotAllowed when the time is out, or with what somebody has done since.
    """
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)
    meeting.check_entry(entry, CLOSED_ANEW)
    at = at or timezone.now()
    _ensure_in_time(meeting, at)
    if not meeting.is_on_paper:  # what came after it has nothing from it
        ensure_no_meeting_since(meeting, timezone.localdate(at), therefore="Avslutet kan inte ångras")
    locked = lock_actions(meeting)
    actions, issues = _proposed(meeting, locked), lock_issues(meeting)
    lifted, answered = _lifted(meeting), given_by_closing(meeting, locked)
    touched = [*actions, *(one.action for one in lifted), *(given.action for given in answered.values())]
    since = _what_rests_on_it(meeting, issues, touched, answered, by.member)
    _ensure_nothing_known(since)
    gone_on = {event.issue_id for event in since}
    back = [action for action in actions if action.issue_id not in gone_on]
    asked = [action for action in back if action.is_asked or action.pk in answered]
    lifted = [escalation for escalation in lifted if escalation.action.issue_id not in gone_on]
    _take_from_the_next(meeting)
    closed_at = meeting.closed_at
    meeting.set_state(Meeting.State.UNDER_WAY, by=by, at=at, closed_at=None)
    unanswered = [given for given in answered.values() if given.action.issue_id not in gone_on]
    for given in unanswered:  # the minutes tell of it no longer, nor of what was asked
        if given.answer:
            given.unanswer(by=by.taking_back(given.answer, given.organisation), at=at)
    for action in asked:
        (Action.objects.get(pk=action.pk) if action.pk in answered else action).unpropose(by=by, at=at)
    for escalation in lifted:
        escalation.withdraw_latest(by=by, at=at)
    were = _take_back(meeting, [issue for issue in issues if issue.pk not in gone_on], by=by, at=at)
    items = AgendaItem.objects.at(meeting)
    # What the closing itself marked, for it was answered at the meeting, and what it deferred.
    items.filter(discussed_at=closed_at).update(discussed_at=None)
    deferred = items.filter(deferred=True).update(deferred=False, discussed_at=Subquery(_deferred_at()))
    ended, rested = were.count(Issue.State.CLOSED), were.count(Issue.State.ON_HOLD)
    return TakenBack(len(asked), len(lifted), deferred, len(unanswered), ended, rested)


def _ensure_in_time(meeting: Meeting, at: datetime) -> None:
    if meeting.sent_at:
        raise NotAllowed(f"Det som beslutades skickades {_clock(meeting.sent_at)}. Avslutet kan inte ångras.")
    if not meeting.can_be_undone_at(at):
        raise NotAllowed(f"Avslutet kunde ångras fram till {_clock(meeting.undo_until)}. Nu står besluten fast.")


def ensure_no_meeting_since(meeting: Meeting, today: date, *, therefore: str) -> None:
    """Raise NotAllowed when another meeting has started or closed since. Locks the others, so that none starts."""
    list(Meeting.objects.coming().select_for_update(no_key=True).values_list("pk"))
    if later := meeting_since(meeting):
        began = "har avslutats" if later.is_closed else "har börjat"
        raise NotAllowed(f"{therefore}, för {in_passing(later, today=today)} {began} sedan dess.")


def meeting_since(meeting: Meeting) -> Meeting | None:
    """The first other meeting that has closed since this one closed, or was started and is under way.

    Also one held earlier that is written down now.
    """
    return _since(meeting.closed_at, meeting.pk).order_by("started_at").first()


def met_since() -> Exists:
    """The annotation whether there is any such meeting."""
    return Exists(_since(OuterRef("closed_at"), OuterRef("pk")))


def _since(closed_at: Any, key: Any) -> MeetingQuerySet:
    started = Q(state=Meeting.State.UNDER_WAY, state_since__gt=closed_at)
    return Meeting.objects.filter(started | Q(closed_at__gt=closed_at), is_on_paper=False).exclude(pk=key)


def _proposed(meeting: Meeting, locked: Collection[Action]) -> list[Action]:
    """The locked actions that this closing proposed, less those proposed in another way."""
    asking = Event.objects.filter(action=OuterRef("pk"), kind__in=(Event.Kind.DECIDED, Event.Kind.PROPOSED))
    last = asking.order_by("-at", "-pk").values("kind")[:1]
    decided = Action.objects.filter(pk__in=[action.pk for action in locked], decisions__item__meeting=meeting)
    return list(decided.alias(asked=Subquery(last)).filter(asked=Event.Kind.DECIDED).order_by("pk"))


def _lifted(meeting: Meeting) -> list[Escalation]:
    """What this closing escalated and nobody has taken back."""
    lifts = Decision.objects.at(meeting).filter(kind=Decision.Kind.ESCALATE).order_by().values("lifts")
    made = Escalation.objects.filter(action__in=lifts, created_at=meeting.closed_at, withdrawn_at=None)
    return list(made.select_related("action__issue").order_by("action"))


def _deferred_at() -> QuerySet[Any]:
    decisions = Decision.objects.filter(item=OuterRef("pk"), kind=Decision.Kind.DEFER)
    return decisions.order_by("pk").values("created_at")[:1]


def _what_rests_on_it(
    meeting: Meeting, issues: list[Issue], actions: list[Action], answered: Collection[int], member: Member
) -> list[Any]:
    """What has happened that rests on the closing, the first first; of each whether it `is_hidden` from the member.

    An answer to what was proposed before the meeting does not; one to what the meeting proposed or lifted does, and
    what has come of one that was given at the table.
    """
    built = Q(action=None) | Q(action__in=actions) | Q(kind=Event.Kind.PROPOSED)
    harmless = Q(kind__in=HARMLESS) & ~Q(kind__in=BUILDS_ON_AN_ANSWER, action__in=answered)
    since = Event.objects.filter(built, issue__in=issues, at__gt=meeting.closed_at).exclude(harmless)
    is_hidden = Case(When(Issue.hidden_from(member, "issue"), then=Value(True)), default=Value(False))
    return list(since.with_related().annotate(is_hidden=is_hidden).order_by("at", "pk"))


def _ensure_nothing_known(since: list[Any]) -> None:
    """Raise NotAllowed with the first of what has happened that she may know of."""
    if first := next((event for event in since if not event.is_hidden), None):
        where = f"ärendet ”{first.issue}” ({first.attribution}). {first}"
        raise NotAllowed(f"Avslutet kan inte ångras, för något har redan hänt i {where}")


def _take_back(meeting: Meeting, issues: list[Issue], *, by: Actor, at: datetime) -> list[str]:
    """Restore each issue to its state before the closing, with one event that says so.

    Returns where the closing had put those that it moved, as far as she may know of them.
    """
    states = dict(AgendaItem.objects.at(meeting).exclude(issue_was="").values_list("issue", "issue_was"))
    decided: QuerySet[Decision] = Decision.objects.at(meeting)
    moved = [(issue, issue.state) for issue in issues if issue.state != states[issue.pk]]
    for issue in issues:
        about = sum(decision.issue_id == issue.pk for decision in decided)
        issue.restore_state(states[issue.pk], by=by, at=at, facts=meeting_facts(meeting) | {"decisions": about})
    secret = [issue.pk for issue, _ in moved if issue.restricted]
    known = {*Issue.objects.visible_to(by.member).filter(pk__in=secret).values_list("pk", flat=True)} if secret else ()
    return [state for issue, state in moved if issue.pk in known or not issue.restricted]


def _take_from_the_next(meeting: Meeting) -> None:
    """Delete what planned meetings took over from this one: it may still reach that. What is written at it keeps it.

    What stood there before the closing stands there still; what had been taken off is off again.
    """
    taken_over = AgendaItem.objects.filter(continues__meeting=meeting, meeting__state=Meeting.State.PLANNED)
    stood = taken_over.filter(created_at__lt=meeting.closed_at).exclude(issue=None)
    stood.filter(came_at=F("continues__meeting__closed_at")).update(removed=True)
    stood.update(continues=None)
    taken_over.filter(issue=None).exclude(recurs_as=None).update(continues=None, reason="")  # which recur anyhow
    lock_items(taken_over)
    bare = list(unwritten(taken_over))
    empty_rows_gone(bare)
    taken_over.filter(pk__in=[item.pk for item in bare]).delete()
    # A topic in words that is kept goes on being the one that it took over: it is not taken over twice.
    taken_over.exclude(issue=None).update(continues=None, reason="")


def _clock(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H.%M}"
