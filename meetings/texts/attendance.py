"""The sentences about the attendance of a meeting: of one organisation, and of all."""

from __future__ import annotations

from datetime import date

from base.swedish.words import (
    StateSentence,
    capital,
    in_words,
    listed,
    number_word,
    plural,
)
from meetings.attendance import AttendanceRow
from meetings.models import Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import FIRST
from meetings.texts.meeting import day_ahead, meeting_name
from members.models import Member

State = OrganisationAtMeeting.State
HERE = {Meeting.State.PLANNED: "väntas", Meeting.State.UNDER_WAY: "är närvarande", Meeting.State.CLOSED: "deltog"}


def excuses_dropped(number: int) -> str:
    """The excuses that went with a changed day: Två anmälda förhinder gällde den gamla dagen och är borttagna."""
    if not number:
        return ""
    excuses = in_words(number, "anmält förhinder", "anmälda förhinder", neuter=True)
    return f"{capital(excuses)} gällde den gamla dagen och är {'borttaget' if number == 1 else 'borttagna'}."


def attendance_summary(rows: list[AttendanceRow], meeting: Meeting) -> str:
    """The attendance in a sentence: 11 av 13 organisationer är närvarande, en med ersättare."""
    there = [row for row in rows if _comes(row, planned=meeting.is_planned)]
    deputies = sum(row.by_deputy for row in there)
    verb = HERE[Meeting.State(meeting.state)]
    with_deputy = f", {number_word(deputies)} med ersättare" if deputies else ""
    return f"{len(there)} av {plural(len(rows), 'organisation', 'organisationer')} {verb}{with_deputy}."


def who_goes(rows: list[AttendanceRow], meeting: Meeting, member: Member, today: date) -> str:
    """Who goes to a planned meeting in whose place, for the two it concerns; empty when all is as usual.

    Du går på mötet onsdag 9 december, Omar Prov har förhinder. · Gun Prototyp går på mötet i morgon i stället för dig.
    """
    row = next((row for row in rows if member in (row.ordinary, row.deputy)), None)
    if row is None or row.is_noted or not meeting.is_planned or meeting.day < today:
        return ""
    which = f"{meeting_name(meeting).lower()} {day_ahead(meeting.day, today)}"
    if row.expected and row.expected.member == member:
        instead = f"{row.ordinary} har förhinder" if row.ordinary else "ordinarie plats är vakant"
        return f"Du går på {which}, {instead}." if row.by_deputy else ""
    if member not in row.excused or (row.expected and member == row.deputy):
        return ""
    if row.expected:
        return f"{row.expected.member} går på {which} i stället för dig."
    return f"Ingen från {row.organisation} går på {which}."


def row_state(row: AttendanceRow) -> StateSentence:
    """How one organisation stands: who sits or is expected, and in whose place."""
    match row.state:
        case State.REPRESENTED:
            return StateSentence("present", f"{_sitting(row)}.", _instead_of(row))
        case State.EXCUSED:
            return StateSentence("declined", "Anmält förhinder.", _cannot_come(row))
        case State.ABSENT:
            return StateSentence("declined", "Frånvarande.")
        case State.VACANT:
            return StateSentence("left", "Vakant.", "Ingen är utsedd.")
    return _expected(row)


def _comes(row: AttendanceRow, *, planned: bool) -> bool:
    """Whether somebody is there; before the meeting, whether somebody is expected."""
    return bool(row.expected) if planned and not row.is_noted else row.state == State.REPRESENTED


def _sitting(row: AttendanceRow) -> str:
    """Who sits, and for which part: Omar Prov, ordinarie · Omar Prov till och med punkt 5, sedan Gun Prototyp."""
    if len(row.presences) == 1:
        presence = row.presences[0]
        return f"{presence.member}, {presence.get_capacity_display().lower()}{presence.span}"
    if not row.presences:
        return "Närvarande"
    first, *others = row.presences
    names = [str(first.member), *(f"sedan {other.member}{_until(other)}" for other in others)]
    since = f" från punkt {first.first}" if first.first > FIRST else ""
    names[0] += f"{since} till och med punkt {first.last}"
    return ", ".join(names)


def _until(presence: Presence) -> str:
    return "" if presence.last is None else f" till och med punkt {presence.last}"


def _instead_of(row: AttendanceRow) -> str:
    if row.by_deputy and row.ordinary and len(row.presences) == 1:
        return f"I stället för {row.ordinary}."
    return ""


def _cannot_come(row: AttendanceRow) -> str:
    return f"{listed([str(member) for member in row.excused])} kan inte komma." if row.excused else ""


def _expected(row: AttendanceRow) -> StateSentence:
    span = row.expected
    if row.is_vacant:
        return StateSentence("left", "Vakant.", "Ingen är utsedd.")
    if span is None:
        return StateSentence("declined", "Anmält förhinder.", _cannot_come(row))
    if span.capacity == Presence.Capacity.ORDINARY:
        return StateSentence("left", f"{span.member} väntas.")
    instead = f"{row.ordinary} kan inte komma." if row.ordinary else "Ordinarie plats är vakant."
    return StateSentence("left", f"{span.member}, ersättare, väntas.", instead)
