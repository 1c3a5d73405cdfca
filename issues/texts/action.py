"""The sentences about an action, made from its rows and the day.

Pure functions over what is already loaded, rows from `with_current()`, for `action_about` from `with_about()`: they
ask the database nothing more.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from base.swedish.clock import day_of
from base.swedish.said_days import SaidDay
from base.swedish.words import (
    StateSentence,
    capital,
    day_and_month,
    days_between,
    in_words,
    listed,
    plural,
)
from issues.models import UNANSWERED, Action, ActionStatus, Answer, Assignment, DateChange
from issues.texts.escalation import escalated_words
from members.actor import Channel

Counted = dict[tuple[ActionStatus, ...], tuple[str, str]]
"""How a headline counts actions, one and many: those of one status, or of several that it does not tell apart."""

OWN: Counted = {
    UNANSWERED: ("fråga väntar på svar från er", "frågor väntar på svar från er"),
    (ActionStatus.LATE,): ("åtgärd hos er är försenad", "åtgärder hos er är försenade"),
    (ActionStatus.REVIEW,): ("löpande åtgärd hos er ska stämmas av", "löpande åtgärder hos er ska stämmas av"),
}
GROUP: Counted = {
    (ActionStatus.QUESTION,): ("fråga väntar på samordnaren", "frågor väntar på samordnaren"),
    (ActionStatus.SILENT,): ("åtgärd har inte fått svar i tid", "åtgärder har inte fått svar i tid"),
    (ActionStatus.LATE,): ("åtgärd är försenad", "åtgärder är försenade"),
    (ActionStatus.REVIEW,): ("löpande åtgärd ska stämmas av", "löpande åtgärder ska stämmas av"),
}
WITH_AN_ORGANISATION: Counted = {
    (ActionStatus.QUESTION,): ("fråga väntar på samordnaren", "frågor väntar på samordnaren"),
    (ActionStatus.SILENT,): ("fråga har inte fått svar i tid", "frågor har inte fått svar i tid"),
    (ActionStatus.WAITING,): ("fråga väntar på svar", "frågor väntar på svar"),
    (ActionStatus.LATE,): ("åtgärd är försenad", "åtgärder är försenade"),
    (ActionStatus.REVIEW,): ("löpande åtgärd ska stämmas av", "löpande åtgärder ska stämmas av"),
    (ActionStatus.UNDER_WAY,): ("åtgärd pågår", "åtgärder pågår"),
}

WAITS_FOR_NOBODY: Counted = {
    (ActionStatus.UNDER_WAY,): ("pågående", "pågående"),
    (ActionStatus.DECLINED,): ("avböjd", "avböjda"),
    (ActionStatus.DONE,): ("klar", "klara"),
}


def action_state(action: Action, today: date, *, lifted: bool = True) -> StateSentence:
    """The state of an action: who has it, since when, what was answered, and to whom it is escalated.

    That not, where it is not to be told that it is `lifted`.
    """
    status, words = action.status_on(today), _state_words(action, today)
    if lifted and action.escalation_id:
        words = (words[0], f"{words[1]} {escalated_words(action, today)}".strip(), *words[2:])
    return StateSentence(status.glyph, *words, waits_on=action.waits_on)


def _state_words(action: Action, today: date) -> tuple[str, ...]:
    """The verdict, the rest, and what stands for the verdict where there is little room."""
    current, who = action.current, action.current.organisation
    status = action.status_on(today)
    words: tuple[str, ...]
    match status:
        case ActionStatus.QUESTION:
            words = _asked_back(current, today)
        case ActionStatus.SILENT:
            words = _silent(current, today)
        case ActionStatus.LATE | ActionStatus.REVIEW:
            words = _to_review(current, today) if status == ActionStatus.REVIEW else _late(action, today)
        case ActionStatus.WAITING:
            words = _waiting(current, today)
        case ActionStatus.UNDER_WAY:
            words = _under_way(action, today)
        case ActionStatus.DRAFT:
            words = "Utkast.", f"Inte föreslagen för {listed([str(one) for one in action.told_for or [who]])} än."
        case ActionStatus.DECLINED:
            words = f"Avböjd: {_reason(current.answer)}.", f"{who}, {_answered_on(current.answer, today)}.", "Avböjd"
        case ActionStatus.DONE:
            words = f"Klar {_day(action.done_on, today)}.", f"{who}."
        case ActionStatus.CANCELLED:
            words = "Återtagen.", _taken_back(current)
    return words


def assignment_state(assignment: Assignment, today: date) -> StateSentence:
    """The state of one assignment, for the trail of an action."""
    if answer := assignment.answer:
        return _answer_state(answer, assignment, today)
    if assignment.ended_at:
        return StateSentence("left", "Inget svar.", _went_on(assignment))
    return action_state(assignment.action, today)


def _answer_state(answer: Answer, assignment: Assignment, today: date) -> StateSentence:
    when = _answered_on(answer, today)
    match answer.kind:
        case Answer.Kind.ACCEPTED:
            return StateSentence("accepted", "Åtar sig.", f"Svarade {when}, {promised(assignment, today)}.")
        case Answer.Kind.DONE:
            return StateSentence("done", "Redan gjort.", f"Svarade {when}.")
        case Answer.Kind.DECLINED:
            return StateSentence("declined", f"Avböjer: {_reason(answer)}.", f"Svarade {when}.")
        case Answer.Kind.QUESTION:
            # A question that the group has answered needs nobody any longer.
            return StateSentence("passed" if assignment.ended_at else "question", "Begärde komplettering", f"{when}.")
    whose = f"till {answer.passed_to}" if answer.passed_to else "till samordnaren"
    return StateSentence("passed", "Skickad vidare", f"{whose}, {when}.")


def action_about(action: Action, today: date) -> str:
    """The small print of an action: when it was asked, the wish, the term, their own handling, how the answer came.

    What has not been answered in time is told with the day of the question beside; here stands when it was due.
    """
    current = action.current
    outside = _lies_outside(current, today) if action.is_carried and not action.done_at else ""
    facts = [asked_words(action, today), handling_words(action), answer_came(current), outside]
    return " ".join(filter(None, facts))


def handling_words(action: Action) -> str:
    """What the organisation has noted of its own handling: Budgetår 2026. Handläggare: Per Modell."""
    current = action.current
    cost = str(current.get_cost_band_display()) if current.cost_band else ""
    left = getattr(action, "handler_left", False)  # of a row of a list
    facts = [
        f"Budgetår {current.budget_year}." if current.budget_year else "",
        f"Kostnad: {cost.lower()}." if cost else "",
        f"Handläggare: {handled_by(current, left=left)}." if current.handler_id else "",
        f"Eget ärendenummer: {current.external_ref}." if current.external_ref else "",
    ]
    return " ".join(filter(None, facts))


def asked_words(action: Action, today: date) -> str:
    """When it was asked, or was to be answered, what is wished and the term: Begärt 11 november, kort sikt."""
    assignment = action.current
    wish = action.wished_day.wished(today=today) if action.wished_day else ""
    asked = _asked_on(assignment, today) if assignment.asked_at else ""
    if action.status_on(today) == ActionStatus.SILENT:
        asked = f"svar senast {_day(assignment.answer_due, today)}"
    words = ", ".join(filter(None, [asked, wish, action.get_term_display().lower()]))
    return f"{capital(words)}." if words else ""


def handled_by(assignment: Assignment, *, left: bool) -> str:
    """Who handles it: Per Modell; Per Modell, som inte längre svarar för Tekniska förvaltningen."""
    return f"{assignment.handler}{f', som inte längre svarar för {assignment.organisation}' if left else ''}"


def _lies_outside(current: Assignment, today: date) -> str:
    """That an organisation outside the group has it, and since when: Ligger hos annan sedan 3 november."""
    if current.organisation.in_group or not current.asked_at:
        return ""
    since = _day(day_of(current.asked_at), today)
    return f"Ligger hos annan sedan {since}: {current.organisation} är utanför gruppen."


def answer_came(assignment: Assignment) -> str:
    """Who gave the answer, and how it came when somebody else wrote it down."""
    answer = assignment.answer
    if answer is None:
        return ""
    if answer.channel == Channel.SIGNED_IN:
        return f"Svar av {answer.by}."
    if answer.channel == Channel.LINK:
        return f"Svaret kom {answer.get_channel_display()}."
    return f"Svaret kom {answer.get_channel_display()}, noterat av {answer.by}."


def answered_how(assignment: Assignment, today: date) -> str:
    """To the organisation itself, how and when an answer came that nobody of theirs sent in: Svarat på mötet 9 mars."""
    answer = assignment.answer
    if answer is None or answer.channel == Channel.SIGNED_IN:
        return ""
    if answer.channel == Channel.OLD_LIST:
        return f"Stod i gruppens gamla åtgärdslista, inläst {_answered_on(answer, today)}."
    return f"Svarat {answer.get_channel_display()} {_answered_on(answer, today)}."


def done_came(action: Action) -> str:
    """That it was reported done by link, by nobody's name; how an answer came stands with that."""
    answer = action.current.answer
    by_link = action.state == Action.State.DONE and action.state_by_id is None
    return f"Beskedet kom {Channel.LINK.label}." if by_link and answer and answer.kind != Answer.Kind.DONE else ""


