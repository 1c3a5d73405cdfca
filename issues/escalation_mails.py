"""The mail to an organisation whose question the group has lifted over its head, and of what was decided there."""

from __future__ import annotations

from collections.abc import Iterator

from base.swedish.words import sentence
from issues.models import Action, Event
from issues.notices import ESCALATED, LABEL, in_words, of_event
from issues.question_mails import answering_for, words_to_answer
from issues.texts.escalation import CAN_STILL_ANSWER, lifted_line
from issues.texts.reminding import WHAT_HAS_HAPPENED
from members.models import Member, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver


def _with_it(event: Event) -> Iterator[Receiver]:
    """Whose question was lifted, and who answers for them, less who lifted it; nobody who no longer has it."""
    if event.assignment and event.assignment.ended_at is None:
        yield event.assignment.organisation
        yield from (one for one in answering_for(event.assignment.organisation) if one.pk != event.by_id)


def _tell_escalated(event: Event, receiver: Receiver) -> NoticeWords | None:
    question, action = event.assignment, event.action
    if question is None or action is None or question.ended_at is not None:
        return None
    line, about = lifted_line(event), sentence(f"Ärende {event.issue.number}: {event.issue.title}")
    if action.state == Action.State.PROPOSED or action.is_promised:
        question.action = action
        then = WHAT_HAS_HAPPENED if action.is_promised else CAN_STILL_ANSWER
        return words_to_answer(line, question, [str(event), about, then], receiver, by=event.by)
    member = receiver if isinstance(receiver, Member) else None
    coordinator = Member.objects.whom_to_ask(member, by=event.by)
    to_do = "Läs åtgärden" if member else "Logga in och läs"
    replies_to = coordinator.mail_address if coordinator else ""
    return NoticeWords(line, action.get_absolute_url(), to_do, f"{event}\n\n{about}", replies_to=replies_to)


LIFTED = NoticeKind(ESCALATED, Subject.ASKED, LABEL, of_event(_with_it), in_words(_tell_escalated))
