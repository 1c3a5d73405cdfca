"""The sentences about the attendance of a meeting: of one organisation, and of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.utils import timezone

from base.swedish.points import at_point, at_points
from base.swedish.words import (
    StateSentence,
    capital,
    day_and_month,
    in_words,
    listed,
    number_word,
    plural,
    sentence,
    swedish_day,
)
from meetings.agenda.lines import AgendaLine
from meetings.attendance import Answer, AttendanceRow, Reply
from meetings.models import Meeting, OrganisationAtMeeting, Presence
from meetings.models.spot import FIRST
from meetings.people import described
from meetings.texts.meeting import day_ahead, meeting_name
from meetings.turnout import came
from members.models import Member, Seat

State = OrganisationAtMeeting.State
HERE = {Meeting.State.PLANNED: "väntas", Meeting.State.UNDER_WAY: "är närvarande", Meeting.State.CLOSED: "deltog"}


def answers_dropped(number: int) -> str:
    """The answers to the call that went with a changed day: Två svar på kallelsen gällde den gamla dagen …"""
    if not number:
        return ""
    answers = in_words(number, "svar på kallelsen", "svar på kallelsen", neuter=True)
    return f"{capital(answers)} gällde den gamla dagen och är {'borttaget' if number == 1 else 'borttagna'}."


def attendance_summary(rows: list[AttendanceRow], meeting: Meeting) -> str:
    """The attendance in a sentence: 11 av 13 organisationer är närvarande, en med ersättare."""
    if meeting.is_cancelled:
        return "Mötet är inställt."
    there = [row for row in rows if _comes(row, planned=meeting.is_planned)]
    deputies = sum(row.by_deputy for row in there)
    verb = HERE[Meeting.State(meeting.state)]
    with_deputy = f", {number_word(deputies)} med ersättare" if deputies else ""
    return f"{len(there)} av {plural(len(rows), 'organisation', 'organisationer')} {verb}{with_deputy}."


def attendance_in_short(rows: list[AttendanceRow], meeting: Meeting) -> str:
    """The same in so few words that they stand beside others: 11 av 13 närvarande."""
    if meeting.is_cancelled:
        return attendance_summary(rows, meeting)
    there = sum(_comes(row, planned=meeting.is_planned) for row in rows)
    return f"{there} av {len(rows)} {HERE[Meeting.State(meeting.state)].removeprefix('är ')}"


def nobody_from(rows: list[AttendanceRow]) -> str:
    """The organisations whose appointed have all said no: Ingen från Polisen och Socialförvaltningen kommer."""
    missing = [str(row.organisation) for row in rows if row.excused and not row.expected]
    return f"Ingen från {listed(missing)} kommer." if missing else ""


def not_mailed(members: list[Member]) -> str:
    """Who expected has no call: Gun Prototyp har valt bort mejl om möten. Säg till på annat sätt."""
    return (
        f"{listed([str(one) for one in members])} har valt bort mejl om möten. Säg till på annat sätt."
        if members
        else ""
    )


def called_later(days: dict[Member, date]) -> str:
    """When those are called whose place begins on a coming day: Åsa Ärlig får kallelsen 1 december, …"""
    today = timezone.localdate()
    told = [f"{member} får kallelsen {day_and_month(day, today=today)}" for member, day in days.items()]
    return " ".join(f"{words}, första dagen på platsen." for words in told)


def who_goes(rows: list[AttendanceRow], meeting: Meeting, member: Member, today: date, *, dated: bool = False) -> str:
    """Who goes to a planned meeting in whose place, for the two it concerns; empty when all is as usual.

    Du går på mötet onsdag 9 december, Omar Prov har förhinder. · Gun Prototyp går på mötet i morgon i stället för dig.
    By the date where it is `dated`, as a mail is, which is read on other days too.
    """
    row = next((row for row in rows if member in (row.ordinary, row.deputy)), None)
    if row is None or row.is_noted or not meeting.is_planned or meeting.day < today:
        return ""
    day = swedish_day(meeting.day, today=today) if dated else day_ahead(meeting.day, today)
    which = f"{meeting_name(meeting).lower()} {day}"
    if row.expected and row.expected.member == member:
        return f"Du går på {which}{_instead(row)}." if row.by_deputy else ""
    if member not in row.excused or (row.expected and member == row.deputy):
        return ""
    if row.expected:
        return f"{row.expected.member} går på {which} i stället för dig."
    return f"Ingen från {row.organisation} går på {which}."


def speaks_for(spoken: Iterable[Presence]) -> str:
    """For which organisation somebody speaks at a meeting, and when: Du talar för Tekniska förvaltningen från punkt 6.

    Empty of who speaks for none. Of two parts: punkt 1–4 och från punkt 9.
    """
    parts: dict[str, list[str]] = {}
    for one in spoken:
        parts.setdefault(str(one.organisation), []).append(one.span.removeprefix(", "))
    told = [f"{organisation} {listed(hers)}".strip() for organisation, hers in parts.items()]
    return f"Du talar för {listed(told)}." if told else ""


def _instead(row: AttendanceRow) -> str:
    """Why the deputy goes. Who may not sign in has said nothing, and what bars her is not the deputy's."""
    if row.ordinary is None:
        return ", ordinarie plats är vakant"
    return f", {row.ordinary} har förhinder" if row.ordinary in row.excused else f" i stället för {row.ordinary}"


