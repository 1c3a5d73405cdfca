"""The part of a meeting that somebody is at follows when its items are ordered anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import DataError, IntegrityError, transaction

from base.swedish.words import listed
from meetings.agenda.numbers import places_of
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import PresenceQuerySet
from meetings.models.spot import Spot, heading_and_place, range_of, spot

CLOSED = "Dagordningen kan inte ändras."
Given = ParamSpec("Given")
Done = TypeVar("Done")
Order = dict[int, list[AgendaItem]]
"""The items under each heading, by its number."""


@dataclass
class Followed:
    """Whose parts could not follow, by name: for whoever ordered to look over."""

    look_over: list[str] = field(default_factory=list)


class Cut(NamedTuple):
    """Where those who take over from one another come or leave within a heading: between two of its items."""

    of: tuple[str, int | str]
    where: Spot


@contextmanager
def parts_follow(meeting: Meeting) -> Iterator[Followed]:
    """Let who left after an item, or came at one, do so still where what is done gives that item another number.

    The numbers stand where that can not be said, and whoever orders is to look over them.
    The meeting is to be locked before: what somebody notes meanwhile is hers.
    """
    followed = Followed()
    noted = list(_noted(meeting)) if meeting.is_under_way else []
    cuts = {Cut(_who(one), end) for one in noted for end in _ends(one) if end and end % 1}
    if not cuts:
        yield followed
        return
    before = _order(meeting)
    yield followed
    after = _order(meeting)
    moved = {cut: _moved(cut, noted, before, after) for cut in cuts}
    lost = {cut for cut, at in moved.items() if at is None or _is_lost(cut, at, noted, before, after)}
    hindered = {_who(one) for one in noted if lost.intersection(Cut(_who(one), end) for end in _ends(one))}
    changed = defaultdict(list)
    for one in noted:
        ends = [end and (moved.get(Cut(_who(one), end)) or end) for end in _ends(one)]
        if ends != [*_ends(one)]:
            one.items = range_of(*ends)
            changed[_who(one)].append(one)
    for who, theirs in changed.items():
        try:
            with transaction.atomic():
                Presence.objects.bulk_update(theirs, ["items"])
        except (IntegrityError, DataError):  # somebody would leave before she came, or two speak at once
            hindered.add(who)
    followed.look_over += dict.fromkeys(one.person for one in noted if _who(one) in hindered)


def names_with_parts_at(item: AgendaItem) -> list[str]:
    """Those whose part of the meeting begins or ends at the heading of the item, or within it.

    What is put back does not tell whether it was after it that she left: the part was taken to the heading with it.
    """
    number = item.heading.number
    at_it = [one for one in _noted(item.meeting) if any(end and int(end) == number for end in _ends(one))]
    return [*dict.fromkeys(one.person for one in at_it)]


def look_over_words(names: Sequence[str]) -> str:
    """After a sentence: Se efter i närvaron när Omar Prov och Gun Prototyp kom eller lämnade. Empty of nobody."""
    return f" Se efter i närvaron när {listed([*names])} kom eller lämnade." if names else ""


def _noted(meeting: Meeting) -> PresenceQuerySet:
    return Presence.objects.filter(meeting=meeting).select_related("member").order_by("items", "pk")


def _ends(presence: Presence) -> tuple[Any, Any]:
    return presence.items.lower, presence.items.upper


def _who(presence: Presence) -> tuple[str, int | str]:
    """Those who take over from one another: of one office, of one organisation; a guest alone."""
    if presence.is_of_an_office:
        return "office", presence.capacity
    return ("organisation", presence.organisation_id) if presence.organisation_id else ("guest", presence.pk)


def _order(meeting: Meeting) -> Order:
    under: Order = defaultdict(list)
    for item, place in places_of(AgendaItem.objects.at(meeting).on_agenda().select_related("heading")):
        if place:
            under[item.heading.number].append(item)
    return under


def _sides(cut: Cut, before: Order, after: Order) -> tuple[list[AgendaItem], list[AgendaItem]]:
    """What stood before the cut and stands under the heading still, and what stood after it."""
    heading, place = heading_and_place(cut.where)
    earlier, later = before[heading][: place - 1], before[heading][place - 1 :]
    return [item for item in earlier if item in after[heading]], [item for item in later if item in after[heading]]


def _moved(cut: Cut, noted: Iterable[Presence], before: Order, after: Order) -> Spot | None:
    """Where the cut is now: right after what those who leave heard last, else right before what those who come came at.

    What holds it is that, and what has been discussed: what stood before the cut is to stand before it, and what stood
    after it after. None where the items have changed places, so that no cut does both.
    """
    heading, place = heading_and_place(cut.where)
    earlier, later = _sides(cut, before, after)
    now = after[heading]
    is_after = _leaves(cut, noted) or not later
    heard = [item for item in earlier if item.is_discussed] + (earlier[-1:] if is_after else [])
    to_come = [item for item in later if item.is_discussed] + (later[:1] if _comes(cut, noted) else [])
    nearest = max((now.index(item) + 1 for item in heard), default=0)
    furthest = min((now.index(item) for item in to_come), default=len(now))
    if nearest > furthest:
        return None
    at = nearest if is_after else furthest
    return spot(heading, at + 1) if at or place == 1 else heading


def _is_lost(cut: Cut, at: Spot, noted: Iterable[Presence], before: Order, after: Order) -> bool:
    """Whether those who come there came at an item that is gone, with nothing after it, or one now stands before it."""
    heading, place = heading_and_place(cut.where)
    _, later = _sides(cut, before, after)
    heard_no_more = after[heading][: max(heading_and_place(at)[1] - 1, 0)]
    is_gone = place <= len(before[heading]) and not later
    return _comes(cut, noted) and (is_gone or any(item in heard_no_more for item in later))


def _leaves(cut: Cut, noted: Iterable[Presence]) -> bool:
    return any(one.items.upper == cut.where for one in noted if _who(one) == cut.of)


def _comes(cut: Cut, noted: Iterable[Presence]) -> bool:
    return any(one.items.lower == cut.where for one in noted if _who(one) == cut.of)


def keeps_parts(verb: Callable[Given, Done]) -> Callable[Given, Done]:
    """A verb that may give the items of the meeting that it is told first other numbers: parts follow.

    It locks the meeting. Raises Conflict when that has closed.
    """

    @wraps(verb)
    def followed(*args: Given.args, **kwargs: Given.kwargs) -> Done:
        meeting: Any = args[0]
        meeting.lock_open(CLOSED)
        with parts_follow(meeting):
            return verb(*args, **kwargs)

    return followed
