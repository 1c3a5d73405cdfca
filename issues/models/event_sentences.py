"""The sentences of the events: how each kind is told, made when it is read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from base.swedish.points import at_point
from base.swedish.verbs import asked_to
from base.swedish.words import capital, day_and_month, in_words, listed, sentence
from issues.models.answer import Answer
from issues.models.closure import Closure
from issues.models.event import Event
from members.models import Member

HANDLING = {"external_ref": "ärendenummer", "budget_year": "budgetår", "cost_band": "kostnad"}


def meeting_in_passing(day: date, *, is_extra: bool, today: date) -> str:
    """A meeting inside a sentence: mötet 25 november · extramötet 3 december."""
    return f"{'extramötet' if is_extra else 'mötet'} {day_and_month(day, today=today)}"


def _meeting(event: Event) -> str:
    day, is_extra = date.fromisoformat(event.facts["day"]), event.facts["extra"]
    return meeting_in_passing(day, is_extra=is_extra, today=timezone.localdate())


def _decision(event: Event) -> str:
    return f"Beslut {event.facts['number']}"


def _said(day: Any) -> str:
    """The day as it was said, with its year, for a promise is read another year as well: 25 november 2026."""
    return str(day.shown(today=date.min))


def _day(day: date) -> str:
    return day_and_month(day, today=date.min)


def _promised(day: Any) -> str:
    return str(day.promised(today=date.min))


def _opened(event: Event) -> str:
    number = event.facts.get("observations", 0)
    origin = f" ur {in_words(number, 'observation', 'observationer')}" if number else ""
    return f"Ärendet öppnat{origin}."


def _changed(event: Event) -> str:
    words = {field.name: str(field.verbose_name) for field in event.issue._meta.fields}
    return f"Ändrat: {', '.join(words.get(name, name) for name in event.facts['fields'])}."


def observation_words(event: Event, *, on_page_of: Any = None) -> str:
    """The sentence of one that came or went, in its words of today: Observation kopplad: klotter, Åparken.

    Where they were corrected after the event, with the day of that. On the page of an issue without the category and
    the place that are the issue's.
    """
    observation = event.observation
    verdict = capital(str(event.get_kind_display()))
    if observation is None or observation.is_withdrawn:
        return f"{verdict}."
    corrected = observation.corrected_at
    is_later = corrected and corrected > event.at
    when = day_and_month(timezone.localdate(corrected), today=timezone.localdate()) if is_later else ""
    is_known = [on_page_of and observation.category_id == on_page_of.category_id]
    is_known += [on_page_of and observation.where == on_page_of.where]
    named = zip((observation.category.name.lower(), observation.where), is_known, strict=True)
    what = ", ".join(words for words, known in named if not known)
    return sentence(f"{verdict}{what and f': {what}'}{when and f' (rättad {when})'}")


def _discussed(event: Event) -> str:
    where = listed([str(number) for number in event.facts["points"]])
    return f"Behandlat på {_meeting(event)}, {at_point(where)}."


def _decided(event: Event) -> str:
    words = _proposed(event) if event.action else event.source_words
    decided = f"{_decision(event)} på {_meeting(event)}{'. ' if event.action else ': '}{words}"
    return f"{sentence(decided)} {sentence(event.text)}"


def _proposed(event: Event) -> str:
    return sentence(f"Gruppen föreslår {what_was_asked(event)}")


def _decided_before(event: Event) -> str:
    """When the group had decided it, of what it had in its old list: Beslutat 12 mars 2025."""
    day = event.facts.get("decided_on")
    return f"Beslutat {_day(date.fromisoformat(day))}." if day else ""


def what_was_asked(event: Event) -> str:
    """All who were asked the same in one act, and what: Polisen och Witalabostäder AB att laga grinden."""
    own = event.assignment and event.assignment.organisation
    return asked_to(listed(event.facts.get("asked") or [str(own)]), str(event.action))


def _answered(event: Event) -> str:
    answer, action = event.answer, event.action
    if answer is None:
        return ""
    match answer.kind:
        case Answer.Kind.ACCEPTED:
            return f"Åtar sig ”{action}”, {_promised(answer.planned_day)}. {sentence(answer.text)}"
        case Answer.Kind.DECLINED:
            reason = answer.get_reason_display().lower()
            return (
                f"Avböjer ”{action}”: {reason}. {sentence(answer.text)} {sentence(f'Nästa steg: {answer.next_step}')}"
            )
        case Answer.Kind.QUESTION:
            return sentence(f"Begär komplettering om ”{action}”: {answer.text}")
    to = answer.passed_to
    if to:
        return f"”{action}” skickad vidare till {to}, inte vårt ansvarsområde. {sentence(answer.text)}"
    return f"Anser att ”{action}” ligger hos någon annan, samordnaren utser ansvarig. {sentence(answer.text)}"


def _withdrawn(event: Event) -> str:
    if event.answer:
        return f"Svaret om ”{event.action}” togs tillbaka. {sentence(event.answer.withdrawn_why)}"
    if event.escalation:
        what = f"Beslutet från {event.escalation.to}" if event.ruling else f"Eskaleringen till {event.escalation.to}"
        return sentence(f"{what} om ”{event.action}” togs tillbaka")
    what = "Läget för ”{}”" if event.progress else "Beskedet att ”{}” är klar"
    return sentence(f"{what.format(event.action)} togs tillbaka: {event.progress or event.text}")


def _moved(event: Event) -> str:
    """The sentence of a handover: an answer to their question, the same asked again, or others asked."""
    if event.answer:
        return _answered(event)
    asked = event.assignment
    to = asked.organisation if asked else ""
    words = {"reply": f"Svar till {to}", "again": f"Ny fråga till {to}", "other": f"Överlämnad till {to}"}
    message = asked.message if asked else ""
    return sentence(f"{words[event.facts['how']]}{f': {message}' if message else ''}")


def _done(event: Event) -> str:
    """The sentence of what was reported done: of an answer in its own words, which stand when it is withdrawn."""
    action: Any = event.action
    stands: Any = action.done_at == event.at  # what was taken back has its words with that
    verdict, day, note = "Klar", stands and action.done_on, action.done_note if stands else ""
    if answer := event.answer:
        verdict, day, note = "Redan gjort", answer.done_on, answer.text
    earlier = day and day < timezone.localdate(event.at)
    what = f"{verdict}{f' {_day(day)}' if earlier else ''}: {action}"
    return f"{sentence(what)} {sentence(note)}"


def _date_changed(event: Event) -> str:
    change = event.date_change
    if change is None:
        return ""
    if change.is_review:
        return f"Avstämd: ”{event.action}”, {_promised(change.new_day)}. {sentence(change.reason)}"
    days = f"{_said(change.new_day)} i stället för {_said(change.old_day)}"
    return f"Nytt datum för ”{event.action}”: {days}. {sentence(change.reason)}"


def _reminded(event: Event) -> str:
    to = event.assignment and event.assignment.organisation
    return sentence(f"Påminnelse till {to} om ”{event.action}”{f': {event.text}' if event.text else ''}")


def _handled(event: Event) -> str:
    """Which of what they keep was noted, by its names; what they wrote stands on the row alone."""
    noted = listed([HANDLING[name] for name in event.facts["fields"]])
    return sentence(f"{capital(noted)} om ”{event.action}” noterat")


def _link_ended(event: Event) -> str:
    to = event.assignment and event.assignment.organisation
    return sentence(f"Länken till {to} om ”{event.action}” gjordes ogiltig")


def _escalated(event: Event) -> str:
    lifted: Any = event.escalation
    earlier = f" {_day(lifted.raised_on)}" if lifted.raised_on < timezone.localdate(event.at) else ""
    number = f", dnr {lifted.registry_no}" if lifted.registry_no else ""
    return sentence(f"”{event.action}” eskalerad till {lifted.to}{earlier}{number}")


def _ruled(event: Event) -> str:
    lifted: Any = event.escalation
    ruling: Any = event.ruling
    day = f" {_day(ruling.decided_on)}" if ruling.decided_on < timezone.localdate(event.at) else ""
    number = f", dnr {lifted.registry_no}" if lifted.registry_no else ""
    return sentence(f"Beslut från {lifted.to}{day} om ”{event.action}”{number}: {ruling}")


def closed_words(closure: Closure | None, *, with_feedback: bool = True) -> str:
    """The sentence of a closure: Ärendet avslutat: åtgärdat. Lamporna är lagade."""
    if closure is None:
        return ""
    feedback = f" {sentence(closure.feedback)}" if with_feedback else ""
    why = f" {despite_words(closure.despite)}" if closure.despite else ""
    return f"Ärendet avslutat: {closure.get_outcome_display().lower()}.{feedback}{why}"


def despite_words(despite: str) -> str:
    """Why an issue ends with actions open: Åtgärder är öppna: Skylten sätts upp ändå. Nothing where nothing is said."""
    return sentence(f"Åtgärder är öppna: {despite}") if despite else ""


def _noted(event: Event) -> str:
    """The note in its words of today; where they were corrected, with the day of that."""
    note: Any = event.note
    if note.withdrawn_at:
        return str(note)
    corrected = note.corrected_at and timezone.localdate(note.corrected_at)
    when = f" (rättad {day_and_month(corrected, today=timezone.localdate())})" if corrected else ""
    return f"Anteckning: {note}{when}"


def _remains(event: Event) -> str:
    verdict = f"Problemet kvarstår{'. Ärendet öppnat igen' if event.facts['reopened'] else ''}"
    return sentence(f"{verdict}: {event.text}" if event.text else verdict)


def _undone(event: Event) -> str:
    if event.facts.get("removed"):
        gone = {0: "", 1: "; beslutet gäller inte"}.get(event.facts["decisions"], "; besluten gäller inte")
        return f"{capital(_meeting(event))} är borttaget ur registret, där det var inskrivet av misstag{gone}."
    suffix = {0: "", 1: "; beslutet gäller inte än"}.get(event.facts["decisions"], "; besluten gäller inte än")
    return f"Avslutet av {_meeting(event)} ångrades{suffix}."


def names_of(facts: list[dict[str, Any]]) -> list[str]:
    """The names of the members that each of the events' facts point at: Maja Exempel och Tove Test."""
    told = Member.objects.filter(pk__in={pk for each in facts for pk in each["members"]}).in_order()
    names: dict[int, str] = dict(told.values_list("pk", "name"))
    return [listed([name for pk, name in names.items() if pk in each["members"]]) for each in facts]


