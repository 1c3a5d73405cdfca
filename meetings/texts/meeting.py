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
from issues.coverage import Said
from issues.models import Action, Answer, Issue
from issues.models.status import ENDED
from issues.texts.nil_report import reported_uncounted
from meetings.agenda.at_table import said_at_table
from meetings.agenda.clock_times import minutes_between, planned_end, planned_minutes
from meetings.agenda.lines import AgendaHeading, AgendaLine, by_the_wall, points, points_discussed
from meetings.foreseen import Preview
from meetings.letterhead import hours
from meetings.minutes.afterwards import is_written_afterwards
from meetings.models import AgendaItem, Decision, Heading, Meeting
from meetings.planning import in_passing
from meetings.reopening import TakenBack
from meetings.room import RoomPosition
from meetings.round import Round
from meetings.table_answers import asked_instead
from meetings.texts.calling_off import called_off, is_called_off
from members.models import MinutesWords, Organisation

NO_CLOCK = "Klockslag visas när mötet har en sluttid, eller när varje rubrik har minuter."
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


def what_became_of(item: AgendaItem) -> str:
    """Of an item of a closed meeting: Behandlades på mötet 25 november. · Bordlagd på mötet 25 november."""
    return f"{item.how_it_was_left or 'Behandlades'} på {name_in_passing(item.meeting)}."


def ended(item: AgendaItem, stands_at: list[Meeting]) -> str:
    """That a point recurs no more, and at which later meetings it stands still."""
    words = f"”{item}” återkommer inte på fler möten."
    if not stands_at:
        return words
    where = listed([name_in_passing(meeting) for meeting in stands_at])
    return f"{words} Den står kvar på {where}, för där är den ändrad eller kallelsen har gått."


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


def after_closing(meeting: Meeting, called: MinutesWords, now: datetime) -> str:
    """Whether the closing can be undone and until when; nothing when a day has gone."""
    if meeting.closed_at is None or meeting.undo_until is None or now - meeting.closed_at > TOLD_FOR:
        return ""
    closed, until = (f"{timezone.localtime(moment):%H.%M}" for moment in (meeting.closed_at, meeting.undo_until))
    if meeting.is_on_paper:
        can = "kan det ångras" if meeting.can_be_undone_at(now) else "kunde det ångras"
        return f"Mötet skrevs in {closed}, och ingen får något mejl. Fram till {until} {can}."
    if meeting.can_be_undone_at(now):
        mailed = "det" if is_written_afterwards(meeting) else f"{called.definite} och det"
        stands = f"Fram till {until} kan avslutet ångras. Sedan mejlas {mailed} som beslutades."
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


def planned_words(meeting: Meeting, headings: list[AgendaHeading]) -> str:
    """Punkterna är planerade till 15.20, 20 minuter efter mötets slut. · 20 av 120 minuter är planerade. …

    Of a meeting whose end nobody has said: 20 minuter är planerade. …

    Empty where the clock times tell all, and where nobody has planned any minutes.
    """
    end, ends_at = planned_end(headings), meeting.ends_at
    if not (minutes := planned_minutes(headings)):
        return ""
    if ends_at is None:
        return "" if end else f"{capital(in_words(minutes, 'minut', 'minuter'))} är planerade. {NO_CLOCK}"
    if end is None:
        whole = minutes_between(meeting.starts_at, ends_at)
        return f"{minutes} av {whole} minuter är planerade. Klockslag visas när minst hälften är det."
    if end <= ends_at:
        return ""
    late = minutes_between(ends_at, end)
    return f"Punkterna är planerade till {by_the_wall(end)}, {in_words(late, 'minut', 'minuter')} efter mötets slut."


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
        foreseen.lifted and in_words(len(foreseen.lifted), "åtgärd eskaleras", "åtgärder eskaleras"),
        foreseen.deferred and in_words(len(foreseen.deferred), "punkt bordläggs", "punkter bordläggs"),
        foreseen.answers and in_words(len(foreseen.answers), "svar ges", "svar ges", neuter=True),
    ]
    parts = [words for words in happens if words]
    if foreseen.others:
        forms = ("annat beslut fattas", "andra beslut fattas") if parts else ("beslut fattas", "beslut fattas")
        parts.append(in_words(len(foreseen.others), *forms, neuter=True))
    return f"{capital(listed(parts))} när mötet avslutas." if parts else "Mötet kan avslutas."


def number_of(foreseen: Preview, item: AgendaItem) -> str:
    return foreseen.numbers.get(item.pk, "")


def decided_as(foreseen: Preview, decision: Decision) -> str:
    """A decision as the minutes will have it: Beslut 2026-58: Gruppen hänskjuter frågan till nämnden."""
    return f"Beslut {foreseen.decided_as[decision.pk]}: {decision} {decision.why_despite}".rstrip()


