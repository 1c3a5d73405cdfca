"""Whom the events of an issue are told to by mail, and in which words: made anew when the mail is.

The events are the causes: no verb has to remember that something is to be told. Of what is restricted nobody is told
more than that something has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import sentence
from issues.answer_link import address_for
from issues.counting import ObservationCount
from issues.link_receipts import TOLD_BY_LINK, is_said_anew, is_their_word, tell_receipt, told_later, who_said
from issues.models import Action, Answer, Assignment, Event, Follower, Issue, Observation
from issues.models.closure import TIME_TO_UNDO
from issues.reporters import is_told, reporters_of
from issues.texts.notices import (
    BUTTONS,
    BY_LINK,
    OTHER_ANSWERS,
    answered_line,
    asked_line,
    asks_the_group,
    came_by_link,
    ended_line,
    followed_line,
    how_to_answer,
    link_is_for,
    rests_on,
    who_asks,
    whom_to_ask,
    wished,
)
from issues.texts.remaining import remains_line
from members.actor import Channel
from members.models import AnswersFor, Group, Member, NoticeCause, Organisation, Seat, Subject
from members.models.notice import GATHERED_WITHIN
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver, Way
from members.outbox.one_by_one import one_by_one

WRITTEN_AFTERWARDS = timedelta(days=1)
"""What is written down so long after it happened is told of by no mail: old minutes, an import."""

Kinds = Event.Kind
ASKED, ANSWERED, RECEIPT, ENDED = "issues.asked", "issues.answered", "issues.receipt", "issues.ended"
NAMED, NEWS, REPORTED, REMAINED = "issues.named", "issues.news", "issues.reported", "issues.remained"
REMINDED, ESCALATED, NEW_LINK = "issues.reminded", "issues.escalated", "issues.new_link"

TELLS: dict[str, tuple[str, ...]] = {
    Kinds.PROPOSED: (ASKED, REPORTED, NEWS),
    Kinds.DECIDED: (ASKED, REPORTED, NEWS),
    Kinds.MOVED: (ASKED, ANSWERED, RECEIPT, REPORTED, NEWS),
    Kinds.ANSWERED: (ANSWERED, RECEIPT, REPORTED, NEWS),
    Kinds.DONE: (ANSWERED, RECEIPT, REPORTED, NEWS),
    Kinds.DATE_CHANGED: (ANSWERED, RECEIPT, REPORTED, NEWS),
    Kinds.STARTED: (ANSWERED, RECEIPT),
    Kinds.PROGRESS: (ANSWERED, RECEIPT),
    Kinds.REMINDED: (REMINDED,),
    Kinds.ESCALATED: (ESCALATED, NEWS),
    Kinds.RULED: (ESCALATED, NEWS),
    Kinds.REOPENED: (REPORTED, NEWS),
    Kinds.REMAINS: (ANSWERED, REMAINED, REPORTED, NEWS),
    Kinds.CLOSED: (ENDED,),
    Kinds.RESTRICTED: (NAMED,),
    Kinds.NAMED: (NAMED,),
}
"""Which notices an event may cause. Whether it does is for those whom the notice finds to tell it to."""

MAY_BE_UNDONE = {Kinds.DECIDED, Kinds.CLOSED, Kinds.ESCALATED, Kinds.RULED}
TOLD_AFTER = TIME_TO_UNDO + GATHERED_WITHIN
"""When they are told of: an undo that began in time has come to its end by then."""

ASKED_OF_EVENTS = ("pk", "kind", "at", "recorded_at", "issue_id", "assignment_id", "channel")

SECRET = NoticeWords("Logga in för att se vad som har hänt i ett ärende.", "/", "Logga in", is_first=True)


def causes_since(since: datetime, *, at: datetime) -> Iterator[NoticeCause]:
    """The causes of the events that were recorded since then, less what was written down long after it happened."""
    events = Event.objects.filter(recorded_at__gte=since, kind__in=TELLS).only(*ASKED_OF_EVENTS)
    noted = NoticeCause.objects.filter(kind__in=[kind.name for kind in KINDS], happened_at__gte=since)
    known = set(noted.values_list("kind", "key"))
    found = one_by_one(events, _causes_of, _thing, at=at)
    yield from (cause for cause in found if (cause.kind, cause.key) not in known)


def tell_at_once(events: QuerySet[Event], *, at: datetime) -> None:
    """Let what could have been undone be told of now: its undo has ended."""
    undoable = events.filter(kind__in=MAY_BE_UNDONE).only(*ASKED_OF_EVENTS)
    NoticeCause.objects.hasten(cause for event in undoable for cause in _causes_of(event, due=at))


def _causes_of(event: Event, *, due: datetime | None = None) -> Iterator[NoticeCause]:
    if event.recorded_at - event.at > WRITTEN_AFTERWARDS:
        return
    after = due or (event.at + TOLD_AFTER if event.kind in MAY_BE_UNDONE else None)
    later = told_later(event)
    for kind in TELLS[event.kind]:
        if event.channel != Channel.LINK and (kind == RECEIPT or (kind == ANSWERED and event.kind in TOLD_BY_LINK)):
            continue
        due_at = later or after if kind in (ANSWERED, RECEIPT) else after
        yield NoticeCause.of(kind, event.pk, at=event.at, due=due_at, thing=_thing(event))


def _thing(event: Event) -> str:
    return f"issue:{event.issue_id}"


def of_event(receivers: Callable[[Event], Iterable[Receiver]]) -> Callable[[NoticeCause], list[Receiver]]:
    """Whom the event concerns of those who may know of it; nobody where the issue has been struck."""

    def found(cause: NoticeCause) -> list[Receiver]:
        event = _event(cause)
        return [one for one in receivers(event) if may_be_told(one, event.issue)] if event else []

    return found


def in_words(
    write: Callable[[Event, Receiver], NoticeWords | None],
) -> Callable[[NoticeCause, Receiver], NoticeWords | None]:
    """What the event tells the receiver, who may still know of the issue."""

    def written(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
        event = _event(cause)
        if not event or not may_be_told(receiver, event.issue):
            return None
        told = write(event, receiver)
        return SECRET if told and event.issue.restricted else told

    return written


def _event(cause: NoticeCause) -> Event | None:
    pointing = (
        *("issue", "by", "organisation", "action__issue", "assignment__organisation"),
        *("answer", "date_change", "closure", "escalation", "ruling"),
    )
    told = Event.objects.standing().less_settled_questions()
    event = told.select_related(*pointing).filter(pk=cause.key).first()
    return None if event is None or event.issue.state == Issue.State.STRUCK else event


def may_be_told(receiver: Receiver, issue: Issue) -> bool:
    if isinstance(receiver, Member):
        return Issue.objects.visible_to(receiver).filter(pk=issue.pk).exists()
    return not issue.restricted


# A question: to the organisation that has it now


def _asked(event: Event) -> Iterator[Receiver]:
    current = _question_of(event)
    if current:
        yield current.organisation
        answering = [*answering_for(current.organisation), *_who_asked_back(_answered_by_it(event))]
        yield from (one for one in answering if one.pk != event.by_id)


def answering_for(organisation: Organisation) -> Iterable[Member]:
    """Those who are to answer for it: who sits as ordinary today, where nobody does the deputy, and its handläggare."""
    seated = Seat.objects.current().filter(organisation=organisation, member__in=Member.objects.active())
    sits = seated.filter(role=Seat.Role.ORDINARY)
    handling = AnswersFor.objects.filter(organisation=organisation)
    either = Q(pk__in=(sits if sits.exists() else seated).values("member")) | Q(pk__in=handling.values("member"))
    members: Iterable[Member] = Member.objects.active().filter(either).in_order()
    return members


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
    return current if waits and matters and current.asked_at == event.at else None


def _answered_by_it(event: Event) -> Assignment | None:
    """What the organisation had asked the group, where the event is the group's answer to that."""
    if event.action is None or event.facts.get("how") != "reply":
        return None
    asked = Assignment.objects.filter(action=event.action, ended_at=event.at, answer__kind=Answer.Kind.QUESTION)
    return asked.select_related("answer__by").first()


