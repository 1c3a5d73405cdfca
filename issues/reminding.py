"""Reminders of a question that has not been answered: on its last day, five working days after it, and ten.

They are found by how things stand in each run, not by what happened: an answer, a passing on, a clock that stops or an
issue that closes takes them away by itself, and after a stop only the latest is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils import timezone

from base.swedish.words import day_and_month
from base.swedish.working_days import last_working_day, working_days
from issues.models import UNANSWERED, ActionStatus, Assignment, Issue
from issues.models.assignment import AssignmentQuerySet
from issues.models.status import status_of
from issues.notices import LABEL, SECRET, answering_for, may_be_told, put_by, question_in_words, words_to_answer
from issues.texts.notices import OTHER_ANSWERS, reminded_line, wished
from members.models import NoticeCause, Organisation, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver
from members.outbox.one_by_one import one_by_one

REMINDED = "issues.reminded"
STEPS = (0, 5, 10)
"""So many working days after the day by which to answer."""
IN_THE_MORNING = time(7)

NO_MORE = "Det här är den sista påminnelsen."


def reminders_due(since: datetime, *, at: datetime) -> Iterator[NoticeCause]:
    """The latest reminder of each question that has one at that moment and since then, less those kept already."""
    day, first = timezone.localdate(at), timezone.localdate(since)

    def latest(question: Assignment) -> list[NoticeCause]:
        cause = _cause(question, day, first)
        return [cause] if cause else []

    causes = list(one_by_one(to_remind(day), latest, _thing, at=at))
    noted = NoticeCause.objects.filter(kind=REMINDED, key__in=[cause.key for cause in causes])
    known = set(noted.values_list("key", flat=True))
    yield from (cause for cause in causes if cause.key not in known)


def to_remind(day: date) -> AssignmentQuerySet:
    """The questions that wait for an answer from those who take part, in issues that are not closed."""
    waiting = Assignment.objects.in_status(UNANSWERED, day).select_related("action__issue", "organisation")
    return waiting.filter(action__issue__in=Issue.objects.open(), organisation__in=Organisation.objects.active(day))


def _cause(question: Assignment, day: date, first: date = date.min) -> NoticeCause | None:
    """Its latest reminder on the day, where that was not before the first; none where its clock stands still."""
    due = _status(question, day).due(question)
    steps = [(told_on(due, step), step) for step in STEPS] if due else []
    on, step = max((each for each in steps if each[0] <= day), default=(date.min, 0))
    if on < first or on <= timezone.localdate(question.asked_at):
        return None
    at = timezone.make_aware(datetime.combine(on, IN_THE_MORNING))
    facts = {"assignment": question.pk, "is_last": step == STEPS[-1]}
    return NoticeCause.of(REMINDED, f"{question.pk}.{due}.{step}", at=at, due=at, thing=_thing(question), **facts)


def _thing(question: Assignment) -> str:
    return f"issue:{question.action.issue_id}"


def told_on(due: date, step: int) -> date:
    """The day of a reminder: so many working days later; of the first, the last day on which somebody works."""
    return next(islice(working_days(due + timedelta(days=1)), step - 1, None)) if step else last_working_day(due)


def _status(question: Assignment, day: date) -> ActionStatus:
    return status_of(question.action.state, question, day)


def _reminded(cause: NoticeCause) -> list[Receiver]:
    """Those who were asked: the organisation, and who is to answer for it now."""
    question = _still_waits(cause)
    if question is None:
        return []
    asked: list[Receiver] = [question.organisation, *answering_for(question.organisation)]
    return [each for each in asked if may_be_told(each, question.action.issue)]


def _still_waits(cause: NoticeCause) -> Assignment | None:
    """The question, while this is its latest reminder."""
    day = timezone.localdate()
    question = to_remind(day).filter(pk=cause.facts["assignment"]).first()
    latest = _cause(question, day) if question else None
    return question if latest and latest.key == cause.key else None


def _tell_reminded(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    question = _still_waits(cause)
    if question is None or not may_be_told(receiver, question.action.issue):
        return None
    if question.action.issue.restricted:
        return SECRET
    last = NO_MORE if cause.facts["is_last"] else ""
    late = [wished(question.action), _asked_on(question), last]
    text = [" ".join(filter(None, late)), *question_in_words(question, put_by(question)), OTHER_ANSWERS]
    return words_to_answer(reminded_line(question), question, text, receiver)


def _asked_on(question: Assignment) -> str:
    asked = day_and_month(timezone.localdate(question.asked_at), today=timezone.localdate())
    return f"{question.organisation} fick frågan {asked}."


REMINDER = NoticeKind(REMINDED, Subject.ASKED, LABEL, _reminded, _tell_reminded)
