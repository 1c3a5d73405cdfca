"""The sentences about a meeting, made from its rows and the day: headlines, progress, round, closing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from base.swedish import clock
from base.swedish.words import (
    capital,
    day_and_month,
    in_words,
    listed,
    number_word,
    plural,
    relative_day,
    swedish_day,
)
from issues.models import Issue
from issues.texts.nil_report import reported_uncounted
from meetings.agenda.lines import AgendaHeading, AgendaLine, points, points_discussed
from meetings.closing import Preview
from meetings.letterhead import hours
from meetings.models import AgendaItem, Heading, Meeting
from meetings.planning import in_passing
from meetings.room import RoomPosition
from meetings.round import Round
from meetings.texts.calling_off import called_off, is_called_off

TOLD_FOR = timedelta(days=1)
"""How long the page of a closed meeting says that its closing stands."""


def meeting_name(meeting: Meeting) -> str:
    return "Extramötet" if meeting.is_extra else "Mötet"


def short_name(meeting: Meeting) -> str:
    """The meeting's short name: Möte 25 november."""
    name = "Extra möte" if meeting.is_extra else "Möte"
    return f"{name} {day_and_month(meeting.day, today=timezone.localdate())}{meeting.its_time}"


def name_in_passing(meeting: Meeting) -> str:
    """The same inside a sentence: mötet 25 november."""
    return in_passing(meeting, today=timezone.localdate())


def day_ahead(day: date, today: date) -> str:
    """The day that is ahead: i dag, i morgon, på onsdag; further away the day itself."""
    away = (day - today).days
    return f"på {swedish_day(day, today=today).split()[0]}" if 2 <= away <= 6 else relative_day(day, today=today)


def state_sentence(meeting: Meeting, today: date) -> str:
    """The state in a sentence: Mötet är på onsdag. · Mötet pågår. · Mötet hölls onsdag 25 november."""
    name = meeting_name(meeting)
    if meeting.is_under_way:
        return f"{name} pågår."
    if meeting.is_cancelled:
        return is_called_off(meeting)
    if meeting.is_closed:
        return f"{name} hölls {swedish_day(meeting.day, today=today)}."
    if meeting.day < today:
        return f"{name} skulle ha hållits {relative_day(meeting.day, today=today)}."
    return f"{name} är {day_ahead(meeting.day, today)}."


def after_closing(meeting: Meeting, now: datetime) -> str:
    """Whether the closing can be undone and until when; nothing when a day has gone."""
    if meeting.closed_at is None or meeting.undo_until is None or now - meeting.closed_at > TOLD_FOR:
        return ""
    closed, until = (f"{timezone.localtime(moment):%H.%M}" for moment in (meeting.closed_at, meeting.undo_until))
    if meeting.can_be_undone_at(now):
        stands = f"Fram till {until} kan avslutet ångras. Sedan skickas mejlen om det som beslutades."
    elif meeting.sent_at:
        stands = f"Mejlen började skickas {until}, och avslutet kan inte längre ångras."
    else:
        stands = f"Avslutet kunde ångras fram till {until}."
    return f"Mötet avslutades {closed}. {stands}"


def calendar_headline(following: Meeting | None, today: date, off: Meeting | None = None) -> str:
    """The headline of the list: what comes first, and before it what was called off.

    Mötet onsdag 9 december är inställt. Nästa möte är onsdag 13 januari.
    """
    if off is None:
        return state_sentence(following, today) if following else "Inget möte är planerat."
    if following is None:
        return f"{is_called_off(off)} Inget nytt är planerat."
    is_next = following.is_planned and following.day >= today and not following.is_extra
    then = f"Nästa möte är {day_ahead(following.day, today)}." if is_next else state_sentence(following, today)
    return f"{is_called_off(off)} {then}"


def headline(meeting: Meeting, headings: list[AgendaHeading], decided: int | None, today: date) -> str:
    """The headline of the meeting's page: when it is, how far its agenda has come, at last what it decided.

    `decided` is None to one who reads only some of it, a guest.
    """
    state = state_sentence(meeting, today)
    if meeting.is_planned:
        return f"{state} {_points(headings)}"
    if meeting.is_under_way:
        return f"{state} {progress(headings)}"
    return state if decided is None else f"{state} {decided_words(decided)}"


def decided_words(decided: int) -> str:
    """The number of decisions: Sex beslut."""
    return f"{capital(in_words(decided, 'beslut', 'beslut', neuter=True))}." if decided else "Inget beslut."


def progress(headings: list[AgendaHeading]) -> str:
    """How far the agenda has come: Fem av 17 punkter är behandlade."""
    spoken, all_of_them = points_discussed(headings), points(headings)
    if not spoken:
        return "Ingen punkt är behandlad än."
    if all_of_them == 1:
        return "Punkten är behandlad."
    dealt_with = "behandlad" if spoken == 1 else "behandlade"
    return f"{capital(number_word(spoken))} av {in_words(all_of_them, 'punkt', 'punkter')} är {dealt_with}."


def prepared(line: AgendaLine) -> str:
    """What she who prepares the agenda wants to know of a line, and no paper tells: since when, and by whom."""
    if line.item and line.item.added_by:
        return f"Tillagd av {line.item.added_by}."
    if line.issue and line.heading.rule == Heading.Rule.NEW_ISSUES:
        return f"Nytt sedan {day_and_month(clock.day_of(line.issue.created_at), today=clock.today())}."
    return ""


