"""What the room shows of an item: its position in the agenda, and the background of what it is about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from issues.models import Action, Issue, Observation, most_in_need, with_action_details
from issues.texts.action import action_about
from issues.way_back import AnsweredThere, WayBack
from meetings.agenda.lines import AgendaHeading, AgendaLine, points_discussed
from meetings.coming import ComingMeetings
from meetings.followed_up import meetings_told_of
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.minutes import with_called
from meetings.models.spot import Spot, spot
from meetings.round import Round
from members.actor import Channel
from members.models import Member

POINT = "punkt"
"""The word in an address before the number of the item that one comes back to."""


def way_to(item: AgendaItem, answered: AnsweredThere | None = None) -> WayBack:
    """The way back to an item in the room; what is answered from there is answered on the meeting while it lasts."""
    channel = Channel.MEETING if item.meeting.is_under_way else ""
    return WayBack(POINT, item.pk, item.get_absolute_url(), "Tillbaka till mötet", channel, answered=answered)


def way_to_item(
    member: Member, pk: int, answered: Callable[[AgendaItem, Member], AnsweredThere] | None = None
) -> WayBack | None:
    """The way back to the item with that number, for one who may see it."""
    item = AgendaItem.objects.visible_to(member).select_related("meeting").filter(pk=pk).first()
    return way_to(item, answered and answered(item, member)) if item else None


@dataclass
class RoomPosition:
    """One item's place in the agenda as the member sees it. A removed item has none."""

    agenda: list[AgendaHeading]
    item: AgendaItem

    @cached_property
    def headings(self) -> list[AgendaHeading]:
        """The headings with at least one line that the member may see."""
        return [heading for heading in self.agenda if heading.lines]

    @cached_property
    def lines(self) -> list[AgendaLine]:
        return [line for heading in self.headings for line in heading.lines]

    @cached_property
    def step(self) -> int:
        """The item's number among `total`, counted from one; nought when it is not on the agenda."""
        return next((n for n, line in enumerate(self.lines, start=1) if line.item == self.item), 0)

    @cached_property
    def total(self) -> int:
        return len(self.lines)

    @cached_property
    def spoken(self) -> int:
        return points_discussed(self.headings)

    @cached_property
    def line(self) -> AgendaLine | None:
        return self.lines[self.step - 1] if self.step else None

    @property
    def where(self) -> Spot:
        """The spot of the item, by which it is told whose part of the meeting it belongs to."""
        number, under = self.item.heading.number, self.heading.under if self.heading else []
        return spot(number, under.index(self.line) + 1) if self.line and self.line in under else number

    @property
    def previous(self) -> AgendaLine | None:
        return self.lines[self.step - 2] if self.step > 1 else None

    @property
    def following(self) -> AgendaLine | None:
        return self.lines[self.step] if 0 < self.step < self.total else None

    @cached_property
    def heading(self) -> AgendaHeading | None:
        """The heading the item stands under."""
        return next((heading for heading in self.headings if self.line in heading.lines), None)

    @cached_property
    def beside(self) -> list[AgendaLine]:
        """The other lines under the heading that have neither been spoken of nor deferred."""
        lines = self.heading.under if self.heading else []
        return [line for line in lines if line != self.line and not (line.is_discussed or line.is_deferred)]


LATEST = 5


@dataclass
class Background:
    """What is shown beside an item; a guest who presents it sees no more of its issue than she otherwise does."""

    issue: Issue | None = None
    action: Action | None = None
    actions: list[Action] = field(default_factory=list)
    other_actions: list[Action] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    round: Round | None = None
    previous: list[Meeting] = field(default_factory=list)
    coming: ComingMeetings | None = None


def background(item: AgendaItem, member: Member) -> Background:
    known = Background()
    if item.issue_id:
        known.issue = with_action_details(Issue.with_struck.visible_to(member).filter(pk=item.issue_id), member).first()
    if known.issue and item.action_id:
        known.action = Action.objects.visible_to(member).filter(pk=item.action_id).with_current().first()
    elif known.issue:
        observations = Observation.objects.visible_to(member).of(known.issue)
        known.observations = list(observations.with_related().latest_first()[:LATEST])
    if known.issue and not known.action:
        actions, known.other_actions = most_in_need(known.issue)
        known.actions = told_once(actions)
    if member.is_in_group:
        _add_shown_by_rule(known, item)
    return known


def told_once(actions: Iterable[Action]) -> list[Action]:
    """The actions; of drafts that differ in nothing but for whom they are the first, `told_for` them all."""
    today = timezone.localdate()
    alike: dict[Hashable, list[Action]] = {}
    for action in actions:
        shown = (action.title, action_about(action, today)) if action.is_draft else action.pk
        alike.setdefault(shown, []).append(action)
    for first, *others in alike.values():
        first.told_for = tuple(one.current.organisation for one in (first, *others)) if others else ()
    return [first for first, *_ in alike.values()]


def beside(position: RoomPosition, member: Member) -> list[tuple[AgendaLine, Action | None]]:
    """The lines left under the heading, each with its action, shown as it stands now; none once the meeting is over."""
    left = position.beside if position.item.meeting.is_under_way else []
    numbers = [line.action.pk for line in left if line.action]
    known = Action.objects.visible_to(member).with_current().in_bulk(numbers)
    return [(line, known.get(line.action.pk) if line.action else None) for line in left]


def _add_shown_by_rule(known: Background, item: AgendaItem) -> None:
    """Set what the rule of the heading shows: the meetings before, the round or the next meeting."""
    match item.heading.rule:
        case Heading.Rule.PREVIOUS:
            known.previous = list(reversed(with_called(meetings_told_of(item.meeting))))
        case Heading.Rule.ROUND:
            known.round = Round.with_latest(item.meeting)
        case Heading.Rule.NEXT_MEETING:
            known.coming = ComingMeetings.after(item.meeting)
