"""The lines of what is told of an issue, as a mail and the start page have them: whole sentences, by their event.

Each begins with what the receiver is to do, or what it is, for in a full inbox no more of it may be seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from base.swedish.verbs import asked_to
from base.swedish.words import capital, day_and_month, listed, sentence
from issues.counting import ObservationCount
from issues.models import Action, Answer, Assignment, Event
from issues.models.answer import time_to_withdraw
from issues.texts.evidence import evidence
from members.models import Group, Member

BUTTONS = {False: "Läs och svara", True: "Säg hur det går"}
"""What one who signs in is asked to do: of a question, or of what was promised."""
BY_LINK = {False: "Svara utan att logga in", True: "Säg hur det går utan att logga in"}
SAID: dict[str, tuple[str, str]] = {
    Event.Kind.DONE: ("Klart hos", "Noterat som klart"),
    Event.Kind.STARTED: ("Påbörjat hos", "Noterat som påbörjat"),
    Event.Kind.PROGRESS: ("Läget hos", "Läget är noterat"),
    Event.Kind.DATE_CHANGED: ("Nytt datum från", "Nytt datum är noterat"),
}
"""What was said after a yes, as a samordnare and as they themselves are told of it."""
REVIEWED = ("Avstämt hos", "Avstämningen är noterad")
"""The same of what runs on and goes on running: its day is that of the next review."""
LINK_IS_NEW = "Länken i tidigare mejl om åtgärden gäller inte längre. Här är en ny."
OTHER_ANSWERS = "Är frågan inte er, eller behöver ni veta mer först? Svara då det."


def link_is_for(*, promised: bool) -> str:
    """What is to be known of the link by which nobody signs in."""
    what = "åtgärden" if promised else "frågan"
    return (
        f"Länken ”{BY_LINK[promised]}” gäller bara den här {what}. "
        "Den som har den svarar för er, så skicka den bara till den som ska svara."
    )


def asked_line(question: Assignment, *, answers: Assignment | None = None) -> str:
    """Svar önskas senast 12 december: Byt lamporna. · Komplettering, svar önskas …, where they had asked."""
    due = answer_wanted(question)
    return f"{f'Komplettering, {due}' if answers else capital(due)}: {question.action}"


def cancelled_line(question: Assignment) -> str:
    """Återtagen: Byt lamporna."""
    return f"Återtagen: {question.action}"


def cancelled_to_owner(question: Assignment) -> str:
    """What the organisation is told that had it: that it owes nothing any longer."""
    issue = question.action.issue
    theirs = "Det ni har åtagit er behöver inte göras." if question.planned_day else "Ni behöver inte svara."
    return f"Gruppen har tagit tillbaka åtgärden. {theirs}\n\n{sentence(f'Ärende {issue.number}: {issue.title}')}"


def new_link_line(question: Assignment) -> str:
    """Ny länk, svar önskas senast 12 december: Byt lamporna. · Ny länk: …, of what is promised."""
    owed = "" if question.planned_day else f", {answer_wanted(question)}"
    return f"Ny länk{owed}: {question.action}"


def answer_wanted(question: Assignment) -> str:
    """By which day, inside a sentence: svar önskas senast 12 december; svar skulle ha kommit 12 december."""
    due, today = question.answer_due, timezone.localdate()
    if due is None:
        return "svar önskas"
    if due < today:
        return f"svar skulle ha kommit {day_and_month(due, today=today)}"
    return f"svar önskas senast {day_and_month(due, today=today)}"


def wished(action: Action) -> str:
    """By when the group wishes it done, as a sentence: Önskas klart vecka 50."""
    day = action.wished_day
    return sentence(capital(day.wished(today=timezone.localdate()))) if day else ""


def rests_on(observed: ObservationCount) -> str:
    """How many have reported it: Underlag: 7 observationer från 4 rapportörer. Empty where nobody has."""
    return f"Underlag: {evidence(observed)}" if observed.total else ""


def who_asks(question: Assignment, group: Group, *, passed_on_by: object = None) -> str:
    """Temagrupp Trygghet föreslår Tekniska förvaltningen att byta lamporna. Gatukontoret har skickat frågan vidare."""
    asking = group.name if group.is_named else "Temagruppen"
    proposal = sentence(f"{asking} föreslår {asked_to(question.organisation, question.action.title)}")
    return f"{proposal} {passed_on_by} har skickat frågan vidare till er." if passed_on_by else proposal


def how_to_answer(answering: Iterable[Member], coordinator: Member | None) -> str:
    """What can be done in an organisation's mailbox: who of theirs signs in and answers, and how the others do.

    Omar Prov svarar för er i registret. Den som inte har konto svarar med länken, eller på det här mejlet: …
    """
    names = listed([str(member) for member in answering])
    signed_in = f"{names} svarar för er i registret." if names else "Ingen svarar för er i registret än."
    by_link = f"{signed_in} {'Den som inte har konto svarar' if names else 'Svara'} med länken"
    if coordinator is None:
        return f"{by_link}."
    phone = f", {coordinator.phone}," if coordinator.phone else ""
    return f"{by_link}, eller på det här mejlet: samordnaren {coordinator.name}{phone} noterar ert svar."


def whom_to_ask(coordinator: Member | None) -> str:
    """Vill du fråga något? Svara på det här mejlet. Det går till samordnaren Maja Exempel, 0383-12 34 56."""
    if coordinator is None:
        return ""
    who = ", ".join(filter(None, [coordinator.name, coordinator.phone]))
    return sentence(f"Vill du fråga något? Svara på det här mejlet. Det går till samordnaren {who}")


def answered_line(event: Event) -> str:
    """Svar från Tekniska förvaltningen: Byt lamporna. · Klart hos …: · Komplettering begärs av …: · Utse ansvarig: …"""
    who, answer = event.organisation or event.by, event.answer
    if answer is None:
        what = f"{_said_words(event)[0]} {who}"
    elif answer.kind == Answer.Kind.QUESTION:
        what = f"Komplettering begärs av {who}"
    else:
        what = "Utse ansvarig" if asks_the_group(event) else f"Svar från {who}"
    return f"{what}: {event.action}"


def receipt_line(event: Event) -> str:
    """Ert svar är noterat: Byt lamporna. · Noterat som klart: … · Nytt datum är noterat: …"""
    noted = "Ert svar är noterat" if event.answer else _said_words(event)[1]
    return f"{noted}: {event.action}"


def _said_words(event: Event) -> tuple[str, str]:
    if event.date_change and event.date_change.is_review:
        return REVIEWED
    return SAID.get(event.kind, SAID[Event.Kind.DONE])


def came_by_link(event: Event, *, to_them: bool = False) -> str:
    """That it came by link, and what can be done about it: until when the samordnare can take it back.

    To the organisation itself, that it is to say so.
    """
    how, is_kept = str(event.get_channel_display()), bool(event.answer or event.kind == Event.Kind.DONE)
    until = event.at + time_to_withdraw(event.channel, leads=not to_them)
    may = is_kept and timezone.now() <= until
    if to_them:
        can = f" På länkens sida kan ni ta tillbaka det till klockan {timezone.localtime(until):%H.%M}." if may else ""
        return f"Det kom {how}. Var det inte ni, eller blev det fel? Svara på det här mejlet.{can}"
    day = day_and_month(timezone.localdate(until), today=timezone.localdate())
    return f"Det kom {how}, utan inloggning.{f' Du kan ta tillbaka det till och med {day}.' if may else ''}"


def asks_the_group(event: Event) -> bool:
    """Whether it is the samordnare's turn then: they have asked back, or named nobody to pass it on to."""
    answer = event.answer
    return bool(answer and (answer.kind == Answer.Kind.QUESTION or _is_passed_back(answer)))


def _is_passed_back(answer: Answer) -> bool:
    return answer.kind == Answer.Kind.PASSED_ON and answer.passed_to_id is None


def ended_line(event: Event, *, has_reported: bool) -> str:
    """Återkoppling på din rapport: Mörkt vid Åparken. · Avslutat ärende som du följer: Mörkt vid Åparken."""
    what = "Återkoppling på din rapport" if has_reported else "Avslutat ärende som du följer"
    return f"{what}: {event.issue.title}"


def followed_line(event: Event) -> str:
    """Nytt i ärende som du följer: Mörkt vid Åparken."""
    return f"Nytt i ärende som du följer: {event.issue.title}"