def _who_asked_back(asked: Assignment | None) -> Iterator[Member]:
    """Whoever put it herself and may still answer for the organisation: a deputy too."""
    answer = asked and asked.answer
    if answer and answer.channel == Channel.SIGNED_IN:
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
        sentence(f"Svar från gruppen: {question.message}" if theirs else question.message),
        sentence(action.text),
        rests_on(ObservationCount.for_anybody(issue)),
    ]


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
    if isinstance(receiver, Member):
        button, way = page, whom_to_ask(coordinator)
    else:
        button, way = by_link, how_to_answer(answering_for(receiver), coordinator)
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


# An answer, and that the problem remains: to the samordnare


def _leading(event: Event) -> Iterable[Receiver]:
    """Those who lead, less who gave or wrote down the answer; nobody where it is none (`is_their_word`)."""
    if not is_their_word(event):
        return []
    leading: Iterable[Member] = Member.objects.leading().exclude(pk=event.by_id).in_order()
    return leading


def _tell_answered(event: Event, receiver: Receiver) -> NoticeWords | None:
    action = event.action
    if event.kind == Kinds.REMAINS:
        return NoticeWords(remains_line(event), event.issue.get_absolute_url(), "Läs ärendet", str(event), waits=True)
    if action is None or is_said_anew(event):
        return None
    waits = asks_the_group(event)
    to_do = "Läs och svara" if waits else "Läs svaret" if event.answer else "Se åtgärden"
    came = f"\n\n{came_by_link(event)}" if event.channel == Channel.LINK else ""
    return NoticeWords(answered_line(event), action.get_absolute_url(), to_do, f"{event}{came}", waits=waits)


