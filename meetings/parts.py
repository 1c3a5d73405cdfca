"""Where the part of a meeting that somebody is at may begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.text import Truncator

from base.swedish.points import point_number
from meetings.agenda.numbers import places_of
from meetings.models import AgendaItem, Heading, Meeting, Presence
from meetings.models.spot import Spot, following, heading_and_place, spelled, spot
from meetings.room import RoomPosition
from meetings.where_now import where_told
from members.models import Member

Choices = list[tuple[str, str]]
MOST_ITEMS = 40
"""Where more stand under headings, those of the heading that the meeting is at are offered."""
LONGEST = 40


@dataclass(frozen=True)
class Parts:
    """What the forms of the attendance offer.

    headings    by number
    items       under headings with several; `last_under` those that are last there
    came        where somebody is noted to have come, and `left` after what: offered whatever stands there by now
    current     the spot that the meeting has come to, while it lasts
    paragraphs_from  where its § begin, if it has any
    """

    headings: Choices
    items: dict[Spot, str] = field(default_factory=dict)
    last_under: frozenset[Spot] = frozenset()
    came: frozenset[Spot] = frozenset()
    left: frozenset[Spot] = frozenset()
    current: Spot | None = None
    paragraphs_from: int | None = None

    @property
    def end(self) -> int:
        """The last heading: up to it is to the end."""
        return int(self.headings[-1][0])

    @property
    def first(self) -> Choices:
        """Where one may come: at a heading, and at any but the first of several items under it."""
        return self._with(self.came.union(where for where in self.items if heading_and_place(where)[1] > 1))

    @property
    def last(self) -> Choices:
        """After what one may leave: a heading, and any but the last of several items under it."""
        return self._with(self.left.union(where for where in self.items if where not in self.last_under))

    def having(self, noted: Sequence[Presence]) -> Parts:
        """The same with where these came and left among them, whatever stands there by now."""
        came, left = (
            frozenset(where for where in ends if where and heading_and_place(where)[1])
            for ends in ([one.first for one in noted], [one.last for one in noted])
        )
        return replace(self, came=self.came | came, left=self.left | left)

    def after(self, where: Spot) -> Parts:
        """The same with leaving after that spot and coming at the next among them, of which no title may be told."""
        if not heading_and_place(where)[1]:
            return self
        return replace(self, left=self.left | {where}, came=self.came | {following(where)})

    def number(self, where: Spot) -> str:
        return point_number(*heading_and_place(where), first=self.paragraphs_from)

    def _with(self, items: Iterable[Spot]) -> Choices:
        under: dict[int, Choices] = defaultdict(list)
        for where in sorted(items):
            under[int(where)].append((spelled(where), self.items.get(where) or self.number(where)))
        return [choice for number, words in self.headings for choice in ((number, words), *under[int(number)])]


def parts_at(position: RoomPosition) -> Parts:
    """The headings of the agenda that the room shows, and the spot that it is at; of what is read already."""
    shown = [heading.heading for heading in position.agenda]
    known = Parts([(str(one.number), one.numbered) for one in shown], paragraphs_from=shown[0].first_paragraph)
    if position.heading is None or position.line is None:
        return known
    number, under = position.heading.heading.number, position.heading.under
    within = position.line in under and position.line != under[-1]
    return replace(known, current=spot(number, under.index(position.line) + 1) if within else number)


def parts_of(meeting: Meeting, member: Member) -> tuple[Parts, AgendaItem | None]:
    """What a part may begin and end at, and the item that the meeting has come to.

    Items are offered of a meeting under way, under headings with several; never what is restricted.
    """
    headings = list(Heading.objects.of(meeting))
    choices = [(str(heading.number), heading.numbered) for heading in headings if not heading.is_break]
    known = Parts(choices, paragraphs_from=headings[0].first_paragraph)
    standing = AgendaItem.objects.visible_to(member).at(meeting).on_agenda().select_related("heading", "issue")
    items = list(standing)
    told = where_told(meeting)
    current = next((item for item in items if item.pk == told), None)
    current = current or next((item for item in items if not item.discussed_at), items[-1] if items else None)
    if not meeting.is_under_way or current is None:
        return known, current
    under: dict[int, dict[Spot, AgendaItem]] = defaultdict(dict)
    for item, place in places_of(items):
        if place:
            under[item.heading.number][spot(item.heading.number, place)] = item
    several = [found for found in under.values() if len(found) > 1]
    every = {where: item for found in several for where, item in found.items()}
    here = {where: item for where, item in every.items() if item.heading == current.heading}
    titles = {
        where: f"{known.number(where)} {Truncator(str(item)).chars(LONGEST)}"
        for where, item in (every if len(every) <= MOST_ITEMS else here).items()
        if not (item.issue and item.issue.restricted)
    }
    ends = frozenset(max(found) for found in several)
    at = next((where for where, item in here.items() if item == current and where not in ends), current.heading.number)
    return replace(known, items=titles, last_under=ends, current=at), current
