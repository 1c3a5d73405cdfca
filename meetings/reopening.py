"""Undoing the closing of a meeting within ten minutes: all that it wrote, or nothing once something rests on it.

The decisions keep their numbers and the minutes that were frozen stay; the next closing makes the next version.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Action, Event, Issue
from issues.models.event import QUIET
from meetings.locking import lock_actions, lock_issues
from meetings.models import AgendaItem, Decision, Meeting
from meetings.planning import in_passing, meeting_facts
from members.actor import Actor
from members.models import Member

NOT_CLOSED = "Det finns inget avslut att ångra."
CLOSED_ANEW = "Det avslutet är redan ångrat, och mötet är avslutat igen"
HARMLESS = (
    *(Event.Kind.OBSERVED, Event.Kind.DETACHED, Event.Kind.CHANGED, Event.Kind.DATE_CHANGED, Event.Kind.PROGRESS),
    *QUIET,
)
"""What may happen in an issue without building on what the meeting decided."""


@transaction.atomic
def unclose_meeting(meeting: Meeting, *, by: Actor, entry: str = "", at: datetime | None = None) -> None:
    """Set a closed meeting under way again, as if it had not closed. A meeting planned meanwhile stays planned.

    Where something has been done since in an issue that she may not know of, that issue goes on as it does: nothing of
    it is told by a refusal, and what is decided already takes no effect anew.

    `entry` names the closing that is meant. Raises Conflict when the meeting is not closed or was closed anew,
    NotAllowed when the time is out, or with what somebody has done since.
    """
    meeting.lock_if(Meeting.State.CLOSED, therefore=NOT_CLOSED)
    meeting.check_entry(entry, CLOSED_ANEW)
    at = at or timezone.now()
    _ensure_in_time(meeting, at)
    _ensure_no_meeting_since(meeting, timezone.localdate(at))
    actions, issues = _proposed(meeting), lock_issues(meeting)
    since = _what_rests_on_it(meeting, issues, actions, by.member)
    _ensure_nothing_known(since)
    gone_on = {event.issue_id for event in since}
    for action in actions:
        if action.is_asked and action.issue_id not in gone_on:
            action.unpropose(by=by, at=at)
    _take_back(meeting, [issue for issue in issues if issue.pk not in gone_on], by=by, at=at)
    _take_from_the_next(meeting)
    closed_at = meeting.closed_at
    meeting.set_state(Meeting.State.UNDER_WAY, by=by, at=at, closed_at=None)
    # What the closing itself marked, for it was answered at the meeting.
    AgendaItem.objects.at(meeting).filter(discussed_at=closed_at).update(discussed_at=None)


def _ensure_in_time(meeting: Meeting, at: datetime) -> None:
    if meeting.sent_at:
        raise NotAllowed(f"Det som beslutades skickades {_clock(meeting.sent_at)}. Avslutet kan inte ångras.")
    if not meeting.can_be_undone_at(at):
        raise NotAllowed(f"Avslutet kunde ångras fram till {_clock(meeting.undo_until)}. Nu står besluten fast.")


def _ensure_no_meeting_since(meeting: Meeting, today: date) -> None:
    """Raise NotAllowed when another meeting has started or closed since. Locks the others, so that none starts."""
    list(Meeting.objects.coming().select_for_update(no_key=True).values_list("pk"))
    since = Q(closed_at__gt=meeting.closed_at) | Q(pk__in=_started_since(meeting))
    if later := Meeting.objects.filter(since).exclude(pk=meeting.pk).order_by("started_at").first():
        began = "har avslutats" if later.is_closed else "har börjat"
        raise NotAllowed(f"Avslutet kan inte ångras, för {in_passing(later, today=today)} {began} sedan dess.")


def _started_since(meeting: Meeting) -> list[int]:
    """Ids of meetings under way that were started after the closing, also one held earlier and written down now."""
    under_way = Meeting.objects.filter(state=Meeting.State.UNDER_WAY, state_since__gt=meeting.state_since)
    return list(under_way.values_list("pk", flat=True))


def _proposed(meeting: Meeting) -> list[Action]:
    """The locked actions that this closing proposed, less those proposed in another way."""
    asking = Event.objects.filter(action=OuterRef("pk"), kind__in=(Event.Kind.DECIDED, Event.Kind.PROPOSED))
    last = asking.order_by("-at", "-pk").values("kind")[:1]
    locked = Action.objects.filter(pk__in=[action.pk for action in lock_actions(meeting)])
    return list(locked.alias(asked=Subquery(last)).filter(asked=Event.Kind.DECIDED).order_by("pk"))


def _what_rests_on_it(meeting: Meeting, issues: list[Issue], actions: list[Action], member: Member) -> list[Any]:
    """What has happened that rests on the closing, the first first; of each whether it `is_hidden` from the member.

    An answer to what was proposed before the meeting does not; one to what the meeting proposed does.
    """
    built = Q(action=None) | Q(action__in=actions) | Q(kind=Event.Kind.PROPOSED)
    since = Event.objects.filter(built, issue__in=issues, at__gt=meeting.closed_at).exclude(kind__in=HARMLESS)
    is_hidden = Case(When(Issue.hidden_from(member, "issue"), then=Value(True)), default=Value(False))
    return list(since.with_related().annotate(is_hidden=is_hidden).order_by("at", "pk"))


def _ensure_nothing_known(since: list[Any]) -> None:
    """Raise NotAllowed with the first of what has happened that she may know of."""
    if first := next((event for event in since if not event.is_hidden), None):
        where = f"ärendet ”{first.issue}” ({first.attribution}). {first}"
        raise NotAllowed(f"Avslutet kan inte ångras, för något har redan hänt i {where}")


def _take_back(meeting: Meeting, issues: list[Issue], *, by: Actor, at: datetime) -> None:
    """Restore each issue to its state before the closing, with one event that says so."""
    states = dict(AgendaItem.objects.at(meeting).exclude(issue_was="").values_list("issue", "issue_was"))
    decided: QuerySet[Decision] = Decision.objects.at(meeting)
    for issue in issues:
        about = sum(decision.issue_id == issue.pk for decision in decided)
        issue.restore_state(states[issue.pk], by=by, at=at, facts=meeting_facts(meeting) | {"decisions": about})


def _take_from_the_next(meeting: Meeting) -> None:
    """Delete the topics that planned meetings took over from this one: it may still reach them. Files keep theirs."""
    taken_over = AgendaItem.objects.filter(continues__meeting=meeting, meeting__state=Meeting.State.PLANNED)
    taken_over.filter(appendices=None).delete()


def _clock(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H.%M}"
