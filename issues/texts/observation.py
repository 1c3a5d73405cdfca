"""The sentences about an observation: when, its facts, what became of it; and about lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.html import format_html

from base.swedish.words import (
    StateSentence,
    capital,
    day_and_month,
    in_words,
    number_word,
    relative_day,
    swedish_moment,
)
from issues.models import Issue, Observation, Tombstone
from issues.models.observation import ASK_TO_MASK
from issues.models.observation_lists import Queue
from members.models import Member

READ_AT_ONCE, FOLDED_AT_LEAST = 300, 80
"""Letters of an observation that a list shows, and how many more are worth folding."""


def when_seen(observation: Observation, today: date) -> str:
    """When it was seen, in words: i dag 07.40 · lördag 21 november 22.00–02.00 · i går."""
    match observation.precision:
        case Observation.Precision.DAY:
            return relative_day(timezone.localdate(observation.seen_from), today=today)
        case Observation.Precision.BAND if observation.seen_to:
            end = timezone.localtime(observation.seen_to)
            return f"{swedish_moment(observation.seen_from, today=today)}–{end:%H.%M}"
    return swedish_moment(observation.seen_from, today=today)


def observation_about(observation: Observation, today: date, *, names_reporter: bool) -> str:
    """The small print: when, how unsafe, from whom. Whether the reporter is named is the rules' to say."""
    facts = [when_seen(observation, today), *observation_facts(observation, names_reporter=names_reporter)]
    return capital(dotted(facts))


def beginning_and_rest(text: str) -> tuple[str, str]:
    """A long text in two, between words: what is read at once, and what is folded. Of a short one the rest is empty."""
    if len(text) <= READ_AT_ONCE + FOLDED_AT_LEAST:
        return text, ""
    blank = text.rfind(" ", 0, READ_AT_ONCE)
    end = blank if blank > 0 else READ_AT_ONCE
    return text[:end].rstrip(), text[end:].strip()


def observation_facts(observation: Observation, *, names_reporter: bool) -> list[str]:
    """The facts of an observation, part by part, without when."""
    facts = [
        f"{observation.get_unsafe_display().lower()} otryggt" if observation.unsafe else "",
        "händer ofta" if observation.recurring else "",
        str(observation.organisation),
        str(observation.reporter) if names_reporter else "",
        observation.get_source_display() if observation.source != Observation.Source.OWN else "",
        "polisanmält" if observation.police_report == Observation.PoliceReport.YES else "",
        "redan åtgärdat" if observation.handled else "",
    ]
    return [fact for fact in facts if fact]


def dotted(facts: list[str]) -> str:
    """The facts in a row with dots between; a dot never begins a line."""
    return "\N{NO-BREAK SPACE}· ".join(facts)


def observation_state(observation: Observation) -> StateSentence:
    """What became of an observation; its issue is named when the reader may see it (`with_issue_for`)."""
    match observation.state:
        case Observation.State.NEW:
            who = "Bara en samordnare som är namngiven kan göra det."
            rest = who if observation.restricted else "Samordnaren gör det före nästa möte."
            return StateSentence("new", "Väntar på att sorteras.", rest)
        case Observation.State.NOTED:
            rest = "Den räknas bland gruppens observationer, men har inget ärende."
            return StateSentence("closed", "Noterad för lägesbilden.", rest)
        case Observation.State.REJECTED:
            return StateSentence("declined", "Avvisad:", observation.rejection, "Avvisad")
        case Observation.State.WITHDRAWN:
            return StateSentence("withdrawn", "Tillbakatagen av den som rapporterade.")
    return _attached(observation)


def why_it_stands(observation: Observation) -> str:
    """Why its reporter can no longer take it back, and what she can do instead."""
    return observation.refusal(f"Därför kan du inte ändra den eller ta tillbaka den själv. {ASK_TO_MASK}")


def withdrawn_words(tombstone: Tombstone, reader: Member) -> str:
    """Who took an observation back, and when: Du tog tillbaka observationen 27 november 2026."""
    day = day_and_month(timezone.localdate(tombstone.at), today=date.min)
    return f"{'Du' if tombstone.by == reader else tombstone.by} tog tillbaka observationen {day}."


def observation_state_short(observation: Observation) -> StateSentence:
    """What became of an observation, in short, for a list."""
    sentence = observation_state(observation)
    tells = observation.state == Observation.State.REJECTED or _has_known_ending(observation)
    return sentence if tells else replace(sentence, rest="")


def list_headline(
    *, any_at_all: bool, waiting: int, own: bool, whole: bool, reads: bool = True, any_own: bool = False
) -> str:
    """The headline of a list: how many wait to be sorted, whatever part of them is chosen.

    `own`: the list is of what she has reported; `whole`: she reads all that the group has seen, not only what belongs
    to her issues and, where there are `any_own`, her reports; `reads`: she reads what others have reported. Who reads
    no others' reads her own, from the time when she had a seat.
    """
    own = own or (any_at_all and not reads)
    if not (own or reads):
        return "Observationerna läses av gruppen"
    if not (own or whole):
        hers = ", och det du har rapporterat" if any_own else ""
        return f"Observationer i era ärenden{hers}" if any_at_all else "Inga observationer i era ärenden"
    if waiting and own:
        return f"{capital(number_word(waiting))} av dina observationer väntar på att sorteras"
    if waiting:
        return f"{capital(in_words(waiting, 'observation', 'observationer'))} väntar på att sorteras"
    if own:
        return "Alla dina observationer är sorterade" if any_at_all else "Du har inte rapporterat något"
    return "Alla observationer är sorterade" if any_at_all else "Observationer"


