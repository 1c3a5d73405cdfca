"""The words of the call to a meeting: when and where, its agenda, and what one's organisation is to answer."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from base.records import not_restricted
from base.swedish.words import capital, day_and_month, listed, swedish_day
from issues.models import Action, in_order_of_need
from meetings.agenda.building import agenda_for_paper
from meetings.attendance import AttendanceRow
from meetings.models import Meeting
from meetings.texts.attendance import who_goes
from meetings.texts.meeting import time_and_place
from members.models import Member

FILES = "Dagordningen bifogas som PDF. Den följer registret tills mötet startar. Kalenderfilen är för din kalender."
TO_THE_ORDINARY = "Kan du inte komma? Anmäl förhinder på mötets sida, så får ersättaren kallelsen."
TO_THE_DEPUTY = "Säg till om du inte heller kan, så vet samordnaren det."
IN_THE_CALENDAR = "Kalenderfilen ersätter den som du har fått förut."
ANEW = f"Förhinder gäller den dag som de anmäldes för. {TO_THE_ORDINARY}"


def call_line(meeting: Meeting) -> str:
    """Kallelse till möte onsdag 25 november."""
    return f"Kallelse till {_which(meeting)}"


def change_line(meeting: Meeting) -> str:
    """Ändrad tid eller plats: möte onsdag 25 november."""
    return f"Ändrad tid eller plats: {_which(meeting)}"


def call_text(meeting: Meeting, member: Member, table: list[AttendanceRow]) -> str:
    """What is told to one who is expected for the organisations of the table."""
    today = timezone.localdate()
    instead = who_goes([row for row in table if row.by_deputy], meeting, member, today)
    parts = [
        when_and_where(meeting),
        instead,
        _questions(member, table, today),
        TO_THE_DEPUTY if instead else TO_THE_ORDINARY,
        _agenda(meeting, member),
        FILES,
    ]
    return "\n\n".join(filter(None, parts))


def when_and_where(meeting: Meeting) -> str:
    return f"{capital(time_and_place(meeting))}."


def when_called(called: datetime | None, calls: datetime, *, now: datetime) -> str:
    """Kallelsen skickades 18 november. · Kallelsen skickas onsdag 18 november."""
    today = timezone.localdate()
    if called:
        return f"Kallelsen skickades {day_and_month(timezone.localdate(called), today=today)}."
    if calls <= now:
        return "Kallelsen skickas strax."
    return f"Kallelsen skickas {swedish_day(timezone.localdate(calls), today=today)}."


def _which(meeting: Meeting) -> str:
    name = "extra möte" if meeting.is_extra else "möte"
    return f"{name} {swedish_day(meeting.day, today=timezone.localdate())}."


def _questions(member: Member, table: list[AttendanceRow], today: date) -> str:
    """What the organisations are to answer, the most needed first; never what is restricted."""
    organisations = [row.organisation for row in table]
    assigned = Action.objects.visible_to(member).assigned_to([each.pk for each in organisations])
    actions = assigned.filter(not_restricted("issue")).handed_out().open().with_current()
    asked = [action for action in in_order_of_need(actions, today) if action.is_asked]
    lines = [f"– {action.title}{_answer_due(action, today)}" for action in asked]
    return "\n".join([f"Att svara på för {listed([str(each) for each in organisations])}:", *lines]) if lines else ""


def _answer_due(action: Action, today: date) -> str:
    due = action.current.answer_due
    return f" (svara senast {day_and_month(due, today=today)})" if due else ""


def _agenda(meeting: Meeting, member: Member) -> str:
    """The headings and their points, without what is restricted, as on the paper that goes with it."""
    lines = ["Dagordning:"]
    for heading in agenda_for_paper(meeting, member):
        lines.append(f"{heading.number}. {heading.title}")
        lines += [f"{line.number} {line.title}" for line in heading.under]
    return "\n".join(lines)