# How it ended: to those who have reported and those who follow


def _told_of_the_end(event: Event) -> Iterable[Receiver]:
    reported = Observation.objects.filter(issue=event.issue).values("reporter")
    following = Follower.objects.filter(issue=event.issue).values("member")
    told = Member.objects.active().filter(Q(pk__in=reported) | Q(pk__in=following))
    members: Iterable[Member] = told.exclude(pk=event.by_id).in_order()
    return members


def _tell_ended(event: Event, receiver: Receiver) -> NoticeWords | None:
    closure, issue = event.closure, event.issue
    if closure is None or issue.closure_id != closure.pk:
        return None
    reported = isinstance(receiver, Member) and Observation.objects.filter(issue=issue, reporter=receiver).exists()
    text = f"{closure.get_outcome_display()}. {sentence(closure.feedback)}"
    says = isinstance(receiver, Member) and receiver.is_in_group and not receiver.is_coordinator
    remains = Way("Kvarstår problemet?", reverse("issues:remains", args=[issue.number]))
    ways = (remains,) if reported and says and not closure.is_elsewhere else ()
    line = ended_line(event, has_reported=reported)
    return NoticeWords(line, issue.get_absolute_url(), "Läs vad det blev", text, ways=ways)


# What happens meanwhile: to those who follow it and did not do it themselves


def told_otherwise(event: Event) -> set[int]:
    """The samordnare of an answer, who is told of that."""
    return {one.pk for one in _leading(event) if isinstance(one, Member)} if ANSWERED in TELLS[event.kind] else set()


def _following(event: Event) -> Iterable[Receiver]:
    """Not those who are told of it otherwise, as samordnare or as reporters."""
    following = Follower.objects.filter(issue=event.issue).exclude(member__in=told_otherwise(event)).values("member")
    told = Member.objects.active().filter(pk__in=following).exclude(pk=event.by_id)
    members: Iterable[Member] = (told.exclude(pk__in=reporters_of(event.issue)) if is_told(event) else told).in_order()
    return members


def _tell_news(event: Event, receiver: Receiver) -> NoticeWords | None:
    seen = isinstance(receiver, Member) and Event.objects.visible_to(receiver).filter(pk=event.pk).exists()
    if not seen:
        return None
    issue = event.issue
    return NoticeWords(followed_line(event), issue.get_absolute_url(), "Läs ärendet", str(event))


# Being named on what is restricted


def _named(event: Event) -> Iterable[Receiver]:
    named: Iterable[Member] = Member.objects.active().filter(pk__in=event.facts["members"]).exclude(pk=event.by_id)
    return named


def of_hidden_issues(member: Member) -> Q:
    """The condition that a cause is about an issue that is hidden from her."""
    return _about(Issue.with_struck.filter(Issue.hidden_from(member)))


def of_restricted_issues() -> Q:
    """The condition that a cause is about a restricted issue."""
    return _about(Issue.with_struck.filter(restricted=True))


def _about(issues: QuerySet[Issue]) -> Q:
    name = Concat(Value("issue:"), Cast("pk", CharField()))
    return Q(thing__in=issues.annotate(thing=name).values("thing"))


def pages_of_issues(keys: Collection[int], member: Member) -> dict[int, Way]:
    """Those of the issues that she may open."""
    found = Issue.objects.visible_to(member).filter(pk__in=keys)
    return {issue.pk: Way(f"Ärende {issue.number}: {issue.title}", issue.get_absolute_url()) for issue in found}


LABEL = "ett ärende"
"""What a mail that did not reach was about."""

KINDS = (
    NoticeKind(ASKED, Subject.ASKED, LABEL, of_event(_asked), in_words(_tell_asked)),
    NoticeKind(ANSWERED, Subject.ANSWERED, LABEL, of_event(_leading), in_words(_tell_answered)),
    NoticeKind(RECEIPT, Subject.ASKED, LABEL, of_event(who_said), in_words(tell_receipt)),
    NoticeKind(ENDED, Subject.FOLLOWED, LABEL, of_event(_told_of_the_end), in_words(_tell_ended)),
    NoticeKind(NEWS, Subject.FOLLOWED, LABEL, of_event(_following), in_words(_tell_news)),
    NoticeKind(NAMED, Subject.NAMED, LABEL, of_event(_named), in_words(lambda event, receiver: SECRET)),
)
