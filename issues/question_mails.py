"""The mail of a question: to the organisation that has it now, with what it takes to answer and the link to do so.

What reminds, escalates or sends a new link asks in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from base.swedish.order import swedish_key
from base.swedish.words import sentence
from issues.answer_link import address_for
from issues.counting import ObservationCount
from issues.models import Action, Answer, Assignment, Event
from issues.notices import ASKED, LABEL, TELLS, in_words, of_event
from issues.texts.notices import (
    BUTTONS,
    BY_LINK,
    OTHER_ANSWERS,
    asked_line,
    how_to_answer,
    link_is_for,
    rests_on,
    who_asks,
    whom_to_ask,
    wished,
)
from members.actor import Channel
from members.models import AnswersFor, Group, Member, Organisation, Seat, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver, Way


def _asked(event: Event) -> Iterator[Receiver]:
    current = _question_of(event)
    if current:
        yield current.organisation
        answering = [*answering_for(current.organisation), *_who_asked_back(_answered_by_it(event))]
        yield from (one for one in answering if one.pk != event.by_id)


def answering_for(organisation: Organisation) -> list[Member]:
    """Those who are to answer for it."""
    return answering_for_each([organisation])[organisation.pk]


def answering_for_each(organisations: Iterable[Organisation]) -> dict[int, list[Member]]:
    """By the key of each those who are to answer for it; in two queries.

    That is who sits as ordinary today, where nobody does the deputy, and its handläggare.
    """
    theirs = {"organisation__in": [one.pk for one in organisations], "member__in": Member.objects.active()}
    seats = list(Seat.objects.current().filter(**theirs).select_related("member"))
    marks = list(AnswersFor.objects.filter(**theirs).select_related("member"))
    found = {}
    for key in theirs["organisation__in"]:
        seated = [seat for seat in seats if seat.organisation_id == key]
        sits = [seat.member for seat in seated if seat.role == Seat.Role.ORDINARY] or [seat.member for seat in seated]
        answering = {*sits, *(mark.member for mark in marks if mark.organisation_id == key)}
        found[key] = sorted(answering, key=lambda member: (swedish_key(str(member)), member.pk))
    return found


def _question_of(event: Event) -> Assignment | None:
    """The question that the event put, while it still waits for its answer; of what was passed on, the one after it.

    None where the issue is closed, or who was asked takes part no longer: nobody is to answer then.
    """
    if event.action is None:
        return None
    action = Action.objects.with_current().get(pk=event.action.pk)
    current = action.current
    waits = action.state == Action.State.PROPOSED and current.asked_at is not None and not current.is_answered
    matters = not event.issue.is_closed and current.organisation.is_active(timezone.localdate())
    # Proposed and passed on at the same meeting are one moment: the question is told by what put it to who has it.
    is_put = current.asked_at == event.at and (event.answer_id is not None or event.assignment_id == current.pk)
    return current if waits and matters and is_put else None


def _answered_by_it(event: Event) -> Assignment | None:
    """What the organisation had asked the group, where the event is the group's answer to that."""
    if event.action is None or event.facts.get("how") != "reply":
        return None
    asked = Assignment.objects.filter(action=event.action, ended_at=event.at, answer__kind=Answer.Kind.QUESTION)
    return asked.select_related("answer__by").first()


def _who_asked_back(asked: Assignment | None) -> Iterator[Member]:
    """Whoever put it herself and may still answer for the organisation: a deputy too."""
    answer = asked and asked.answer
    if answer and answer.channel in {Channel.SIGNED_IN, Channel.MEETING}:
        who = Member.objects.active().filter(pk=answer.by_id).first()
        if who and asked and asked.organisation_id in who.organisation_ids:
            yield who


def _tell_asked(event: Event, receiver: Receiver) -> NoticeWords | None:
    current = _question_of(event)
    if current is None:
        return None
    text = [*question_in_words(current, event), wished(current.action), OTHER_ANSWERS]
    return words_to_answer(asked_line(current, answers=_answered_by_it(event)), current, text, receiver)


def put_by(question: Assignment) -> Event | None:
    """The event that put the question; None where it has not been put."""
    if question.asked_at is None:
        return None
    puts = [kind for kind, notices in TELLS.items() if ASKED in notices]
    events = Event.objects.standing().filter(action=question.action_id, at=question.asked_at, kind__in=puts)
    return events.select_related("organisation", "answer").order_by("pk").last()


def question_in_words(question: Assignment, event: Event | None) -> list[str]:
    """Who asks, about which issue and where, what it answers, what is to be done, and what that rests on."""
    action, issue = question.action, question.action.issue
    asked = _answered_by_it(event) if event else None
    passed_on_by = event.organisation if event and event.answer else None
    where = sentence(f"Plats: {issue.where}") if issue.where else ""
    theirs = sentence(f"Ni frågade: {asked.answer.text}") if asked and asked.answer else ""
    return [
        who_asks(question, Group.current(), passed_on_by=passed_on_by),
        f"{sentence(f'Ärende {issue.number}: {issue.title}')} {where}",
        theirs,
        sentence(f"Svar från gruppen: {question.message}" if theirs else _in_whose_words(question, passed_on_by)),
        sentence(action.text),
        rests_on(ObservationCount.for_anybody(issue)),
    ]


def _in_whose_words(question: Assignment, passed_on_by: Organisation | None) -> str:
    """What came with the question: the group's own, or of whoever passed it on: Tekniska skriver: ”Häcken är er.”"""
    said = question.message
    return f"{passed_on_by} skriver: ”{said}”" if passed_on_by and said else said


def words_to_answer(
    line: str, question: Assignment, text: Iterable[str], receiver: Receiver, *, by: Member | None = None
) -> NoticeWords:
    """A question or what was promised in words, the link by which it is answered, and whom to turn to about it.

    One who may sign in is led there, so that her answer has her name; an organisation's mailbox by the link, of which
    she has a copy of her own. To turn to is who asked, or `by`.
    """
    member = receiver if isinstance(receiver, Member) else None
    coordinator = Member.objects.whom_to_ask(member, by=by or question.asked_by)
    promised = question.planned_day is not None
    by_link = Way(BY_LINK[promised], address_for(question, member))
    page = Way(BUTTONS[promised], question.action.get_absolute_url())
    if isinstance(receiver, Organisation):
        button, way = by_link, how_to_answer(answering_for(receiver), coordinator)
    else:
        button, way = page, whom_to_ask(coordinator)
    return NoticeWords(
        line,
        button.url,
        button.to_do,
        "\n\n".join(part.strip() for part in text if part.strip()),
        ways=(by_link,) if member else (),
        replies_to=coordinator.mail_address if coordinator else "",
        waits=True,
        below=link_is_for(promised=promised),
        whom_to_ask=way,
    )


QUESTION = NoticeKind(ASKED, Subject.ASKED, LABEL, of_event(_asked), in_words(_tell_asked))