def noted_by_link(assignment: Assignment) -> str:
    """That what they answered by link has come, for whoever did: Ert svar är noterat via länk i dag 14.05."""
    answer = assignment.answer
    if answer is None or answer.channel != Channel.LINK:
        return ""
    return f"Ert svar är noterat {answer.get_channel_display()} {answer.when}."


def handover_about(assignment: Assignment, today: date) -> str:
    """The small print of one assignment: who asked and when, how the answer came."""
    asked = f"{capital(_asked_on(assignment, today))} av {assignment.asker}."
    return f"{asked} {answer_came(assignment)}".strip()


def moved_date(change: DateChange, today: date) -> str:
    """The sentence of a changed date: 17 november blev 18 december. Materialet är försenat. Omar Prov."""
    if change.is_review:
        days = f"avstämd, {promised_anew(change, today)}"
        return f"{days}{f': ”{change.reason}”' if change.reason else '.'} {change.by or capital(_came(change))}."
    days = f"{said(change.old_day, today)} blev {said(change.new_day, today)}"
    return f"{days}: ”{change.reason}” {_came(change)}."


def own_headline(counts: Counter[ActionStatus]) -> str:
    """The headline of an organisation's own list: how much waits on its word, and on what it has promised."""
    words = _counted(counts, OWN)
    return f"{words}." if words else "Inget väntar på svar från er."


