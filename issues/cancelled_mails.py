"""The mail to an organisation whose question, or what it has undertaken to do, the group takes back."""

from __future__ import annotations

from collections.abc import Iterator

from base.swedish.words import sentence
from issues.models import Answer, Assignment, Event
from issues.notices import ASKED, CANCELLED, LABEL, REMINDED, in_words, of_event
from issues.question_mails import answering_for
from issues.texts.notices import cancelled_line, cancelled_to_owner
from members.models import Member, Notice, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver


def _who_was_asked(event: Event) -> Iterator[Receiver]:
    """The organisation that had it last and who answers for it, of them those whom a mail of it has reached: to the
    others there is nothing to take back. Less who takes it back; nobody where they had said no.
    """
    current = _taken_back(event)
    if current:
        reached = _reached(event)
        asked: list[Receiver] = [current.organisation, *answering_for(current.organisation)]
        yield from (one for one in asked if (type(one), one.pk) in reached and one != event.by)


def _taken_back(event: Event) -> Assignment | None:
    current = event.action and event.action.current
    declined = current and current.answer and current.answer.kind == Answer.Kind.DECLINED
    return current if current and current.asked_at and not declined else None


def _reached(event: Event) -> set[tuple[type[Receiver], int]]:
    """Whom a mail of the question, or a reminder of it, has reached or may have."""
    about = [str(key) for key in Event.objects.filter(action=event.action).values_list("pk", flat=True)]
    had = Notice.objects.filter(cause__kind__in=(ASKED, REMINDED), cause__key__in=about, state__in=Notice.REACHED)
    return {(type(notice.receiver), notice.receiver.pk) for notice in had.select_related("member", "organisation")}


def _tell_cancelled(event: Event, receiver: Receiver) -> NoticeWords | None:
    current = _taken_back(event)
    if current is None:
        return None
    member = receiver if isinstance(receiver, Member) else None
    coordinator = Member.objects.whom_to_ask(member, by=event.by)
    return NoticeWords(
        cancelled_line(current),
        current.action.get_absolute_url(),
        "Se åtgärden" if member else "Logga in och se åtgärden",
        "\n\n".join(filter(None, [cancelled_to_owner(current), sentence(event.text)])),
        replies_to=coordinator.mail_address if coordinator else "",
    )


CANCELLING = NoticeKind(CANCELLED, Subject.ASKED, LABEL, of_event(_who_was_asked), in_words(_tell_cancelled))
