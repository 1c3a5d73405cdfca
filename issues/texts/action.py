"""How an action tells where it stands: one sentence, computed from the rows and the day.

Pure functions over what is already loaded, rows from `with_assignments()`: they ask the database nothing more.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from base.swedish.words import (
    StateSentence,
    capital,
    day_and_month,
    days_between,
    in_words,
    listed,
    number_word,
    plural,
)
from issues.models import Action, ActionStatus, Assignment, Channel, DateChange, OrganisationLoad


def action_state(action: Action, today: date) -> StateSentence:
    """Where an action stands: who has it, since when, and what was answered."""
    current = action.current
    sitting = current.organisation
    match action.state:
        case Action.State.DRAFT:
            return StateSentence("new", "Utkast.", f"Inte föreslagen för {sitting} än.")
        case Action.State.PROPOSED:
            return _unanswered(current, today)
        case Action.State.QUESTION:
            return _back_with_the_group(current, today)
        case Action.State.ACCEPTED | Action.State.ONGOING:
            return _promised(action, current, today)
        case Action.State.DECLINED:
            return StateSentence(
                "declined", f"Avböjd: {_reason(current)}.", f"{sitting}, {_answered_on(current, today)}.", "Avböjd"
            )
        case Action.State.DONE:
            return StateSentence("done", f"Klar {_done_on(action, today)}.", f"{sitting}.")
    return StateSentence("closed", "Återtagen.", f"Gruppen frågar inte {sitting} längre.")


def assignment_state(assignment: Assignment, today: date) -> StateSentence:
    """What came of one handover, for the trail of an action."""
    when = _answered_on(assignment, today)
    match assignment.answer:
        case Assignment.Answer.ACCEPTED:
            return StateSentence("accepted", "Ja.", f"Svarade {when}, klart {_day(assignment.planned, today)}.")
        case Assignment.Answer.DECLINED:
            return StateSentence("declined", f"Nej: {_reason(assignment)}.", f"Svarade {when}.")
        case Assignment.Answer.QUESTION:
            # A question that the group has answered needs nobody any longer.
            return StateSentence("passed" if assignment.ended_at else "question", "Frågade gruppen", f"{when}.")
        case Assignment.Answer.PASSED_ON:
            whose = f"till {assignment.passed_to}" if assignment.passed_to else "till samordnaren"
            return StateSentence("passed", "Skickad vidare", f"{whose}, {when}.")
    if assignment.ended_at:
        return StateSentence("left", "Inget svar.", _went_on(assignment))
    return _unanswered(assignment, today) if assignment.asked_at else StateSentence("new", "Utkast.", "Inte frågad än.")


def action_about(action: Action, today: date) -> str:
    """The small print of an action: when it was asked, the wish, the term, the cost, how the answer came."""
    current = action.current
    facts = [
        _asked(action, current, today),
        f"{action.get_term_display()}.",
        f"Kostnad: {current.get_cost_band_display().lower()}." if current.cost_band else "",
        f"Eget ärendenummer: {current.external_ref}." if current.external_ref else "",
        answer_came(current),
    ]
    return " ".join(filter(None, facts))


def answer_came(assignment: Assignment) -> str:
    """Who gave the answer, and how it came when somebody else wrote it down."""
    if not assignment.is_answered:
        return ""
    if assignment.channel == Channel.SIGNED_IN:
        return f"Svar av {assignment.answered_by}."
    return f"Svaret kom {assignment.get_channel_display()}, noterat av {assignment.answered_by}."


def handover_about(assignment: Assignment, today: date) -> str:
    """The small print of one handover: who asked and when, how the answer came."""
    asked = f"Frågad {_day(timezone.localdate(assignment.asked_at), today)} av {assignment.asked_by}."
    return f"{asked} {answer_came(assignment)}".strip()


def moved_date(change: DateChange, today: date) -> str:
    """17 november blev 18 december. Materialet är försenat. Omar Prov."""
    days = f"{_day(change.old, today)} blev {_day(change.new, today)}"
    how = "" if change.channel == Channel.SIGNED_IN else f" {change.get_channel_display()}, noterat av"
    return f"{days}: ”{change.reason}”{how} {change.by}."


def own_headline(waiting: int, late: int) -> str:
    """What an organisation is told first: how much waits on its word, and on what it has promised."""
    told = [
        (waiting, "fråga väntar på svar från er", "frågor väntar på svar från er"),
        (late, "åtgärd hos er är försenad", "åtgärder hos er är försenade"),
    ]
    parts = [in_words(number, one, many) for number, one, many in told if number]
    return f"{capital(listed(parts))}." if parts else "Inget väntar på svar från er."


def group_headline(counts: dict[str, int]) -> str:
    """What the samordnare's list says first: what has waited longer than agreed, and on whom."""
    told = [
        (counts.get(ActionStatus.QUESTION, 0), "fråga väntar på samordnaren", "frågor väntar på samordnaren"),
        (counts.get(ActionStatus.SILENT, 0), "åtgärd har inte fått svar i tid", "åtgärder har inte fått svar i tid"),
        (counts.get(ActionStatus.LATE, 0), "åtgärd är försenad", "åtgärder är försenade"),
    ]
    parts = [in_words(number, one, many) for number, one, many in told if number]
    return f"{capital(listed(parts))}." if parts else "Inget är tyst eller försenat."


