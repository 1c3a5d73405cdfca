"""The mails of the reminders: to whom owes the answer or the promise, in the words of the question."""

from __future__ import annotations

from collections.abc import Iterator

from issues.models import Event
from issues.notices import LABEL, REMINDED, in_words, of_event
from issues.question_mails import answering_for, put_by, question_in_words, words_to_answer
from issues.reminding import is_reminded_of
from issues.texts.notices import OTHER_ANSWERS, wished
from issues.texts.reminding import LAST_REMINDER, WHAT_HAS_HAPPENED, owed_since, reminded_line, said_by
from members.models import Group, Subject
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver


def _reminded(event: Event) -> Iterator[Receiver]:
    """The organisation that is reminded, and who is to answer for it now, less who reminds."""
    question = is_reminded_of(event)
    if question:
        yield question.organisation
        yield from (one for one in answering_for(question.organisation) if one.pk != event.by_id)


def _tell_reminded(event: Event, receiver: Receiver) -> NoticeWords | None:
    question = is_reminded_of(event)
    if question is None:
        return None
    promised = question.planned_day is not None
    late = [wished(question.action), owed_since(question), LAST_REMINDER if event.facts.get("last") else ""]
    text = [
        said_by(event, Group.current().reminder_text),
        " ".join(filter(None, late)),
        *([WHAT_HAS_HAPPENED] if promised else []),
        *question_in_words(question, put_by(question)),
        *([] if promised else [OTHER_ANSWERS]),
    ]
    return words_to_answer(reminded_line(question), question, text, receiver, by=event.by)


REMINDER = NoticeKind(REMINDED, Subject.ASKED, LABEL, of_event(_reminded), in_words(_tell_reminded))
