"""The sentences about a meeting that is called off: who did and why, and where its topics are taken up instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from base.swedish.words import capital, in_words, listed, plural, sentence, swedish_day
from meetings.models import AgendaItem, Meeting
from meetings.planning import in_passing
from members.models import Member

AFTERWARDS = " Därefter får de som är kallade mejl."


def is_called_off(meeting: Meeting) -> str:
    """Mötet onsdag 9 december är inställt. · One on paper: … är borttaget ur registret."""
    if meeting.is_on_paper:
        return f"{_the(meeting)} är borttaget ur registret."
    return f"{_the(meeting)} är inställt."


def called_off(meeting: Meeting, *, dated: bool = False) -> str:
    """Inställt av Maja Exempel, i dag 10.14: Sjukdom. · By the date, as a mail has it: …, onsdag 2 december 10.14: …"""
    entered = meeting.state_entered()
    how = "Borttaget" if meeting.is_on_paper else "Inställt"
    return sentence(f"{how} av {entered.dated if dated and entered else entered}{_because(meeting)}")


def topics_moved(meeting: Meeting) -> str:
    """Where what stood on its agenda went, if there is such a meeting: tas upp på mötet 20 januari."""
    if meeting.topics_moved_to is None:
        return ""
    return f"Det som stod på dagordningen tas upp på {_passing(meeting.topics_moved_to)}."


def after_calling_off(meeting: Meeting, now: datetime, *, is_told: bool) -> str:
    """Whether it can be taken back and until when, and when those who have been called are told, if they are."""
    if meeting.undo_until is None:
        return ""
    until = f"{timezone.localtime(meeting.undo_until):%H.%M}"
    if meeting.can_be_undone_at(now):
        return f"Fram till {until} kan det ångras.{AFTERWARDS if is_told else ''}"
    if meeting.sent_at:
        day = swedish_day(timezone.localdate(meeting.sent_at), today=timezone.localdate(now))
        return f"Mejlen började skickas {day} {until}, och det kan inte längre ångras."
    return ""


def who_is_told(members: list[Member], *, is_called: bool) -> str:
    """Beforehand: Sju personer som har fått kallelsen får veta det i ett mejl: Omar Prov och …"""
    if not members:
        why = "Ingen har fått kallelsen än" if is_called else "Kallelsen är inte skickad"
        return f"{why}, så ingen får mejl om det."
    who = capital(in_words(len(members), "person", "personer"))
    names = listed([str(member) for member in members])
    has_had = "kallelsen" if is_called else "mejl om att gå på mötet"
    return f"{who} har fått {has_had} och får veta det i ett mejl när tio minuter har gått: {names}."


def what_moves(target: Meeting | None, items: Iterable[AgendaItem]) -> str:
    """Beforehand: Två punkter flyttas till mötet 20 januari."""
    number = len(list(items))
    if not number:
        return "Ingen punkt behöver flyttas. Det som registret föreslår kommer på nästa möte av sig självt."
    points = capital(plural(number, "punkt", "punkter") if number > 12 else in_words(number, "punkt", "punkter"))
    if target is None:
        return f"{points} väntar tills nästa möte planeras, och flyttas dit."
    return f"{points} flyttas till {_passing(target)}."


def _because(meeting: Meeting) -> str:
    return f": {meeting.why_cancelled}" if meeting.why_cancelled else ""


def _the(meeting: Meeting) -> str:
    name = "Extramötet" if meeting.is_extra else "Mötet"
    return f"{name} {swedish_day(meeting.day, today=timezone.localdate())}"


def _passing(meeting: Meeting) -> str:
    return in_passing(meeting, today=timezone.localdate())