@dataclass(frozen=True)
class OwnAnswer:
    """What somebody who sits has said of a meeting to come, and what she may say.

    is_asked  whether it is she who is expected, or she has answered: a deputy is else asked for nothing but a no
    instead   who is expected where that is another, whatever she has said
    words     what she has said, as she is told it
    """

    is_asked: bool
    said: Reply
    instead: str = ""

    @property
    def need_not_go(self) -> bool:
        """Whether another is expected for all that she sits for, and she has said nothing against going."""
        return bool(self.instead) and self.said.answer != Answer.NO

    @property
    def may_say_yes(self) -> bool:
        return self.is_asked and (self.said.answer != Answer.YES or self.said.is_of_another_time)

    @property
    def may_say_no(self) -> bool:
        return self.said.answer != Answer.NO

    @property
    def may_take_back(self) -> bool:
        return bool(self.said.answer)

    @property
    def comes_partly(self) -> bool:
        return self.said.answer == Answer.PARTLY

    @property
    def words(self) -> str:
        part = f": {self.said.words.removesuffix('.')}" if self.said.words else ""
        before = ", innan tiden ändrades" if self.said.is_of_another_time else ""
        told = {
            Answer.YES: f"Du har svarat att du kommer{before}.",
            Answer.NO: f"Du har anmält förhinder{before}.",
            Answer.PARTLY: sentence(f"Du har svarat att du är med en del av mötet{part}{before}"),
        }
        if self.need_not_go and self.said.answer:
            return f"Du har inget förhinder. {self.instead}"
        return told.get(Answer(self.said.answer), "") if self.said.answer else ""


def own_answer(rows: list[AttendanceRow], member: Member) -> OwnAnswer | None:
    """Hers, where she sits for an organisation of the meeting."""
    hers = [row for row in rows if member in (row.ordinary, row.deputy)]
    if not hers:
        return None
    said = hers[0].answer_of(member)
    is_expected = any(row.expects(member) for row in hers)
    instead = "" if is_expected or not hers[0].expected else row_state(hers[0]).verdict
    return OwnAnswer(bool(said.answer) or is_expected, said, instead)


def still_to_send(own: OwnAnswer, wanted: str) -> str:
    """What is sent by a press where she came to say it and has not: jag kan inte. Empty where there is nothing."""
    is_new = {
        Answer.YES.value: not own.need_not_go and (own.said.answer != Answer.YES or own.said.is_of_another_time),
        Answer.NO.value: own.may_say_no,
    }
    return Answer(wanted).label.lower() if is_new.get(wanted) else ""


