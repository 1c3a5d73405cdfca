"""Reminders of what an organisation owes the group: an answer that has not come, or what it has promised by a day.

The register reminds on the day, five working days after it and ten; the samordnare whenever it waits, once a day. Each
is an event, which stands on the timeline and is told by mail (docs/adr/0033).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from base.records import Conflict, NotAllowed
from base.swedish.said_days import Precision
from base.swedish.working_days import is_working_day, last_working_day, working_days
from issues.models import UNANSWERED, Action, ActionStatus, Assignment, Escalation, Event, Issue
from issues.models.assignment import AssignmentQuerySet
from issues.models.status import status_of
from issues.notices import REMINDED, may_be_told
from issues.question_mails import answering_for
from issues.texts.reminding import NOBODY_TO_TELL, NOT_REMINDED, already_reminded, does_not_wait
from members.actor import Actor, Channel, Voice
from members.models import NoticeCause, Organisation
from members.outbox.kinds import Receiver
from members.outbox.one_by_one import one_by_one

STEPS = (0, 5, 10)
"""So many working days after the day by which to answer, or to be done."""
IN_THE_MORNING = time(7)
LONGEST = timedelta(days=30)
"""Ten working days never take so many days."""

GOING_ON = (Issue.State.NEW, Issue.State.OPEN)
BEGUN_ANEW = (Event.Kind.REOPENED, Event.Kind.REMAINS, Event.Kind.RESUMED, Event.Kind.RESTORED)
"""The days are counted from there: while the issue rested nobody was expected to do anything."""

BY_HAND = (*UNANSWERED, ActionStatus.LATE)
"""What the samordnare may remind of; the register also of what is promised for that very day."""
REMINDED_OF = (*BY_HAND, ActionStatus.UNDER_WAY)


def owed_by(question: Assignment, day: date) -> date | None:
    """The day by which the organisation owes its answer, or what it has promised; None where it owes nothing.

    What runs on has no such day, and none counts while the clock stands still.
    """
    status = status_of(question.action.state, question, day)
    runs_on = question.planned_precision == Precision.RUNNING
    return status.due(question) if status in REMINDED_OF and not runs_on and not question.ended_at else None


def may_be_reminded(question: Assignment, day: date) -> bool:
    """Whether it waits for an answer, or for what was promised by a day that has passed; those reminded are told."""
    waits = status_of(question.action.state, question, day) in BY_HAND
    return waits and owed_by(question, day) is not None and not question.action.issue.is_closed


def latest_reminder(question: Assignment) -> Event | None:
    """The latest that was sent of it."""
    sent = Event.objects.filter(assignment=question, kind=Event.Kind.REMINDED)
    return sent.select_related("by").order_by("-at", "-pk").first()


# By the samordnare


@transaction.atomic
def remind(question: Assignment, *, by: Actor, text: str = "", version: str = "", at: datetime | None = None) -> Event:
    """Remind the organisation by mail, with words of one's own, and return the event of it.

    Raises EditConflict when the action changed since `version`, Conflict when it waits no longer or was reminded today,
    NotAllowed when nobody of theirs has mail.
    """
    action = question.action
    action.lock(version)
    at = at or timezone.now()
    day = timezone.localdate(at)
    question.refresh_from_db()
    question.action = action
    if not may_be_reminded(question, day):
        raise Conflict(does_not_wait(question))
    latest = latest_reminder(question)
    if latest and timezone.localdate(latest.at) == day:
        raise Conflict(f"{already_reminded(latest, question)} {NOT_REMINDED}")
    if not reaches_somebody(question):
        raise NotAllowed(f"{NOBODY_TO_TELL.format(question.organisation)} {NOT_REMINDED}")
    return _record(question, by=by, at=at, text=text)


# By the register


def reminders_due(since: datetime, *, at: datetime) -> Iterator[NoticeCause]:
    """Remind of what is due at that moment and has been since then, of each once, and yield the causes of the mails.

    On days when somebody works, from the morning on: what fell due while nothing was sent is not told at night.
    """
    day, first = timezone.localdate(at), timezone.localdate(since)
    if not is_working_day(day) or at < _morning(day):
        return

    def of_step(question: Assignment) -> Iterator[NoticeCause]:
        step = _latest_step(question, day)
        if step and step[0] >= first and (event := _remind_of_step(question, at)):
            yield NoticeCause.of(REMINDED, event.pk, at=at, due=at, thing=_thing(question))

    yield from one_by_one(_may_be_due(day, first), of_step, _thing, at=at)


def _thing(question: Assignment) -> str:
    return f"issue:{question.action.issue_id}"


def told_on(due: date, step: int) -> date:
    """The day of a reminder: so many working days later; of the first, the last day on which somebody works."""
    return next(islice(working_days(due + timedelta(days=1)), step - 1, None)) if step else last_working_day(due)


@transaction.atomic
def _remind_of_step(question: Assignment, at: datetime) -> Event | None:
    """Record it, unless somebody was first or there is nobody to tell."""
    question.action.lock()
    day = timezone.localdate(at)
    found = _waiting().filter(pk=question.pk, organisation__in=Organisation.objects.active(day)).first()
    step = _latest_step(found, day) if found else None
    if found is None or step is None or not reaches_somebody(found):
        return None
    return _record(found, by=Voice.of_the_register(), at=at, is_last=step[1] == STEPS[-1])


def _waiting() -> AssignmentQuerySet:
    """Current assignments of what goes on, with when they were `reminded_at`, the promise was `moved_at` and the
    issue had `begun_at` anew last.

    Not while the issue is on hold, nor while the question is lifted and waits for a decision above.
    """
    reminded = Event.objects.filter(assignment=OuterRef("pk"), kind=Event.Kind.REMINDED).order_by("-at")
    lifted = Escalation.objects.filter(assignment=OuterRef("pk"), ruling=None, withdrawn_at=None)
    waiting = Assignment.objects.current().filter(~Exists(lifted), action__issue__state__in=GOING_ON)
    begun = Event.objects.filter(issue=OuterRef("action__issue"), kind__in=BEGUN_ANEW).order_by("-at")
    return waiting.select_related("action__issue", "organisation", "answer").annotate(
        reminded_at=Subquery(reminded.values("at")[:1]),
        begun_at=Subquery(begun.values("at")[:1]),
        moved_at=Max("date_changes__created_at"),
    )


def _may_be_due(day: date, first: date) -> AssignmentQuerySet:
    """Those that may have a reminder between the days: what is due near them, by those who take part."""
    near = (first - LONGEST, day + LONGEST)
    due = Q(action__state=Action.State.PROPOSED, answer_due__range=near)
    due |= Q(action__state__in=[Action.State.ACCEPTED, Action.State.ONGOING], planned__range=near)
    return _waiting().filter(due, stands_still=False, organisation__in=Organisation.objects.active(day))


def _latest_step(question: Assignment, day: date) -> tuple[date, int] | None:
    """The day of its latest reminder and which that is; None where it has been reminded since.

    Nor is whoever was asked, or promised it, on that day or later, or where the issue was opened again then; nor of a
    day that had passed when the group's old list was brought in.
    """
    due = owed_by(question, day)
    begun = question.begun_at  # type: ignore[attr-defined]  # by _waiting
    since = max(due, timezone.localdate(begun)) if due and begun else due
    steps = [(told_on(since, step), step) for step in STEPS] if since else []
    latest = max((each for each in steps if each[0] <= day), default=None)
    answer, told = question.answer, question.reminded_at  # type: ignore[attr-defined]  # by _waiting
    agreed = [answer.given_at, question.moved_at] if answer else [question.asked_at]  # type: ignore[attr-defined]
    known_on = max(timezone.localdate(each) for each in (*agreed, begun) if each)
    if due and answer and answer.channel == Channel.OLD_LIST and due < timezone.localdate(answer.given_at):
        return None
    if latest is None or latest[0] <= known_on or (told and timezone.localdate(told) >= latest[0]):
        return None
    return latest


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, IN_THE_MORNING))


# Both


def reaches_somebody(question: Assignment) -> bool:
    """Whether it is theirs still, and its mailbox, or one who answers for it, has mail and may know of the issue."""

    def is_reached(each: Receiver) -> bool:
        return each.takes_mail and may_be_told(each, question.action.issue)

    to = question.organisation
    return question.ended_at is None and (is_reached(to) or any(is_reached(each) for each in answering_for(to)))


def _record(question: Assignment, *, by: Voice, at: datetime, text: str = "", is_last: bool = False) -> Event:
    due = owed_by(question, timezone.localdate(at))
    facts = {"due": due.isoformat() if due else "", **({"last": True} if is_last else {})}
    points = {"action": question.action, "assignment": question, "text": text, "facts": facts}
    return question.action.issue.record(Event.Kind.REMINDED, by=by, at=at, **points)


def is_reminded_of(event: Event) -> Assignment | None:
    """What the event reminds of, while it is owed by the same day, unanswered since, and this its latest reminder."""
    if event.action is None or event.issue.is_closed:
        return None
    question = Action.objects.with_current().get(pk=event.action.pk).current
    day, latest = timezone.localdate(), latest_reminder(question)
    due = owed_by(question, day)
    answer = question.answer
    owes = (
        question.pk == event.assignment_id
        and (answer is None or answer.given_at <= event.at)
        and due
        and due.isoformat() == event.facts["due"]
        and question.organisation.is_active(day)
    )
    return question if owes and latest and latest.pk == event.pk else None
