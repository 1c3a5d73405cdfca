"""The lines of a timeline: what is alike and comes in a row is told as one that unfolds.

So is a word that was taken back, with that it was: those who may read the issue may have read it while it stood, so its
words are kept, folded (docs/adr/0016). Every event stays a row of its own; the lines are made when the page is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from base.swedish.clock import day_of
from base.swedish.words import capital, in_words
from issues.models import Answer, Event, Issue
from issues.models.event_sentences import closed_words, observation_words
from members.actor import Channel
from members.models import Member

ALIKE = {
    Event.Kind.OBSERVED: ("observation kopplad", "observationer kopplade"),
    Event.Kind.DETACHED: ("observation bortkopplad", "observationer bortkopplade"),
    Event.Kind.TAKEN_BACK: ("observation tillbakatagen", "observationer tillbakatagna"),
}
"""The kinds that come many at once, one and many of each."""
LATEST = 6
"""Lines that stand open on the first page; the others unfold."""
ANSWERED = {
    Answer.Kind.ACCEPTED: "svarade ja på ”{}”",
    Answer.Kind.DONE: "svarade redan gjort på ”{}”",
    Answer.Kind.DECLINED: "svarade nej på ”{}”",
    Answer.Kind.QUESTION: "begärde komplettering om ”{}”",
    Answer.Kind.PASSED_ON: "skickade ”{}” vidare",
}
"""What an organisation did that took its answer back."""


@dataclass(frozen=True)
class TimelineLine:
    """An event, or several of one kind by one person on one day."""

    events: list[Event]

    @property
    def latest(self) -> Event:
        return self.events[0]

    @property
    def is_folded(self) -> bool:
        return len(self.events) > 1

    @property
    def words(self) -> str:
        """How many there are of them: Nio observationer kopplade."""
        one, many = ALIKE[Event.Kind(self.latest.kind)]
        return f"{capital(in_words(len(self.events), one, many))}."

    @property
    def unfolded(self) -> list[str]:
        """The sentence of each."""
        return [str(event) for event in self.events]


@dataclass(frozen=True)
class AskedOfSeveralLine(TimelineLine):
    """Several organisations asked the same in one act: an event for each of them, and one sentence.

    They are called what they are called now, as in the other lines, where the events of all of them are read.
    """

    @property
    def is_folded(self) -> bool:
        return False

    @property
    def words(self) -> str:
        names = [str(each.assignment.organisation) for each in reversed(self.events) if each.assignment]
        if len(names) == len(self.latest.facts["asked"]):
            self.latest.facts = {**self.latest.facts, "asked": names}
        return str(self.latest)


@dataclass(frozen=True)
class TakenBackLine(TimelineLine):
    """What was said of one action and taken back, once or several times in a row; `said` are the events of it."""

    said: list[Event]

    @property
    def is_folded(self) -> bool:
        return True

    @property
    def words(self) -> str:
        """Tekniska förvaltningen svarade ja på ”Laga lampan” och tog tillbaka det. · … via länk, och samordnaren …"""
        who, action = self.latest.organisation, self.latest.action
        if lifted := self.latest.escalation:
            what = "Beslutet från" if self.latest.ruling_id else "Eskaleringen till"
            return f"{what} {lifted.to} om ”{action}” togs tillbaka."
        if self.events[1:]:
            taker = "Samordnaren" if self._is_by_samordnare else who
            return f"{taker} tog tillbaka {in_words(len(self.events), 'besked', 'besked')} om ”{action}”."
        why = self.latest.answer.withdrawn_why if self.latest.answer else ""
        by = f"{self.said[0].get_channel_display()}, och samordnaren" if self._is_by_samordnare else "och"
        return f"{who} {_did(self.latest).format(action)} {by} tog tillbaka det. {why}".rstrip()

    @property
    def unfolded(self) -> list[str]:
        """The sentence of each as it was said; that it is done keeps its words where it is taken back."""
        return [
            str(event if event.answer or event.progress or event.escalation else back) for event, back in self._pairs
        ]

    @property
    def _is_by_samordnare(self) -> bool:
        """Whether the samordnare took back what came by link, and not the organisation itself."""
        return self.latest.capacity == Member.Role.COORDINATOR and self.said[0].channel == Channel.LINK

    @property
    def _pairs(self) -> Iterable[tuple[Event, Event]]:
        return zip(self.said, self.events, strict=True)


def timeline(events: Sequence[Event]) -> list[TimelineLine]:
    """The lines of the events, which keep their order."""
    said = {word: event for event in events if event.kind != Event.Kind.WITHDRAWN and (word := _word_of(event))}
    taken_back = {event.pk: said[word] for event in events if (word := _taken_back_by(event)) in said}
    hidden = {event.pk for event in taken_back.values()}
    shown = [event for event in events if event.pk not in hidden]
    return [
        _line(list(alike), taken_back) for _, alike in groupby(shown, lambda event: _what_is_alike(event, taken_back))
    ]


def line_words(line: TimelineLine, issue: Issue) -> str:
    """The sentence of a line that does not unfold, on its issue's page."""
    return event_words(line.latest, issue) if len(line.events) == 1 else line.words


def event_words(event: Event, issue: Issue) -> str:
    """The sentence of an event on its issue's page, without what the page says already.

    That is the feedback of the closing, and the category and place that an observation shares with the issue.
    """
    if event.closure_id and event.closure_id == issue.closure_id:
        return closed_words(event.closure, with_feedback=False)
    if event.kind in ALIKE and event.observation_id:
        return observation_words(event, on_page_of=issue)
    return str(event)


# Private

Word = tuple[str, int]
"""A thing that was said, by the field and the key of the row, or of the event, that keeps it."""


def _word_of(event: Event) -> Word | None:
    """What the event says, if it can be taken back."""
    if event.answer_id or event.progress_id:
        return ("answer", event.answer_id) if event.answer_id else ("progress", event.progress_id or 0)
    if event.escalation_id:
        return ("ruling", event.ruling_id) if event.ruling_id else ("escalation", event.escalation_id)
    return ("done", event.pk) if event.kind == Event.Kind.DONE else None


def _taken_back_by(event: Event) -> Word | None:
    """What the event takes back."""
    if event.kind != Event.Kind.WITHDRAWN:
        return None
    return ("done", event.facts["done"]) if "done" in event.facts else _word_of(event)


def _line(events: list[Event], taken_back: dict[int, Event]) -> TimelineLine:
    if events[1:] and "asked" in events[0].facts:
        return AskedOfSeveralLine(events)
    said = [taken_back[event.pk] for event in events if event.pk in taken_back]
    return TakenBackLine(events, said) if said else TimelineLine(events)


def _what_is_alike(event: Event, taken_back: dict[int, Event]) -> Hashable:
    if "asked" in event.facts:
        return (event.kind, event.at, event.facts.get("decision"), str(event.action))
    if event.kind not in ALIKE and event.pk not in taken_back:
        return id(event)
    day = day_of(event.at)
    return (
        event.kind,
        event.action_id,
        event.escalation_id,
        event.ruling_id,
        day,
        event.by_id,
        event.organisation_id,
        event.capacity,
        event.channel,
    )


def _did(back: Event) -> str:
    """What the organisation had said that it took back, with a gap for the action."""
    if back.answer:
        return ANSWERED[Answer.Kind(back.answer.kind)]
    return "berättade hur långt ”{}” har kommit" if back.progress else "rapporterade ”{}” klar"