def answer_heading(own: OwnAnswer | None, wanted: str) -> str:
    """What the page of the answer asks, or that it shows what she has said."""
    asked = {Answer.YES.value: "Svara att du kommer?", Answer.NO.value: "Svara att du inte kan komma?"}
    return asked.get(wanted) or ("Ditt svar" if own and own.words else "Kommer du?")


def row_state(row: AttendanceRow) -> StateSentence:
    """How one organisation stands: who sits or is expected, in whose place, and who else is there from it."""
    told = _state(row)
    others = [described(other.person, other.person_title) + other.span for other in row.others]
    also = f"Även {'; '.join(others)}." if others else ""
    return replace(told, rest=f"{told.rest} {also}".strip()) if also else told


def _state(row: AttendanceRow) -> StateSentence:
    match row.state:
        case State.REPRESENTED:
            rest = " ".join(filter(None, (_instead_of(row), _had_said_part(row))))
            return StateSentence(_sign(row), f"{_sitting(row)}.", rest)
        case State.EXCUSED:
            return StateSentence("excused", "Anmält förhinder.", _cannot_come(row))
        case State.ABSENT:
            return StateSentence("absent", "Frånvarande.")
        case State.VACANT:
            return StateSentence("unfilled", "Vakant.", "Ingen är utsedd.")
    expected = _expected(row)
    return replace(expected, rest=f"{expected.rest} {_from_day(row)}".strip())


def _from_day(row: AttendanceRow) -> str:
    """From which coming day whoever is expected has the place: Ersättare från 1 december."""
    span = row.expected
    if span is None or span.member not in row.first_days:
        return ""
    day = day_and_month(row.first_days[span.member], today=timezone.localdate())
    return f"{Presence.Capacity(span.capacity).label} från {day}."


def hanging_on(row: AttendanceRow, lines: list[AgendaLine]) -> str:
    """Punkterna 4.2 och 7.1 hänger på dem. · Punkt 12.1 skulle föredras av Omar Prov."""
    if not lines:
        return ""
    numbers = [line.number for line in lines]
    points = capital(at_point(numbers[0])) if len(lines) == 1 else at_points(listed(numbers))
    if row.expected:
        return f"{points} skulle föredras av {listed([str(member) for member in row.excused])}."
    return f"{points} hänger på dem."


def who_is_missing(rows: Sequence[tuple[AttendanceRow, str]]) -> list[str]:
    """From which organisations nobody comes, and what hangs on each: first where anything does. Last of each what
    one who cannot come was to present.

    Ingen från Polisen kommer. Punkterna 4.2 och 7.1 hänger på dem. · Ingen från Socialförvaltningen kommer.
    """
    open_rows = [(row, hanging) for row, hanging in rows if not row.is_noted]
    gone = [(str(row.organisation), hanging) for row, hanging in open_rows if not row.expected]
    others = [organisation for organisation, hanging in gone if not hanging]
    return [
        *(f"Ingen från {organisation} kommer. {hanging}" for organisation, hanging in gone if hanging),
        *([f"Ingen från {listed(others)} kommer."] if others else []),
        *(hanging for row, hanging in open_rows if row.expected and hanging),
    ]


def _comes(row: AttendanceRow, *, planned: bool) -> bool:
    """Whether somebody is there; before the meeting, whether somebody is expected."""
    return bool(row.expected) if planned and not row.is_noted else row.state == State.REPRESENTED


def _sign(row: AttendanceRow) -> str:
    """The glyph of who sits, as in the picture of a year: the ordinary, the deputy or another."""
    return came(row.state, [presence.capacity for presence in row.presences]).glyph


def _sitting(row: AttendanceRow) -> str:
    """Who sits, and for which part: Omar Prov, ordinarie · Omar Prov till och med punkt 5, sedan Gun Prototyp."""
    if len(row.presences) == 1:
        presence = row.presences[0]
        return f"{presence.person}, {presence.get_capacity_display().lower()}{presence.span}"
    if not row.presences:
        return "Närvarande"
    first = row.presences[0]
    names = [
        first.person,
        *(
            f"{_after(before, after)}{_since(after, before)}{_until(after)}"
            for before, after in pairwise(row.presences)
        ),
    ]
    since = f" från {first.at_first}" if first.first > FIRST else ""
    names[0] += f"{since}{_until(first)}"
    return "".join(names)


