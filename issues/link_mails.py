"""The mail with a new link, when a restriction is lifted: the links that were mailed before it ended with it.

One for each question or promise that goes on. Who is asked reads it anew, for what was restricted may have reached
nobody but those named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from issues.models import Action, Assignment, Event
from issues.models.status import PROMISED
from issues.notices import LABEL, NEW_LINK, WRITTEN_AFTERWARDS, may_be_told
from issues.question_mails import answering_for, put_by, question_in_words, words_to_answer
from issues.texts.notices import LINK_IS_NEW, OTHER_ANSWERS, new_link_line, wished
from members.models import NoticeCause, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver
from members.outbox.one_by_one import one_by_one

WAITS_IN = PROMISED | {Action.State.PROPOSED}
"""There they are to answer, or to say how it goes."""


def new_links(since: datetime, *, at: datetime) -> Iterator[NoticeCause]:
    """The causes of what has been lifted since then: for each handover that goes on, one."""
    lifted = Event.objects.filter(recorded_at__gte=since, kind=Event.Kind.LIFTED)
    yield from one_by_one(lifted, _causes_of, lambda event: f"issue:{event.issue_id}", at=at)


def _causes_of(event: Event) -> Iterator[NoticeCause]:
    if event.recorded_at - event.at > WRITTEN_AFTERWARDS:
        return
    current = Assignment.objects.current().filter(action__issue=event.issue_id, asked_at__lte=event.at)
    for question in current.order_by("pk"):
        yield NoticeCause.of(
            NEW_LINK, f"{event.pk}.{question.pk}", at=event.at, thing=f"issue:{event.issue_id}", question=question.pk
        )


def _question(cause: NoticeCause) -> Assignment | None:
    """What goes on, unless it was lifted once more since, by which it is told."""
    known = Assignment.objects.filter(pk=cause.facts["question"], ended_at=None).first()
    if known is None:
        return None
    question = Action.objects.with_current().get(pk=known.action_id).current
    issue = question.action.issue
    latest = issue.events.filter(kind=Event.Kind.LIFTED).order_by("-pk").values_list("pk", flat=True).first()
    goes_on = (
        question.action.state in WAITS_IN
        and not (issue.restricted or issue.is_closed or issue.is_struck)
        and question.organisation.is_active(timezone.localdate())
        and cause.key == f"{latest}.{question.pk}"
    )
    return question if goes_on else None


def _receivers(cause: NoticeCause) -> Iterator[Receiver]:
    if question := _question(cause):
        to: list[Receiver] = [question.organisation, *answering_for(question.organisation)]
        yield from (each for each in to if may_be_told(each, question.action.issue))


def _tell(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    question = _question(cause)
    if question is None or not may_be_told(receiver, question.action.issue):
        return None
    other_answers = [] if question.planned_day else [OTHER_ANSWERS]
    text = [LINK_IS_NEW, *question_in_words(question, put_by(question)), wished(question.action), *other_answers]
    return words_to_answer(new_link_line(question), question, text, receiver)


LINK_IS_NEW_AGAIN = NoticeKind(NEW_LINK, Subject.ASKED, LABEL, _receivers, _tell)
