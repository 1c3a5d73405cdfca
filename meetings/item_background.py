"""The background shown beside an item in the room: the state of its issue or action, and what was observed."""

from __future__ import annotations

from dataclasses import dataclass, field

from issues.models import Action, Issue, Observation, with_actions
from meetings.agenda.building import AgendaLine
from meetings.models import AgendaItem, Heading, Meeting
from meetings.room import RoomPosition
from meetings.round import Round
from members.models import Member

LATEST = 5


@dataclass
class Background:
    """What is shown beside an item; a guest who presents it sees no more of its issue than she otherwise does."""

    issue: Issue | None = None
    action: Action | None = None
    observations: list[Observation] = field(default_factory=list)
    round: Round | None = None
    previous: Meeting | None = None
    following: Meeting | None = None


def background(item: AgendaItem, member: Member) -> Background:
    known = Background()
    if item.issue_id:
        known.issue = with_actions(Issue.objects.visible_to(member).filter(pk=item.issue_id), member).first()
    if known.issue and item.action_id:
        known.action = Action.objects.visible_to(member).filter(pk=item.action_id).with_assignments().first()
    elif known.issue:
        observations = Observation.objects.visible_to(member).of(known.issue)
        known.observations = list(observations.with_related().latest_first()[:LATEST])
    if member.is_in_group:
        _standing(known, item)
    return known


def beside(position: RoomPosition, member: Member) -> list[tuple[AgendaLine, Action | None]]:
    """The lines left under the heading, each with its action and assignments, whose state is shown as it is now."""
    numbers = [line.action.pk for line in position.beside if line.action]
    known = Action.objects.visible_to(member).with_assignments().in_bulk(numbers)
    return [(line, known.get(line.action.pk) if line.action else None) for line in position.beside]


def _standing(known: Background, item: AgendaItem) -> None:
    """Set what the rule of the heading shows: the previous meeting, the round or the next meeting."""
    match item.heading.rule:
        case Heading.Rule.PREVIOUS:
            known.previous = item.meeting.previous()
        case Heading.Rule.ROUND:
            known.round = Round.with_latest(item.meeting)
        case Heading.Rule.NEXT_MEETING:
            known.following = item.meeting.following()