def _after(before: Presence, after: Presence) -> str:
    """Who follows on another, or that it is herself who is back: , sedan Gun Prototyp · och."""
    is_back = (after.person, after.member_id) == (before.person, before.member_id)
    return " och" if is_back and before.items.upper != after.items.lower else f", sedan {after.person}"


def _since(presence: Presence, before: Presence) -> str:
    """Where she came, if it is not right after the one before."""
    return f" från {presence.at_first}" if before.items.upper != presence.items.lower else ""


def _until(presence: Presence) -> str:
    return f" {presence.until}".rstrip()


def _instead_of(row: AttendanceRow) -> str:
    """In whose place the deputy sits: I stället för Omar Prov, som har anmält förhinder."""
    away = row.excused_by_place.get(Seat.Role.ORDINARY)
    if not (row.by_deputy and len(row.presences) == 1 and (away or row.ordinary)):
        return ""
    return f"I stället för {away}, som har anmält förhinder." if away else f"I stället för {row.ordinary}."


def _had_said_part(row: AttendanceRow) -> str:
    """Which part whoever is noted had said that she comes to, until her part is noted or the meeting has closed."""
    said = row.said_of_part
    if said is None or row.at_meeting.meeting.is_closed:
        return ""
    which = f", {said.words.removesuffix('.')}" if said.words else ""
    return sentence(f"Har svarat: deltar en del av mötet{which}")


def _words_of(said: Reply) -> str:
    return f": {said.words.removesuffix('.')}" if said.words else ""


def _cannot_come(row: AttendanceRow) -> str:
    return _cannot(row, row.excused) if row.excused else ""


def _cannot(row: AttendanceRow, members: Sequence[Member]) -> str:
    """Omar Prov kan inte komma. Svaret gavs innan tiden ändrades."""
    before = [member for member in members if row.answer_of(member).is_of_another_time]
    given = " Svaren gavs innan tiden ändrades." if before[1:] else " Svaret gavs innan tiden ändrades."
    return f"{listed([str(member) for member in members])} kan inte komma.{given if before else ''}"


def _cannot_sign_in(row: AttendanceRow) -> str:
    """Of those who sit and have said nothing, for they may not: Omar Prov kan inte logga in."""
    barred = [str(member) for member in row.seated.values() if not member.is_active and member not in row.excused]
    return f"{listed(barred)} kan inte logga in." if barred else ""


def _expected(row: AttendanceRow) -> StateSentence:
    span = row.expected
    if row.is_vacant:
        return StateSentence("unfilled", "Vakant.", "Ingen är utsedd.")
    if span is None and not row.excused:
        return StateSentence("left", "Ingen väntas.", _cannot_sign_in(row))
    if span is None:
        return StateSentence("excused", "Anmält förhinder.", _cannot_come(row))
    if span.capacity == Presence.Capacity.ORDINARY:
        return StateSentence(*_comes_as_said(row, span.member))
    state, verdict = _comes_as_said(row, span.member, ", ersättare,")
    if row.ordinary is None:
        return StateSentence(state, verdict, "Ordinarie plats är vakant.")
    has_said = row.ordinary in row.excused
    return StateSentence(state, verdict, _cannot(row, [row.ordinary]) if has_said else _cannot_sign_in(row))


def _comes_as_said(row: AttendanceRow, member: Member, capacity: str = "") -> tuple[str, str]:
    """Omar Prov väntas. · Omar Prov kommer. · Omar Prov kommer till en del av mötet: fram till 14."""
    said = row.answer_of(member)
    before = " Svaret gavs innan tiden ändrades." if said.is_of_another_time else ""
    match said.answer:
        case Answer.YES:
            return "present", f"{member}{capacity} kommer.{before}"
        case Answer.PARTLY:
            return "present", sentence(f"{member}{capacity} kommer till en del av mötet{_words_of(said)}") + before
    return "left", f"{member}{capacity} väntas."