def actions_left_open(foreseen: Preview, decision: Any) -> str:
    """How many actions go on in an issue that ends: Två åtgärder i ärendet är fortfarande öppna."""
    own = [one for one in foreseen.answers if one.proposed.action.issue_id == decision.issue_id]
    ended = sum(Action.FOLLOWS[Answer.Kind(one.kind)] in ENDED for one in own)
    forms = "åtgärd i ärendet är fortfarande öppen", "åtgärder i ärendet är fortfarande öppna"
    left = decision.open_actions - ended
    return f"{capital(in_words(left, *forms))}." if left > 0 else ""


def taken_back_words(taken_back: TakenBack) -> str:
    """What an undone closing takes back: Två åtgärder är tillbakatagna. Ett ärende är inte längre avslutat."""
    back = [
        taken_back.asked and in_words(taken_back.asked, "föreslagen åtgärd", "föreslagna åtgärder"),
        taken_back.lifted and in_words(taken_back.lifted, "eskalering", "eskaleringar"),
    ]
    parts = [words for words in back if words]
    is_one = taken_back.asked + taken_back.lifted == 1
    sentences = [f"{capital(listed(parts))} är {'tillbakatagen' if is_one else 'tillbakatagna'}."] if parts else []
    if taken_back.closed:
        ended = in_words(
            taken_back.closed, "ärende är inte längre avslutat", "ärenden är inte längre avslutade", neuter=True
        )
        sentences.append(f"{capital(ended)}.")
    if taken_back.paused:
        rested = in_words(
            taken_back.paused, "ärende är inte längre vilande", "ärenden är inte längre vilande", neuter=True
        )
        sentences.append(f"{capital(rested)}.")
    if taken_back.deferred:
        points = in_words(taken_back.deferred, "punkt är inte längre bordlagd", "punkter är inte längre bordlagda")
        sentences.append(f"{capital(points)}.")
    if taken_back.answered:
        answers = in_words(taken_back.answered, "svar vid bordet", "svar vid bordet", neuter=True)
        sentences.append(f"{capital(answers)} gäller först när mötet avslutas.")
    return " ".join(sentences)


def waits_for_answer(foreseen: Preview, decision: Decision) -> bool:
    """Whether somebody that the decision asks has not answered at the table."""
    answered = {one.proposed.action_id for one in foreseen.answers}
    return any(action.pk not in answered for action in decision.drafts)


def passed_on_to(foreseen: Preview, decision: Decision) -> list[Organisation]:
    """Whom the closing asks instead of those that the decision asks: they passed it on at the table."""
    asked = asked_instead(foreseen.answers)
    return list(dict.fromkeys(whom for one, whom in asked if one.proposed.decision_id == decision.pk))


def said_at_it(foreseen: Preview, decision: Decision) -> list[str]:
    """What is answered at the table to what the decision proposes: it counts from the closing, or why it does not."""
    own = [one for one in foreseen.written if one.proposed.decision_id == decision.pk]
    told = [(said_at_table(one.organisation, one, timezone.localdate()), one.why_void) for one in own]
    return [f"{said} Gäller inte. {why}" if why else said for said, why in told]


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
    if any(line.is_deferred for line in lines if line != position.line):
        return f"{place}, inga till är kvar."
    return f"{place}, {'den andra är behandlad' if len(lines) == 2 else 'de andra är behandlade'}."


def outcome(meeting: Any) -> str:
    """What came of a meeting `with_outcome`, and `decided`: Sex beslut. 12 av 13 organisationer deltog."""
    if meeting.is_cancelled:
        return called_off(meeting)
    if not meeting.is_closed:
        return "Inskrivningen är ångrad. Rätta den och avsluta mötet igen."
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


def said_in_short(counted: Round, organisation: Organisation) -> str:
    """What it has said since the meeting before, beside the field for what it says now: Tre nya observationer. · …"""
    own = next((each for each in counted.coverage.of_each if each.organisation == organisation), None)
    if own is None or own.word == Said.OUTSIDE:
        return ""
    if own.count:
        return f"{capital(in_words(own.count, 'ny observation', 'nya observationer'))}."
    told = {Said.REPORTED: "Har rapporterat.", Said.CALM: "Inget att rapportera.", Said.SILENT: "Har inte rapporterat."}
    return told.get(own.word, "")


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


def began_in_words(meeting: Meeting, today: date) -> str:
    """When it began, to one who says when it ended: Det började 13.00. Of another day with the day."""
    clock = f"{timezone.localtime(meeting.held_at):%H.%M}"
    if meeting.day == today:
        return f"Det började {clock}."
    return f"Det hölls {swedish_day(meeting.day, today=today)} och började {clock}. Lämna tomt om ingen vet."


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