def held_headline(counts: dict[str, int]) -> str:
    """What heads an organisation's open actions, on its page."""
    told = [
        (
            counts.get(ActionStatus.SILENT, 0) + counts.get(ActionStatus.ANSWER, 0),
            "fråga väntar på svar",
            "frågor väntar på svar",
        ),
        (counts.get(ActionStatus.LATE, 0), "åtgärd är försenad", "åtgärder är försenade"),
        (counts.get(ActionStatus.UNDER_WAY, 0), "åtgärd är på gång", "åtgärder är på gång"),
        (counts.get(ActionStatus.QUESTION, 0), "fråga väntar på samordnaren", "frågor väntar på samordnaren"),
    ]
    parts = [in_words(number, one, many) for number, one, many in told if number]
    return capital(listed(parts)) or "Gruppen väntar inte på något härifrån"


def out_of_time(holder: OrganisationLoad) -> StateSentence | None:
    """What has waited longer than agreed with one of those who sit on something; None where nothing has."""
    if not holder.out_of_time:
        return None
    who = "" if holder.open == 1 else f"{number_word(holder.out_of_time)} "
    return StateSentence("silent", capital(f"{who}har väntat för länge."))


def _unanswered(assignment: Assignment, today: date) -> StateSentence:
    due = _day(assignment.answer_due, today)
    if not assignment.is_silent(today):
        return StateSentence(
            "waiting", "Väntar på svar.", f"{assignment.organisation} svarar senast {due}.", f"Svar senast {due}"
        )
    waited = plural(assignment.waited(today), "dag", "dagar")
    return StateSentence(
        "silent",
        f"Väntar på svar sedan {waited}.",
        f"{assignment.organisation} skulle ha svarat {due}.",
        f"Väntar på svar, {waited}",
    )


def _back_with_the_group(assignment: Assignment, today: date) -> StateSentence:
    """The organisation has asked, or does not know whose the question is: the samordnare's turn."""
    if assignment.answer == Assignment.Answer.PASSED_ON:
        verdict = f"{assignment.organisation} vet inte vems frågan är."
        return StateSentence("question", verdict, "Samordnaren väljer vem som får den.", "Vet inte vems frågan är")
    waited = days_between(timezone.localdate(assignment.answered_at), today)
    since = f" Frågan har väntat på samordnaren i {plural(waited, 'dag', 'dagar')}." if waited else ""
    return StateSentence(
        "question", f"{assignment.organisation} frågar:", f"”{assignment.text}”{since}", "Fråga till gruppen"
    )


def _went_on(assignment: Assignment) -> str:
    """What became of a question that nobody answered."""
    later = [handover for handover in assignment.action.assignments.all() if handover.pk > assignment.pk]
    following = min(later, key=lambda handover: handover.pk, default=None)
    again = following and following.organisation_id == assignment.organisation_id
    return "Samma organisation frågades igen." if again else "Frågan lämnades till någon annan."


def _promised(action: Action, assignment: Assignment, today: date) -> StateSentence:
    planned = _day(assignment.planned, today)
    sitting = assignment.organisation
    if assignment.planned and assignment.is_late(today):
        late = plural(days_between(assignment.planned, today), "dag", "dagar")
        verdict = f"Skulle ha varit klar för {late} sedan."
        return StateSentence("overdue", verdict, f"{sitting} lovade {planned}.", f"Försenad, {late}")
    if action.state == Action.State.ONGOING:
        return StateSentence("ongoing", f"Pågår till {planned}.", f"{sitting}.")
    return StateSentence("accepted", f"Accepterad. Klart {planned}.", f"{sitting}.", f"Klart {planned}")


def _asked(action: Action, assignment: Assignment, today: date) -> str:
    wish = f"önskas klar {_day(action.wished, today)}" if action.wished else ""
    asked = f"frågad {_day(timezone.localdate(assignment.asked_at), today)}" if assignment.asked_at else ""
    told = ", ".join(filter(None, [asked, wish]))
    return f"{capital(told)}." if told else ""


def _reason(assignment: Assignment) -> str:
    return assignment.get_reason_display().lower()


def _answered_on(assignment: Assignment, today: date) -> str:
    return _day(timezone.localdate(assignment.answered_at), today) if assignment.answered_at else ""


def _done_on(action: Action, today: date) -> str:
    return _day(timezone.localdate(action.done_at), today)


def _day(day: date | None, today: date) -> str:
    return day_and_month(day, today=today) if day else ""