def group_headline(counts: Counter[ActionStatus]) -> str:
    """The headline of the samordnare's list: what has waited longer than agreed, and on whom."""
    words = _counted(counts, GROUP)
    return f"{words}." if words else "Inga obesvarade eller försenade åtgärder."


def stages_words(counts: Counter[ActionStatus]) -> str:
    """How many wait for nobody: Tre pågående, en avböjd och två klara."""
    return _counted(counts, WAITS_FOR_NOBODY)


def stage_headline(stage: str, number: int) -> str:
    """The headline of the samordnare's list of one stage: Klara: 40 åtgärder."""
    return f"{stage}: {in_words(number, 'åtgärd', 'åtgärder') if number else 'ingen åtgärd'}."


def organisation_headline(counts: Counter[ActionStatus]) -> str:
    """The headline of an organisation's open actions, on its page."""
    return _counted(counts, WITH_AN_ORGANISATION) or "Gruppen väntar inte på något härifrån"


def overdue_words(overdue: int, of_them: int) -> str:
    """How many of the actions with an organisation are unanswered after the day or late."""
    one, many = "obesvarad eller försenad", "obesvarade eller försenade"
    return capital(one if of_them == 1 else in_words(overdue, one, many))


def said(day: SaidDay | None, today: date) -> str:
    """The day in the words it was said with: 18 december, vecka 50, före skolavslutningen, löpande."""
    return day.shown(today=today) if day else ""


def promised(assignment: Assignment, today: date) -> str:
    """What is promised, inside a sentence: planerat klart vecka 50; löpande, stäms av 3 mars."""
    return assignment.planned_day.promised(today=today) if assignment.planned_day else ""


def promised_anew(change: DateChange, today: date) -> str:
    """What is promised after the change, inside a sentence."""
    return change.new_day.promised(today=today) if change.new_day else ""


# Private


def _came(change: DateChange) -> str:
    """Who moved a date, and how that came: Omar Prov; på telefon, noterat av Maja Exempel; via länk."""
    how = str(change.get_channel_display())
    if change.channel in {Channel.SIGNED_IN, Channel.LINK}:
        return str(change.by or how)
    return f"{how}, noterat av {change.by}"


def _counted(counts: Counter[ActionStatus], table: Counted) -> str:
    """The counts as a sentence: En fråga väntar på svar och två åtgärder är försenade; empty where there is none."""
    numbers = [(sum(counts[status] for status in statuses), table[statuses]) for statuses in sorted(table)]
    return capital(listed([in_words(number, *words) for number, words in numbers if number]))


def _asked_back(current: Assignment, today: date) -> tuple[str, str, str]:
    """The words when the organisation has asked back, or does not know whose the question is."""
    answer = current.answer
    if answer is None or answer.kind == Answer.Kind.PASSED_ON:
        verdict = f"{current.organisation} anser att frågan ligger hos någon annan."
        return verdict, "Samordnaren utser ansvarig.", "Ansvarig ska utses"
    words = f"”{answer.text}” Begärt {_answered_on(answer, today)}."
    return f"{current.organisation} begär komplettering:", words, "Begär komplettering"