CHOSEN = {
    "": ("observation", "observationer"),
    Observation.State.NEW: ("ny observation", "nya observationer"),
    Observation.State.ATTACHED: ("observation i ärenden", "observationer i ärenden"),
    Observation.State.NOTED: ("noterad observation", "noterade observationer"),
    Observation.State.REJECTED: ("avvisad observation", "avvisade observationer"),
}


def chosen_headline(
    counted: str, *, state: str, own: bool, organisation: str = "", words: str = "", issue: str = ""
) -> str:
    """The headline of a chosen part of the list: Tre avvisade observationer från Polisen med ”glas”.

    `counted` says how many there are, in figures as far as they are counted; empty for none.
    """
    one, many = CHOSEN[state or ""]
    if not counted:
        subject = f"Inga {many}"
    elif counted.isdecimal() and int(counted) <= 12:
        subject = capital(in_words(int(counted), one, many))
    else:
        subject = f"{capital(counted)} {many}"
    parts = [
        "som du har rapporterat" if own else "",
        f"från {organisation}" if organisation else "",
        f"med ”{words}”" if words else "",
        f"i ärende {issue}" if issue else "",
    ]
    return " ".join(filter(None, [subject, *parts]))


def queue_headline(queue: Queue) -> tuple[str, str]:
    """The headline of the queue, and the line under it."""
    if not queue.waiting:
        return "Allt är sorterat", "Nya observationer hamnar här när någon rapporterar."
    raised = f"{capital(number_word(queue.raised))} bör tas upp på mötet och ligger först." if queue.raised else ""
    return f"{capital(in_words(queue.waiting, 'observation', 'observationer'))} att sortera", raised


SORTED = {
    Observation.State.NEW: ("ligger", "bland dem som ska sorteras igen.", "bland dem som ska sorteras igen."),
    Observation.State.NOTED: ("är", "noterad för lägesbilden.", "noterade för lägesbilden."),
    Observation.State.REJECTED: (
        "är",
        "avvisad. Den som rapporterade läser skälet.",
        "avvisade. De som rapporterade läser skälet.",
    ),
}
"""What is told of one and of several that have been sorted."""


def created_words(issue: Issue, sorted_now: Sequence[Observation], left: Sequence[Observation] = ()) -> str:
    """The message when an issue has been opened from observations; with those that another had sorted before."""
    number = len(sorted_now)
    whence = "observationen" if number == 1 and not left else in_words(number, "observation", "observationer")
    link = format_html('<a href="{}">Ärende {}, {}</a>', issue.get_absolute_url(), issue.number, issue)
    restricted = " Det har begränsad spridning." if issue.restricted else ""
    return _with_left(format_html("{} är skapat av {}.{}", link, whence, restricted), left)


def triaged_words(sorted_now: Sequence[Observation], left: Sequence[Observation] = ()) -> str:
    """The message when observations have been sorted; with each that another had sorted before, and who."""
    first, number = sorted_now[0], len(sorted_now)
    subject = "Observationen" if number == 1 and not left else capital(in_words(number, "observation", "observationer"))
    if issue := first.issue:
        link = format_html('<a href="{}">ärende {}, {}</a>', issue.get_absolute_url(), issue.number, issue)
        told = format_html("{} hör nu till {}.", subject, link)
    else:
        verb, one, many = SORTED[Observation.State(first.state)]
        told = format_html("{} {} {}", subject, verb, one if number == 1 else many)
    return _with_left(told, left)


def opened_words(issue: Issue, kept: str) -> str:
    """What became of an issue when the observations that it was opened from were put back."""
    link = format_html('<a href="{}">Ärende {}</a>', issue.get_absolute_url(), issue.number)
    return format_html("{} finns kvar, för {}.", link, kept) if kept else format_html("{} är struket.", link)


def _with_left(told: str, left: Sequence[Observation]) -> str:
    """The message, with what another had sorted before, and what its reporter had taken back."""
    for words, done in (("Redan sorterat av någon annan", False), ("Tillbakataget av den som rapporterade", True)):
        if those := [_done_with(each) for each in left if each.is_withdrawn == done]:
            told = format_html("{} {}: {}.", told, words, "; ".join(those))
    return told


def _done_with(observation: Observation) -> str:
    """What another did with an observation: Belysning, Åparken (noterad för lägesbilden, Maja Exempel, i dag 10.12)."""
    done = "" if observation.is_withdrawn else str(observation.get_state_display()).lower()
    return f"{observation} ({', '.join(str(part) for part in (done, observation.state_entered()) if part)})"


def _attached(observation: Observation) -> StateSentence:
    issue = observation.issue
    if not issue or not observation.shows_issue:
        return StateSentence("passed", "Kopplad till ett ärende.", "Bara några i gruppen läser det.")
    if _has_known_ending(observation):
        verdict = f"Ärende {issue.number} är avslutat: {issue.outcome_name.lower()}."
        return StateSentence("done", verdict, issue.feedback, f"Ärende {issue.number} är avslutat")
    followed = "De som är namngivna följer" if issue.restricted else "Gruppen följer"
    return StateSentence("passed", f"Kopplad till ärende {issue.number}.", f"{followed} det tills det är löst.")


def _has_known_ending(observation: Observation) -> bool:
    """Whether its issue is closed, and the reader may know of it."""
    return bool(observation.issue and observation.shows_issue and observation.issue.is_closed)