def _restricted(event: Event) -> str:
    return f"Begränsad spridning. Namngivna: {event.source_words}. {sentence(event.text)}"


def _named(event: Event) -> str:
    return f"{event.source_words} {'namngivna' if event.facts['members'][1:] else 'namngiven'}."


Event.SOURCES["members"] = names_of
Event.SENTENCES.update(
    {
        Event.Kind.OPENED: _opened,
        Event.Kind.CHANGED: _changed,
        Event.Kind.OBSERVED: observation_words,
        Event.Kind.DETACHED: observation_words,
        Event.Kind.TAKEN_BACK: observation_words,
        Event.Kind.DISCUSSED: _discussed,
        Event.Kind.DECIDED: _decided,
        Event.Kind.STRUCK: lambda event: sentence(f"{_decision(event)} ströks: {event.source_words}"),
        Event.Kind.PROPOSED: lambda event: f"{_proposed(event)} {_decided_before(event)}",
        Event.Kind.ANSWERED: _answered,
        Event.Kind.WITHDRAWN: _withdrawn,
        Event.Kind.MOVED: _moved,
        Event.Kind.STARTED: lambda event: sentence(f"Påbörjad: {event.action}"),
        Event.Kind.DATE_CHANGED: _date_changed,
        Event.Kind.PROGRESS: lambda event: f"Läget för ”{event.action}”: {event.progress}",
        Event.Kind.REMINDED: _reminded,
        Event.Kind.HANDLED: _handled,
        Event.Kind.LINK_ENDED: _link_ended,
        Event.Kind.ESCALATED: _escalated,
        Event.Kind.RULED: _ruled,
        Event.Kind.DONE: _done,
        Event.Kind.CANCELLED: lambda event: f"{sentence(f'Återtagen: {event.action}')} {sentence(event.text)}",
        Event.Kind.PAUSED: lambda event: sentence(f"Ärendet är vilande: {event.text}"),
        Event.Kind.RESUMED: lambda event: "Ärendet återupptaget.",
        Event.Kind.NOTED: _noted,
        Event.Kind.RESTRICTED: _restricted,
        Event.Kind.LIFTED: lambda event: sentence(f"Begränsad spridning hävd: {event.text}"),
        Event.Kind.NAMED: _named,
        Event.Kind.UNNAMED: lambda event: f"{event.source_words} är inte längre namngiven.",
        Event.Kind.CLOSED: lambda event: closed_words(event.closure),
        Event.Kind.REOPENED: lambda event: sentence(f"Ärendet öppnat igen: {event.text}"),
        Event.Kind.REMAINS: _remains,
        Event.Kind.UNDONE: _undone,
        Event.Kind.MASKED: lambda event: "Uppgifter är maskerade i ärendet.",
        Event.Kind.ISSUE_STRUCK: lambda event: sentence(f"Ärendet struket, upplagt av misstag: {event.text}"),
        Event.Kind.RESTORED: lambda event: "Ärendet återställt.",
    }
)