def _silent(current: Assignment, today: date) -> tuple[str, str, str]:
    late = days_between(current.answer_due or today, today)
    ago = "i går" if late == 1 else f"för {plural(late, 'dag', 'dagar')} sedan"
    asked = f"{current.organisation}, {_asked_on(current, today)}."
    return f"Svar skulle ha kommit {ago}.", asked, f"Svar försenat {plural(late, 'dag', 'dagar')}"


def _asked_on(assignment: Assignment, today: date) -> str:
    """When it was asked: begärt 11 november; of what stood in the group's old list, inläst 11 november."""
    how = "inläst" if assignment.asked_channel == Channel.OLD_LIST else "begärt"
    return f"{how} {_day(assignment.asked_at and day_of(assignment.asked_at), today)}"


def _taken_back(current: Assignment) -> str:
    """What it means for the organisation that it is taken back: no more to answer, or no more to do."""
    if current.answer and current.answer.kind == Answer.Kind.ACCEPTED:
        return f"{current.organisation} behöver inte göra den."
    return f"Gruppen frågar inte {current.organisation} längre." if current.asked_at else "Den föreslogs aldrig."


def _late(action: Action, today: date) -> tuple[str, str]:
    current = action.current
    late = plural(days_between(current.planned or today, today), "dag", "dagar")
    begun = "påbörjad, " if action.state == Action.State.ONGOING else ""
    return f"Försenad {late}.", f"{current.organisation}, {begun}{promised(current, today)}.{_so_far(current)}"


def _to_review(current: Assignment, today: date) -> tuple[str, str, str]:
    """The words of what runs on past the day when it was to be reviewed: it is not late, for it has no end."""
    past = days_between(current.planned or today, today)
    ago = "i går" if past == 1 else f"för {plural(past, 'dag', 'dagar')} sedan"
    rest = f"{current.organisation}, {said(current.planned_day, today)}.{_so_far(current)}"
    return f"Skulle ha stämts av {ago}.", rest, "Ska stämmas av"


def _under_way(action: Action, today: date) -> tuple[str, ...]:
    planned, who = f"{promised(action.current, today)}.", action.current.organisation
    rest = f"{_so_far(action.current)}{_not_counted(action.current, today)}"
    if action.state == Action.State.ONGOING:
        return f"Påbörjad, {planned}", f"{who}.{rest}"
    return capital(planned), f"{who} åtar sig åtgärden.{rest}"


def _not_counted(current: Assignment, today: date) -> str:
    """Why what is promised is not late though its day has passed, as a sentence of its own."""
    if not (current.stands_still and current.planned and current.planned < today):
        return ""
    return f" Ingen som svarar för {current.organisation} är namngiven, så den räknas inte som försenad."


def _so_far(current: Assignment) -> str:
    """How far it has come, as a sentence of its own: 4 av 6 lampor, 12 november, via länk."""
    note = current.progress
    how = f", {note.get_channel_display()}" if note and note.channel == Channel.LINK else ""
    return f" {capital(note.text.rstrip('.'))}, {note.when}{how}." if note else ""


def _waiting(assignment: Assignment, today: date) -> tuple[str, str, str]:
    """That an answer is waited for; in a restricted issue that nobody of theirs may read, without a day."""
    who, due = assignment.organisation, _day(assignment.answer_due, today)
    if assignment.stands_still:
        return "Väntar.", f"Ingen som svarar för {who} är namngiven, så svarstiden är stoppad.", "Svarstiden stoppad"
    return "Väntar på svar.", f"{who}, svar senast {due}.", f"Svar senast {due}"


def _went_on(assignment: Assignment) -> str:
    """The state of an assignment that ended without an answer."""
    later = [handover for handover in assignment.action.assignments.all() if handover.pk > assignment.pk]
    following = min(later, key=lambda handover: handover.pk, default=None)
    again = following and following.organisation_id == assignment.organisation_id
    return "Samma organisation frågades igen." if again else "Frågan lämnades över till någon annan."


def _reason(answer: Answer | None) -> str:
    return str(answer.get_reason_display()).lower() if answer else ""


def _answered_on(answer: Answer | None, today: date) -> str:
    return _day(day_of(answer.given_at), today) if answer else ""


def _day(day: date | None, today: date) -> str:
    return day_and_month(day, today=today) if day else ""
