"""What the wall shows of a meeting under way: where it is and what has been decided, as far as the room may read."""

from __future__ import annotations

from dataclasses import dataclass, field

from base.records import not_restricted
from meetings.agenda.building import Extent, agenda
from meetings.models import AgendaItem, Decision, Heading, Meeting, RoundNote, TableAnswer
from meetings.room import RoomPosition
from meetings.room_clock import RoomClock
from meetings.round import Round
from meetings.table_answers import written_at
from meetings.where_now import item_now
from members.models import Member

LATEST = 3


@dataclass
class Wall:
    """A meeting as it is shown to the room, where guests read along too: no reporter, nothing restricted, no note that
    those who write have not chosen to show."""

    meeting: Meeting
    position: RoomPosition
    clock: RoomClock | None = None
    here: list[Decision] = field(default_factory=list)  # what was decided at the item
    decisions: list[Decision] = field(default_factory=list)  # the latest of the others, first the last
    earlier: int = 0
    answers: list[TableAnswer] = field(default_factory=list)  # at the table, to what is decided at the item
    round: Round | None = None
    said: list[RoundNote] = field(default_factory=list)  # in the round, a note for each organisation

    @classmethod
    def of(cls, meeting: Meeting, member: Member) -> Wall | None:
        """What is shown now; None where nothing stands on the agenda."""
        item = shown_item(meeting, member)
        if item is None:
            return None
        extent = Extent.DECISIONS if item.heading.rule == Heading.Rule.PREVIOUS else Extent.ANSWERS
        position = RoomPosition(agenda(meeting, member, extent=extent), item)
        decided = Decision.objects.visible_to(member).at(meeting)
        open_to_all = decided.filter(not_restricted("issue"), not_restricted("item__issue"))
        latest = list(open_to_all.select_related("item").order_by("-created_at", "-pk"))
        here = [decision for decision in latest if decision.item_id == item.pk]
        others = [decision for decision in latest if decision.item_id != item.pk]
        clock = RoomClock.at(meeting, position.lines, position.step)
        shown = cls(meeting, position, clock, here, others[:LATEST], len(others[LATEST:]))
        if here:
            answers = written_at(meeting)
            shown.answers = [one for one in answers if one.proposed.decision in here and not one.why_void]
        if RoundNote.is_asked_at(item):
            shown.round, shown.said = Round.of(meeting), list(RoundNote.objects.visible_to(member).at(meeting))
        return shown

    @property
    def item(self) -> AgendaItem:
        return self.position.item

    @property
    def is_hidden(self) -> bool:
        """Whether the room may not read what the item is about."""
        return bool(self.item.issue and self.item.issue.restricted)

    @property
    def has_note(self) -> bool:
        """Whether anything is noted that those who write may choose to show."""
        return not self.is_hidden and bool(self.item.note or self.said)


def shown_item(meeting: Meeting, member: Member) -> AgendaItem | None:
    """The item that those who write are at; where that is not known the first that is not discussed."""
    items = AgendaItem.objects.at(meeting).visible_to(member).select_related("meeting", "heading", "issue", "action")
    return item_now(meeting, items)
