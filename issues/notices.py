"""Whom the events of an issue are told to by mail, and in which words: made anew when the mail is.

The events are the causes: no verb has to remember that something is to be told. Of what is restricted nobody is told
more than that something has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from base.swedish.words import sentence
from issues.link_receipts import TOLD_BY_LINK, is_said_anew, is_their_word, tell_receipt, told_later, who_said
from issues.models import Event, Follower, Issue, Observation
from issues.models.closure import TIME_TO_UNDO
from issues.reporters import is_told, reporters_of
from issues.texts.notices import (
    answered_line,
    asks_the_group,
    came_by_link,
    ended_line,
    followed_line,
)
from issues.texts.remaining import remains_line
from members.actor import Channel
from members.models import Member, NoticeCause, Subject
from members.models.notice import GATHERED_WITHIN
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver, Way
from members.outbox.one_by_one import one_by_one

WRITTEN_AFTERWARDS = timedelta(days=1)
"""What is written down so long after it happened is told of by no mail: old minutes. Nor is the group's old list."""

Kinds = Event.Kind
ASKED, ANSWERED, RECEIPT, ENDED = "issues.asked", "issues.answered", "issues.receipt", "issues.ended"
NAMED, NEWS, REPORTED, REMAINED = "issues.named", "issues.news", "issues.reported", "issues.remained"
REMINDED, ESCALATED, NEW_LINK = "issues.reminded", "issues.escalated", "issues.new_link"
CANCELLED = "issues.cancelled"

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
    Kinds.CANCELLED: (CANCELLED,),
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
    noted = NoticeCause.objects.filter(kind__in={*chain.from_iterable(TELLS.values())}, happened_at__gte=since)
    known = set(noted.values_list("kind", "key"))
    found = one_by_one(events, _causes_of, _thing, at=at)
    yield from (cause for cause in found if (cause.kind, cause.key) not in known)


def tell_at_once(events: QuerySet[Event], *, at: datetime) -> None:
    """Let what could have been undone be told of now: its undo has ended."""
    passed_on = Q(kind=Kinds.MOVED, channel=Channel.MEETING)
    undoable = events.filter(Q(kind__in=MAY_BE_UNDONE) | passed_on).only(*ASKED_OF_EVENTS)
    NoticeCause.objects.hasten(cause for event in undoable for cause in _causes_of(event, due=at))


def _causes_of(event: Event, *, due: datetime | None = None) -> Iterator[NoticeCause]:
    if event.recorded_at - event.at > WRITTEN_AFTERWARDS or event.channel in Channel.of_before():
        return
    at_table = event.kind == Kinds.MOVED and event.channel == Channel.MEETING  # maybe given by a closing
    after = due or (event.at + TOLD_AFTER if event.kind in MAY_BE_UNDONE or at_table else None)
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
    if event is None or (event.issue.state == Issue.State.STRUCK and event.kind != Kinds.CANCELLED):
        return None  # of what is struck only that a question is taken back with it
    return event


def may_be_told(receiver: Receiver, issue: Issue) -> bool:
    if isinstance(receiver, Member):
        return Issue.with_struck.visible_to(receiver).filter(pk=issue.pk).exists()
    return not issue.restricted


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
    NoticeKind(ANSWERED, Subject.ANSWERED, LABEL, of_event(_leading), in_words(_tell_answered)),
    NoticeKind(RECEIPT, Subject.ASKED, LABEL, of_event(who_said), in_words(tell_receipt)),
    NoticeKind(ENDED, Subject.FOLLOWED, LABEL, of_event(_told_of_the_end), in_words(_tell_ended)),
    NoticeKind(NEWS, Subject.FOLLOWED, LABEL, of_event(_following), in_words(_tell_news)),
    NoticeKind(NAMED, Subject.NAMED, LABEL, of_event(_named), in_words(lambda event, receiver: SECRET)),
)
