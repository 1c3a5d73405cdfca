"""The words of a reminder: what is owed by which day, and why one is not sent."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from base.swedish.words import day_and_month, sentence, swedish_moment
from issues.models import Assignment, Event
from issues.texts.action import promised
from issues.texts.notices import answer_wanted
from members.actor import Channel

LAST_REMINDER = "Det här är den sista påminnelsen."
WHAT_HAS_HAPPENED = "Vad har hänt? Meddela att det är klart, eller en ny dag."
NOT_REMINDED = "Ingen påminnelse är skickad."
NOBODY_TO_TELL = "{} har ingen brevlåda, och ingen som svarar för dem får mejl."


def reminded_line(question: Assignment) -> str:
    """Påminnelse, svar önskas senast 12 december: Byt lamporna. · …, svar skulle ha kommit 12 december: Byt lamporna.

    Of what was promised: Påminnelse, planerat klart 12 december: … · Påminnelse, skulle ha varit klart 12 december: …
    """
    return f"Påminnelse, {_owed(question)}: {question.action}"


def _owed(question: Assignment) -> str:
    """What is owed by which day, inside a sentence."""
    planned, today = question.planned_day, timezone.localdate()
    if planned is None:
        return answer_wanted(question)
    if question.planned and question.planned < today:
        return f"skulle ha varit klart {planned.shown(today=today)}"
    return promised(question, today)


def owed_since(question: Assignment) -> str:
    """When they were asked, or said yes, as a sentence: Tekniska förvaltningen fick frågan 28 oktober."""
    answer = question.answer
    since = timezone.localdate(answer.given_at if answer else question.asked_at)
    day = day_and_month(since, today=timezone.localdate())
    if (answer.channel if answer else question.asked_channel) == Channel.OLD_LIST:
        return f"Det stod i gruppens gamla åtgärdslista, som lästes in {day}."
    return f"{question.organisation} {f'åtog sig åtgärden {day}' if answer else f'fick frågan {day}'}."


def said_by(event: Event, usual: str) -> str:
    """What stands first: the words of the samordnare with her name, of the register the group's usual ones."""
    if event.by is None:
        return sentence(usual)
    return sentence(f"{event.by} påminner: {event.text}" if event.text else f"{event.by} påminner")


def already_reminded(latest: Event, question: Assignment) -> str:
    """That it was done today, and when it can be again: Maja Exempel påminde Tekniska förvaltningen i dag 10.15. …"""
    when = swedish_moment(latest.at, today=timezone.localdate())
    return f"{latest.named} påminde {question.organisation} {when}. Du kan påminna igen i morgon."


def reminded_when(at: datetime) -> str:
    """When they were reminded last: Senast påmind 12 november."""
    return f"Senast påmind {day_and_month(timezone.localdate(at), today=timezone.localdate())}."


def does_not_wait(question: Assignment) -> str:
    """Why there is nothing to remind of."""
    answer = question.answer
    stands = f"{answer} " if answer and not question.ended_at else ""
    return f"{stands}Inget väntar på {question.organisation}. {NOT_REMINDED}"