def how_many_dealt_with(spoken: int, total: int) -> str:
    """How many have been dealt with, whichever one is at: ingen behandlad, tre behandlade."""
    if not spoken:
        return "ingen behandlad"
    if spoken == total > 1:
        return "alla behandlade"
    return f"{number_word(spoken)} {'behandlad' if spoken == 1 else 'behandlade'}"


def closing_headline(foreseen: Preview) -> str:
    """The headline of the closing: Två åtgärder föreslås och ett ärende avslutas när mötet avslutas.

    It is silent of what is hidden from the member, and so never says that nothing is decided.
    """
    if not foreseen.may_close:
        return "Närvaron är inte klar."
    happens = [
        foreseen.drafts and in_words(len(foreseen.drafts), "åtgärd föreslås", "åtgärder föreslås"),
        foreseen.closed and in_words(len(foreseen.closed), "ärende avslutas", "ärenden avslutas", neuter=True),
    ]
    parts = [words for words in happens if words]
    if foreseen.others:
        forms = ("annat beslut fattas", "andra beslut fattas") if parts else ("beslut fattas", "beslut fattas")
        parts.append(in_words(len(foreseen.others), *forms, neuter=True))
    return f"{capital(listed(parts))} när mötet avslutas." if parts else "Mötet kan avslutas."


def number_of(foreseen: Preview, item: AgendaItem) -> str:
    return foreseen.numbers.get(item.pk, "")


def feedback_goes_to(foreseen: Preview, issue: Issue) -> str:
    """Who reads the feedback: går till två personer från Polisen, som har rapporterat om det."""
    audience = foreseen.audiences[issue.pk]
    if not audience.people:
        why = "de som har rapporterat är inte namngivna" if audience.unnamed else "ingen har rapporterat om det"
        return f"står bara på ärendets sida, för {why}."
    who = in_words(audience.people, "person", "personer")
    return f"går till {who} från {listed(audience.organisations)} som har rapporterat om det."


def under_heading(position: RoomPosition) -> str:
    """The place under the heading: Nu 2 av 12, tio till är kvar; of a meeting that is over, the place alone.

    Of the heading itself, how many are under it.
    """
    lines = position.heading.under if position.heading else []
    if position.line and position.line.is_heading:
        return f"{capital(in_words(len(lines), 'punkt', 'punkter'))} under rubriken."
    if position.line in lines and not position.item.meeting.is_under_way:
        return f"Punkt {lines.index(position.line) + 1} av {len(lines)} under rubriken."
    place = f"Nu {lines.index(position.line) + 1} av {len(lines)}" if position.line in lines else ""
    left = len(position.beside)
    if left:
        return f"{place}, {number_word(left)} till är kvar."
    return f"{place}, {'den andra är behandlad' if len(lines) == 2 else 'de andra är behandlade'}."


def outcome(meeting: Any) -> str:
    """What came of a meeting `with_outcome`: Sex beslut. 12 av 13 organisationer deltog."""
    if meeting.is_cancelled:
        return called_off(meeting)
    organisations = plural(meeting.invited, "organisation", "organisationer")
    return f"{decided_words(meeting.decided)} {meeting.there} av {organisations} deltog."


def round_summary(counted: Round) -> str:
    """The round in a sentence or two: Fyra organisationer har rapporterat 12 observationer sedan förra mötet.

    Har också rapporterat: Polisen, when all that it reported was rejected.
    """
    since = "sedan förra mötet" if counted.previous else "hittills"
    names = [str(each.organisation) for each in counted.uncounted]
    others = reported_uncounted(names, besides=bool(counted.reports))
    if not counted.reports:
        return f"Inga nya observationer {since}. {others}" if others else f"Ingen har rapporterat {since}."
    observations = in_words(sum(report.count for report in counted.reports), "observation", "observationer")
    who = in_words(len(counted.reports), "organisation", "organisationer")
    return f"{capital(who)} har rapporterat {observations} {since}. {others}".rstrip()


def time_and_place(meeting: Meeting) -> str:
    """Time and place as planned, or as held on another day: onsdag 25 november 13.00–15.00, Sessionssalen."""
    moment = day_and_hours(*hours(meeting))
    return f"{moment}, {meeting.place}" if meeting.place else moment


def day_and_hours(begins: datetime, ends: datetime | None) -> str:
    """Onsdag 25 november 13.00–15.00, inside a sentence."""
    until = f"–{timezone.localtime(ends):%H.%M}" if ends else ""
    day = swedish_day(timezone.localdate(begins), today=timezone.localdate())
    return f"{day} {timezone.localtime(begins):%H.%M}{until}"


def planned_otherwise(meeting: Meeting) -> str:
    """The planned day of a meeting held on another: Var planerat till onsdag 25 november. Else empty."""
    if meeting.day == meeting.planned_day:
        return ""
    return f"Var planerat till {swedish_day(meeting.planned_day, today=timezone.localdate())}."


def start_question(meeting: Meeting, today: date) -> str:
    """The question to one who starts a meeting on another day than its own."""
    planned, away = swedish_day(meeting.day, today=today), (meeting.day - today).days
    if away < 0:
        return f"Mötet var planerat till {planned}. Hölls det då, eller börjar det nu?"
    ahead = "i morgon" if away == 1 else f"om {in_words(away, 'dag', 'dagar')}"
    return f"Mötet är planerat till {planned}, {ahead}. Ska det starta redan i dag?"


# Private


def _points(headings: list[AgendaHeading]) -> str:
    if not any(heading.lines for heading in headings):
        return "Dagordningen har bara sina fasta rubriker än så länge."
    return f"Dagordningen har {in_words(points(headings), 'punkt', 'punkter')}."
