"""The words of the call to a meeting: when and where, its agenda, and what one's organisation is to answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from base.records import not_restricted
from base.swedish.words import capital, day_and_month, in_words, listed, sentence, swedish_day, swedish_moment
from issues.models import Action, in_order_of_need
from meetings.agenda.appended import NumberedAppendix
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.attendance import AttendanceRow
from meetings.models import AgendaItem, CallAnswer, Meeting
from meetings.texts.attendance import own_answer, row_state, who_goes
from meetings.texts.calling_off import called_off, topics_moved
from meetings.texts.meeting import meeting_name, time_and_place
from members.models import Member, Seat
from members.models.quiet_hours import at_night
from members.outbox.kinds import Line

FILES_TO_READ = (
    "Dagordningen bifogas som PDF. Den följer registret tills mötet startar. Kalenderfilen är för din kalender."
)
FILES = f"{FILES_TO_READ} Ett svar i kalendern når inte registret: svara med länkarna ovan."
CHANGE_IS_TOLD = "De som redan har fått mejl om mötet får den nya tiden och platsen."
TO_THE_GUEST = (
    "Kalenderfilen är för din kalender. Kan du inte komma? Svara på det här mejlet, så läser samordnaren det."
)
RESTRICTED_ITEM = "– En punkt som du ser när du har loggat in."
TOO_LATE = "Kallelsen skickas inte av sig själv, för mötet börjar för snart."
OUT_OF_THE_CALENDAR = "Kalenderfilen tar bort mötet ur din kalender."
IN_THE_CALENDAR = "Kalenderfilen ersätter den som du har fått förut."


def call_line(meeting: Meeting) -> str:
    """Kallelse till möte onsdag 25 november."""
    return f"Kallelse till {_which(meeting)}"


def called_off_line(meeting: Meeting) -> str:
    """Inställt: möte onsdag 25 november."""
    return f"Inställt: {_which(meeting)}"


def called_off_text(meeting: Meeting, own: list[AgendaItem] | None = None) -> str:
    """When and where it was to be, why and who called it off, and what becomes of its topics; to a guest of her `own`.

    Mötet skulle ha varit onsdag 25 november 13.00–15.00, Sessionssalen. ¶ Inställt av Maja Exempel … ¶ Din punkt väntar
    """
    planned = sentence(f"{meeting_name(meeting)} skulle ha varit {time_and_place(meeting)}")
    becomes = topics_moved(meeting) if own is None else " ".join(map(_what_becomes, own))
    parts = [planned, called_off(meeting, dated=True), becomes, OUT_OF_THE_CALENDAR]
    return "\n\n".join(filter(None, parts))


def _what_becomes(item: AgendaItem) -> str:
    """Din punkt ”Nattvandring” tas upp på mötet onsdag 20 januari. · … väntar på nästa möte."""
    what = "Din punkt" if item.issue and item.issue.restricted else f"Din punkt ”{item.title}”"
    if item.meeting.is_cancelled:
        return f"{what} väntar på nästa möte."
    return f"{what} tas upp på {the_meeting(item.meeting)}."


def released_line(meeting: Meeting) -> str:
    """Du behöver inte gå på mötet onsdag 25 november."""
    return f"Du behöver inte gå på {the_meeting(meeting)}."


def why_released(table: list[AttendanceRow], member: Member, *, presented: bool, seat: Seat | None) -> str:
    """Why she need not go: who comes after all, who has the place now, or that the item is another's.

    `presented`: she had been called to an item. `seat` is the last that she has had by
    the day, where she has none on it.
    """
    own = [row for row in table if member in (row.ordinary, row.deputy)]
    if own:
        return " ".join(dict.fromkeys(row_state(row).verdict for row in own if row.expected))
    if presented:
        return "Du föredrar inte längre någon punkt."
    holders = [row.seated.get(seat.role) for row in table if seat and row.organisation == seat.organisation]
    if seat and holders and holders[0]:
        return f"{holders[0]} har platsen för {seat.organisation} den dagen."
    return f"Du har ingen plats för {seat.organisation} den dagen." if seat else "Någon annan leder mötet och skriver."


def nobody_line(meeting: Meeting, missing: list[AttendanceRow]) -> str:
    """Ingen från Polisen kommer på mötet onsdag 25 november."""
    return f"Ingen från {listed([str(row.organisation) for row in missing])} kommer på {the_meeting(meeting)}."


def nobody_text(missing: list[AttendanceRow]) -> str:
    """Omar Prov och Gun Prototyp har anmält förhinder."""
    excused = list(dict.fromkeys(str(member) for row in missing for member in row.excused))
    return f"{listed(excused)} har anmält förhinder."


def somebody_line(meeting: Meeting, comes: list[AttendanceRow]) -> str:
    """Någon från Polisen kommer på mötet onsdag 25 november."""
    return f"Någon från {listed([str(row.organisation) for row in comes])} kommer på {the_meeting(meeting)}."


def somebody_text(comes: list[AttendanceRow]) -> str:
    """Omar Prov kommer. Tidigare såg det ut som att ingen skulle komma."""
    return " ".join([*(row_state(row).verdict for row in comes), "Tidigare såg det ut som att ingen skulle komma."])


def call_lists(
    member: Member, table: list[AttendanceRow], headings: list[AgendaHeading], numbered: list[NumberedAppendix]
) -> tuple[tuple[Line, ...], ...]:
    """What one who is expected for the organisations of the table is to answer, the headings of the paper, the files.

    Each line with its page: whoever is expected may open what stands there.
    """
    lists = (_questions(member, table, timezone.localdate()), _agenda(headings), _files(numbered))
    return tuple(tuple(lines) for lines in lists if lines)


def call_lead(meeting: Meeting, member: Member, table: list[AttendanceRow], *, after: str = "") -> str:
    """When and where, in whose place, and whether she comes: after the line, before the ways to answer."""
    instead = who_goes([row for row in table if row.by_deputy], meeting, member, timezone.localdate(), dated=True)
    parts = (when_and_where(meeting), instead, asked_to_answer(member, table) if table else _runs(meeting, member))
    return "\n\n".join(words for words in parts if words and words != after)


def _runs(meeting: Meeting, member: Member) -> str:
    """Du är ordförande på mötet. · Du är sekreterare på mötet. · Du är ordförande och sekreterare på mötet."""
    parts = [("ordförande", meeting.chair_id), ("sekreterare", meeting.secretary_id)]
    return f"Du är {listed([part for part, whose in parts if whose == member.pk])} på mötet."


def asked_to_answer(member: Member, table: list[AttendanceRow]) -> str:
    """Whether she comes, or what she has said of it, and what becomes of a no; of one who sits in these rows, if any.

    Kommer du? Svara nej om du inte kan, så får Gun Prototyp kallelsen. · Du har svarat att du kommer. …
    """
    if not table:
        return ""
    own, row = own_answer(table, member), table[0]
    then = if_she_says_no(member, table)
    if own and own.words:
        again = f"{own.words} Svara igen om det har ändrats."
        return again if own.said.answer == CallAnswer.Answer.NO else f"{again} Vid ett nej {then}."
    unable = "inte heller kan" if row.ordinary and row.by_deputy else "inte kan"
    return f"Kommer du? Svara nej om du {unable}, så {then}."


def if_she_says_no(member: Member, table: list[AttendanceRow]) -> str:
    """Who is called then, of one who is expected: får Gun Prototyp kallelsen · vet samordnaren det."""
    deputies = [row.deputy for row in table if row.ordinary == member and row.deputy_may_come and row.deputy]
    called = list(dict.fromkeys(map(str, deputies)))
    return f"får {listed(called)} kallelsen" if called else "vet samordnaren det"


def guest_line(meeting: Meeting, items: int) -> str:
    """Du föredrar en punkt på mötet onsdag 25 november."""
    return f"Du föredrar {in_words(items, 'punkt', 'punkter')} på {the_meeting(meeting)}."


def guest_change_line(meeting: Meeting) -> str:
    """Det du föredrar på mötet onsdag 25 november är ändrat."""
    return f"Det du föredrar på {the_meeting(meeting)} är ändrat."


def to_own_items(count: int) -> str:
    """What the link to what she presents says."""
    return "Se din punkt" if count == 1 else "Se dina punkter"


def guest_text(meeting: Meeting, items: Iterable[AgendaItem]) -> str:
    """What is told to one who presents these items and reads no more of the agenda."""
    return "\n\n".join([when_and_where(meeting), "\n".join(_own_line(item) for item in items), TO_THE_GUEST])


def _own_line(item: AgendaItem) -> str:
    """– Nattvandring (tio minuter)."""
    if item.issue and item.issue.restricted:
        return RESTRICTED_ITEM
    time = f" ({in_words(item.minutes, 'minut', 'minuter')})" if item.minutes else ""
    return f"– {item.title}{time}"


def when_and_where(meeting: Meeting) -> str:
    return sentence(capital(time_and_place(meeting)))


def when_called(called: datetime | None, calls: datetime | None, *, now: datetime) -> str:
    """Kallelsen skickades 18 november. · Kallelsen skickas onsdag 18 november. · … i dag klockan 13.00.

    Where that is at night, also that the mails wait. `calls` is None where it never is by itself.
    """
    if called:
        return f"Kallelsen skickades {day_and_month(timezone.localdate(called), today=timezone.localdate(now))}."
    if calls is None:
        return TOO_LATE
    return f"Kallelsen skickas {when_it_goes(calls, now=now)}. {at_night(max(calls, now))}".rstrip()


def by_itself(calls: datetime | None, *, now: datetime) -> str:
    """Kallelsen skickas av sig själv i dag klockan 13.00."""
    return f"Kallelsen skickas av sig själv {when_it_goes(calls, now=now)}." if calls else TOO_LATE


def when_it_goes(calls: datetime, *, now: datetime) -> str:
    """Inside a sentence: strax · i dag klockan 13.00 · onsdag 18 november."""
    if calls <= now:
        return "strax"
    today, goes = timezone.localdate(now), timezone.localtime(calls)
    return f"i dag klockan {goes:%H.%M}" if goes.date() == today else swedish_day(goes.date(), today=today)


def who_took_it_back(by: str, at: datetime, *, now: datetime) -> str:
    """Maja Exempel ångrade kallelsen i dag 10.14, innan den skickades."""
    return f"{by} ångrade kallelsen {swedish_moment(at, today=timezone.localdate(now))}, innan den skickades."


def _which(meeting: Meeting) -> str:
    name = "extra möte" if meeting.is_extra else "möte"
    return f"{name} {swedish_day(meeting.day, today=timezone.localdate())}."


def the_meeting(meeting: Meeting, day: date | None = None) -> str:
    """Inside a sentence, by its day or the one that it had: mötet onsdag 25 november · det extra mötet …"""
    name = "det extra mötet" if meeting.is_extra else "mötet"
    return f"{name} {swedish_day(day or meeting.day, today=timezone.localdate())}"


def _questions(member: Member, table: list[AttendanceRow], today: date) -> list[Line]:
    """What the organisations are to answer, the most needed first; never what is restricted."""
    organisations = [row.organisation for row in table]
    assigned = Action.objects.visible_to(member).assigned_to([each.pk for each in organisations])
    actions = assigned.filter(not_restricted("issue")).handed_out().open().with_current()
    asked = [action for action in in_order_of_need(actions, today) if action.is_asked]
    lines = [Line(f"{action.title}{_answer_due(action, today)}", action.get_absolute_url(), "– ") for action in asked]
    return [Line(f"Att svara på för {listed([str(each) for each in organisations])}:"), *lines] if lines else []


def _answer_due(action: Action, today: date) -> str:
    due = action.current.answer_due
    if not due:
        return ""
    return f" ({'skulle ha besvarats' if due < today else 'svara senast'} {day_and_month(due, today=today)})"


def _agenda(headings: list[AgendaHeading]) -> list[Line]:
    """The headings and their points, as on the paper that goes with it."""
    lines = [Line("Dagordning:")]
    for heading in headings:
        lines.append(Line(heading.on_paper))
        lines += [Line(_point(line), _page_of(line), line.time_first) for line in heading.under]
        lines += [Line(heading.pause.on_paper)] if heading.pause else []
    return lines


def _point(line: AgendaLine) -> str:
    """6.1 Mörkt i tunneln · 12.1 Nattvandring (beslut), anmäld av Hyresgästföreningen."""
    purpose = f" ({line.purpose.lower()})" if line.purpose else ""
    raised = f", anmäld av {line.item.raised_by}" if line.item and line.item.raised_by else ""
    return f"{line.number} {line.title}{purpose}{raised}"


def file_lists(numbered: list[NumberedAppendix]) -> tuple[tuple[Line, ...], ...]:
    """The files of what one who reads no more of the agenda presents, as a list; none where there are none."""
    return (tuple(_files(numbered)),) if numbered else ()


def _files(numbered: list[NumberedAppendix]) -> list[Line]:
    """The files of the meeting, each with its page: they do not go with the mail."""
    lines = [Line(f"– {one.title}", one.appendix.get_absolute_url()) for one in numbered]
    return [Line("Bilagor, som öppnas i registret:"), *lines] if lines else []


def _page_of(line: AgendaLine) -> str:
    """The page of what the line is about: of a topic in words there is none before the meeting."""
    about = line.action or line.issue
    return about.get_absolute_url() if about else ""
