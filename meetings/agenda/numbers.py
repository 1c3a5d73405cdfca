"""The numbers of the items of an agenda: the heading itself is 6, what stands under it 6.1, 6.2; or § of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby

from base.swedish.points import point_number
from meetings.models import AgendaItem, Meeting
from meetings.models.spot import Spot, spot


def numbers_of(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, str]:
    """The number of each item by its id. The items are on_agenda(), in its order, with their headings."""
    first = meeting.first_paragraph
    return {item.pk: point_number(item.heading.number, place, first=first) for item, place in places_of(items)}


def number_of(item: AgendaItem) -> str:
    """The number of an item that stands on the agenda."""
    items = AgendaItem.objects.at(item.meeting).on_agenda().select_related("heading")
    return numbers_of(item.meeting, items)[item.pk]


def spots_of(meeting: Meeting) -> dict[int, Spot]:
    """Where each item that stands on the agenda is, by its id."""
    items = AgendaItem.objects.at(meeting).on_agenda().select_related("heading")
    return {item.pk: spot(item.heading.number, place) for item, place in places_of(items)}


def places_of(items: Iterable[AgendaItem]) -> Iterator[tuple[AgendaItem, int]]:
    """Yield each item with its place under its heading, which itself has 0. The items are as for numbers_of()."""
    for _, together in groupby(items, key=lambda item: item.heading):
        under = list(together)
        yield from zip(under, count(0 if under[0].is_heading else 1), strict=False)
