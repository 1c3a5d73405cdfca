"""Which minutes tell what was said for good: it cannot be withdrawn once they are frozen."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from base.records import not_restricted
from issues.models import Action, Answer, DoneReport, Escalation, Issue, NilReport, Progress
from meetings.models import AgendaItem, Meeting
from meetings.models.meeting import MeetingQuerySet
from meetings.models.minutes import minutes_called, with_called
from meetings.planning import in_passing
from meetings.round import Round

LISTED = (Answer.Kind.ACCEPTED, Answer.Kind.DONE)
"""What every meeting's minutes list as answered; of the rest they tell what was on the agenda, itself or its issue."""


def minutes_that_tell(answer: Answer) -> str:
    """The minutes of the first meeting that was closed after the answer and tells it; empty where none does.

    Those of a meeting whose closing was undone hold no longer, and of a restricted issue they tell nothing.
    """
    action = Action.objects.filter(not_restricted("issue"), assignments=answer.assignment_id)
    closed = _closed_since(answer.given_at).filter(Exists(action))
    if answer.kind not in LISTED:
        items = AgendaItem.objects.filter(meeting=OuterRef("pk"), removed=False)
        closed = closed.filter(Exists(items.filter(issue__actions__assignments=answer.assignment_id)))
    return _minutes_of(closed)


def minutes_that_tell_done(report: DoneReport) -> str:
    """The minutes of the first meeting that was closed after it was reported done; empty where none was."""
    if report.action.issue.restricted:
        return ""
    closed = _closed_since(report.event.at)
    return _minutes_of(closed)


def minutes_that_tell_progress(note: Progress) -> str:
    """The minutes of the first meeting closed after it that had its issue on the agenda; empty where none had."""
    return _minutes_of_issue(note.assignment.action.issue, since=note.created_at)


def minutes_that_tell_escalation(lifted: Escalation) -> str:
    """The minutes of the first meeting closed after what it says last that had its issue on the agenda; else empty."""
    return _minutes_of_issue(lifted.action.issue, since=lifted.written_at)


def minutes_that_tell_calm(said: NilReport) -> str:
    """The minutes of the first meeting that was closed after it was said and whose round tells it; empty without."""
    closed = _closed_since(said.created_at)
    return _called(next((each for each in _in_order(closed) if Round.of(each).tells(said)), None))


def _closed_since(moment: datetime) -> MeetingQuerySet:
    """Those whose minutes tell what had been said by then: one that was held on paper tells of nothing else."""
    return Meeting.objects.filter(state=Meeting.State.CLOSED, closed_at__gte=moment, is_on_paper=False)


def _minutes_of_issue(issue: Issue, *, since: datetime) -> str:
    if issue.restricted:
        return ""
    points = AgendaItem.objects.filter(meeting=OuterRef("pk"), removed=False, issue=issue)
    closed = _closed_since(since).filter(Exists(points))
    return _minutes_of(closed)


def _minutes_of(closed: MeetingQuerySet) -> str:
    return _called(_in_order(closed).first())


def _in_order(closed: MeetingQuerySet) -> MeetingQuerySet:
    return with_called(closed).order_by("closed_at")


def _called(meeting: Meeting | None) -> str:
    """What its minutes are called, with the meeting: minnesanteckningarna från mötet 25 november."""
    if meeting is None:
        return ""
    return f"{minutes_called(meeting).definite} från {in_passing(meeting, today=timezone.localdate())}"
