"""The lines of an agenda and the headings they stand under: their order, their numbers, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.utils import timezone

from base.swedish.clock import wall_clock
from base.swedish.points import at_point, titled
from base.swedish.words import capital, in_words, listed, sentence
from issues.models import Action, Issue
from issues.models.event_sentences import meeting_in_passing
from meetings.agenda.answered import Answered
from meetings.agenda.appended import NumberedAppendix
from meetings.agenda.ceiling import LeftOut
from meetings.followed_up import FollowedUp
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.agenda import Subject, live_key
from meetings.people import presented_by
from members.actor import Actor

LATE = "Tillkom efter kallelsen."


def presented(item: AgendaItem | None) -> str:
    """Who raised an item, who present it and for how long, as far as it is said.

    Dnr KS 2026/12. Anmäld av Hyresgästföreningen. Föredragande Per Modell, trafikingenjör, Trafikverket, tio minuter.
    """
    if item is None:
        return ""
    raised = sentence(f"Anmäld av {item.raised_by}") if item.raised_by else ""
    named = presented_by(item)
    who = f"Föredragande {named}" if named else ""
    time = in_words(item.minutes, "minut", "minuter") if item.minutes else ""
    spoken = sentence(capital(", ".join(filter(None, (who, time)))))
    return " ".join(filter(None, (registered(item.registry_no), raised, spoken)))


def registered(registry_no: str) -> str:
    """The number of a diarium as a sentence: Dnr KS 2026/12. Empty without."""
    return sentence(f"Dnr {registry_no}") if registry_no else ""


def by_the_wall(moment: datetime | None) -> str:
    """The time of a moment: 13.15."""
    return f"{wall_clock(moment):%H.%M}" if moment else ""


def moved_from(item: AgendaItem | None) -> str:
    """From which meeting that was called off it came: Flyttad från mötet 9 december, som ställdes in."""
    off = item.moved_from if item else None
    if off is None:
        return ""
    meeting = meeting_in_passing(off.day, is_extra=off.is_extra, today=timezone.localdate())
    return f"Flyttad från {meeting}, som ställdes in."


@dataclass
class Timed:
    """What is planned for a time: from and until when, and the time as it is shown, where it is."""

    planned_at: datetime | None = field(default=None, kw_only=True)
    planned_until: datetime | None = field(default=None, kw_only=True)
    clock: str = field(default="", kw_only=True)

    @property
    def time_first(self) -> str:
        """The time before the words of a line on paper or in a mail: 13.15 ·, and a space."""
        return f"{self.clock} · " if self.clock else ""


@dataclass
class Pause(Timed):
    """A break after a heading: it takes time, and is no point."""

    heading: Heading

    def __str__(self) -> str:
        """Paus, 15 minuter."""
        minutes = self.heading.minutes
        return f"{self.heading.label}, {in_words(minutes, 'minut', 'minuter')}" if minutes else self.heading.label

    @property
    def on_paper(self) -> str:
        return f"{self.time_first}{self}"


class Steps(NamedTuple):
    """Where a line stands, and where a step up or down would take it; empty where there is none.

    A place is named by the line that one stands after, or by the key of the heading for the first under it.
    """

    here: str = ""
    up: str = ""
    down: str = ""


@dataclass
class AgendaLine(Timed):
    """One line of the agenda: a live proposal, or an item that is stored."""

    heading: Heading
    title: str
    reason: str
    issue: Issue | None = None
    action: Action | None = None
    item: AgendaItem | None = None
    since: datetime | None = None
    """When what raises it arose, or somebody put it there."""
    late: str = ""
    """That it came after the call, where it did."""
    number: str = ""
    answers: tuple[str, ...] = ()
    """What was answered at it, at this meeting."""
    answers_below: tuple[str, ...] = ()
    """The same right below its one decision that asks for something: what was asked stands there."""
    appendices: Sequence[NumberedAppendix] = ()
    """Those of its item, where a page has asked for them."""
    called: Sequence[str] = ()
    """Of those who present it and are not of the group, for who prepares the meeting."""
    is_dealt_with: bool = False
    """Whether what was answered or done at this meeting deals with it, marked or not."""
    steps: Steps = field(default_factory=Steps)

    @property
    def is_discussed(self) -> bool:
        return (bool(self.item and self.item.is_discussed) or self.is_dealt_with) and not self.is_deferred

    @property
    def is_deferred(self) -> bool:
        """Whether the meeting has decided that it comes back at the next: it is as new, or as old, then."""
        return bool(self.item and self.item.is_put_off)

    @property
    def is_heading(self) -> bool:
        """Whether the line is the heading itself, which is spoken of beside what is raised under it."""
        return bool(self.item and self.item.is_heading)

    @property
    def is_restricted(self) -> bool:
        return bool(self.issue and self.issue.restricted)

    @property
    def on_the_wall(self) -> str:
        """Its title where others of the meeting read along: of a restricted issue it says that alone."""
        return "Begränsad spridning" if self.is_restricted else self.title

    @property
    def purpose(self) -> str:
        """What it is for where it has a purpose of its own, in a word: Beslut."""
        return self.item.get_purpose_display() if self.item else ""

    @property
    def is_ending(self) -> bool:
        """Whether the line presents how an issue ended."""
        return bool(self.issue) and self.heading.rule == Heading.Rule.FEEDBACK

    @property
    def key(self) -> str:
        """The name of the line in a form: `item-7`, `action-3` or `issue-12`."""
        return self.item.key if self.item else self.live_key

    @property
    def subject(self) -> Subject:
        return self.issue.pk if self.issue else None, self.action.pk if self.action else None

    @property
    def live_key(self) -> str:
        """The name of the line as long as it is live; empty for what no rule raises."""
        return self.item.live_key if self.item else live_key(*self.subject)

    @property
    def lasting_key(self) -> str:
        """The name that the line keeps when somebody stores it."""
        return self.live_key or self.key

    def is_named(self, key: str) -> bool:
        """Whether a form means this line: by its name, or by the one it had before somebody stored it."""
        return bool(key) and key in (self.key, self.live_key)

    @property
    def version(self) -> str:
        """The version of its item, for a form to carry; of a live line that of a row that is not saved."""
        return (self.item or AgendaItem()).version

    def stored(self, meeting: Meeting, *, by: Actor, at: datetime | None = None) -> AgendaItem:
        """The item of the line; for a live one an unsaved item, with what the rules say now."""
        self.item = self.item or self._new(meeting, at or timezone.now())
        self.item.meeting = meeting
        facts = {"heading": self.heading, "title": self.title[:200], "reason": self.reason[:300]}
        self.item.set(facts, by=by)
        return self.item

    def _new(self, meeting: Meeting, at: datetime) -> AgendaItem:
        kind = AgendaItem.kind_of(self.issue, self.action)
        return AgendaItem(
            meeting=meeting, kind=kind, issue=self.issue, action=self.action, created_at=at, came_at=self.since or at
        )


@dataclass
class AgendaHeading(Timed):
    """A heading of the agenda with its lines: the heading itself first, where it is spoken of by itself.

    elsewhere  lines about what this heading's rule would raise, had it not a place under another heading
    removed    the items that were taken off it, and may be put back
    answered   under the log: what was answered or done since the last meeting, and is no point
    followed   under the previous minutes: what became of what was decided
    pause      the break that comes after it
    """

    heading: Heading
    lines: list[AgendaLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    elsewhere: list[AgendaLine] = field(default_factory=list)
    answered: Answered = field(default_factory=Answered)
    followed: FollowedUp = field(default_factory=FollowedUp)
    removed: list[AgendaItem] = field(default_factory=list)
    live: bool = False
    pause: Pause | None = None

    @property
    def title(self) -> str:
        return self.heading.label

    @property
    def key(self) -> str:
        return self.heading.key

    @property
    def number(self) -> str:
        return self.heading.number_of(0)

    @property
    def anchor(self) -> str:
        return self.heading.anchor

    @property
    def purpose(self) -> str:
        """What it is for, in a word: Beslut."""
        return self.heading.get_purpose_display()

    @property
    def on_paper(self) -> str:
        """With its time and its purpose: 13.15 · 6. Nya ärenden (beslut) · § 19 Nya ärenden (beslut)."""
        purpose = f" ({self.purpose.lower()})" if self.purpose else ""
        return f"{self.time_first}{titled(self.number, self.title)}{purpose}"

    @property
    def itself(self) -> AgendaLine | None:
        """The line that is the heading itself."""
        return self.lines[0] if self.lines and self.lines[0].is_heading else None

    @property
    def under(self) -> list[AgendaLine]:
        """The lines under the heading, without the heading itself."""
        return self.lines[1:] if self.itself else self.lines

    @property
    def speaks_for_itself(self) -> bool:
        """Whether the meeting speaks of the heading also when there are lines under it."""
        shown = self.heading.rule in Heading.SHOW_THEIR_OWN
        return shown and (self.heading.rule != Heading.Rule.ACTION_LOG or bool(self.answered))

    @property
    def size(self) -> int:
        """The number of points: its lines, and the heading itself where it is to be one when the meeting starts."""
        is_to_be = self.live and not self.itself and self.speaks_for_itself
        return len(self.lines) + is_to_be or 1

    @property
    def is_discussed(self) -> bool:
        """Whether every line under the heading is marked as discussed, and there is one."""
        return bool(self.lines) and all(line.is_discussed for line in self.lines)

    @property
    def see(self) -> str:
        """Where that stands which one would look for here: Se punkt 4.2 (Julmarknaden)."""
        return see_points([(line.number, str(line.issue)) for line in self.elsewhere], besides=bool(self.under))

    @property
    def openly(self) -> AgendaHeading:
        """The heading as it may be on the wall and on paper, whoever asks: without what is restricted.

        That stands last, so no number is missing: a gap would tell that something is left out. Only what was
        restricted after the meeting leaves one, for the minutes have the numbers.
        """
        return replace(
            self,
            lines=[line for line in self.lines if not line.is_restricted],
            elsewhere=[line for line in self.elsewhere if not line.is_restricted],
            answered=self.answered.openly,
            followed=self.followed.openly,
        )

    def put(self, line: AgendaLine, after: AgendaLine | None) -> None:
        """Put the line after another, or first under the heading; what is restricted last all the same."""
        first = len(self.lines) - len(self.under)
        self.lines.insert(self.lines.index(after) + 1 if after else first, line)
        line.heading = self.heading
        self.arrange(as_stored=False)

    def arrange(self, *, as_stored: bool) -> None:
        """Order the lines and number them: the heading itself is `6` or `§ 19`, each line under it `6.1`.

        What is restricted stands last, so that the numbers on a paper, where it is left out, are those on the screen.
        When the meeting has closed they are as stored, whatever was restricted since and whoever may see it.
        """
        if as_stored:
            places = [(line, line.item.position) for line in self.lines if line.item]
        else:
            self.lines.sort(key=lambda line: (not line.is_heading, line.is_restricted))
            places = [(line, place) for place, line in enumerate(self.lines, start=0 if self.itself else 1)]
        for line, place in places:
            line.number = self.heading.number_of(place)
        for _, alike in groupby(self.under, key=attrgetter("is_restricted")):
            self._tell_steps(list(alike))

    def _tell_steps(self, lines: list[AgendaLine]) -> None:
        """Tell each of the lines where it may step; they are all restricted, or none is."""
        places = [self.key, *(line.lasting_key for line in lines), ""]
        for step, line in enumerate(lines):
            line.steps = Steps(places[step], places[step - 1] if step else "", places[step + 2])


def mark_late(headings: Iterable[AgendaHeading], called: datetime | None) -> None:
    """Say of the lines that came onto the agenda after the call that they did; of none where there is no call."""
    for heading in headings:
        for line in heading.under:
            line.late = LATE if called and line.since and line.since > called else ""


def see_points(places: Iterable[tuple[str, str]], *, besides: bool) -> str:
    """The sentence of what stands at other points, each its number and its issue; `besides` what stands here."""
    told = listed([f"{number} ({title})" for number, title in places])
    return f"Se {'även ' if besides else ''}{at_point(told)}." if told else ""


def points(headings: Iterable[AgendaHeading]) -> int:
    """The number of points on the agenda, live or stored; a heading with nothing under it is one."""
    return sum(heading.size for heading in headings)


def points_discussed(headings: Iterable[AgendaHeading]) -> int:
    return sum(line.is_discussed for heading in headings for line in heading.lines)
