"""Every address that there is to try: each route of the register with everything it could be about.

Which kind of thing a route's parts name, its row in the access table tells, where every route must stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model
from django.urls import reverse

from meetings.agenda.building import agenda
from meetings.models import AgendaItem, Meeting
from tests.access import TABLE
from tests.access.world import World, make_world
from tests.restricted.telling import Register
from tests.the import the


class Kind(NamedTuple):
    """What a part of an address says of which model: `number` of an issue."""

    model: type[Model]
    attribute: str


Parts = tuple[tuple[str, Kind | str], ...]
"""Of each part of an address its kind, or the word that stands there."""


@cache
def kinds() -> dict[tuple[str, Parts], set[str]]:
    """Each route and what its parts are, and by which methods the access table asks for it."""
    with transaction.atomic():
        world = make_world()
        known: dict[tuple[str, Parts], set[str]] = {}
        for row in TABLE:
            parts = tuple((part, _kind(world, path)) for part, path in row.parts.items())
            known.setdefault((row.route, parts), set()).add(row.method)
        transaction.set_rollback(True)
    return known


def _kind(world: World, path: str) -> Kind | str:
    first, *attributes, last = path.split(".") if "." in path else ("", path)
    thing = world.things.get(first) or world.people.get(first)
    for attribute in attributes:
        thing = getattr(thing, attribute)
    return Kind(type(thing), last) if isinstance(thing, Model) else path


def restricted_addresses(register: Register, method: str) -> list[str]:
    """Those that answer to the method, and that there would not be without what is restricted."""
    unrestricted = {*addresses(register, method, unless=register.hides)}
    return [address for address in addresses(register, method) if address not in unrestricted]


def addresses(
    register: Register,
    method: str = "GET",
    unless: Callable[[Model], bool] = lambda row: False,
    combined: Callable[..., Iterable[tuple[Any, ...]]] = product,
) -> list[str]:
    """Those of the register that answer to the method, of what is restricted as well.

    unless    of which row none
    combined  how the words of several parts are put together: each with each, unless said
    """
    found: dict[str, None] = {}
    for route, parts in (each for each, methods in kinds().items() if method in methods):
        names = [kind for _, kind in parts]
        lines = names == [Kind(Meeting, "pk"), Kind(AgendaItem, "key")]
        for chosen in _lines(register, unless) if lines else combined(*(_words(kind, unless) for kind in names)):
            found[reverse(route, kwargs=dict(zip((part for part, _ in parts), chosen, strict=True)))] = None
    return [*found]


def with_some(*columns: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Each word of each column with some of the others: a third of all, where the columns are long."""
    step = min(3, *map(len, columns)) if len(columns) > 1 else 1
    for places in product(*(range(len(column)) for column in columns)):
        if step and sum(places) % step == 0:
            yield tuple(column[place] for column, place in zip(columns, places, strict=True))


def _words(kind: Kind | str, unless: Callable[[Model], bool]) -> list[Any]:
    if isinstance(kind, str):
        return [kind]
    rows = kind.model._default_manager.order_by("pk")
    if kind.model is AgendaItem:
        rows = rows.exclude(kind=AgendaItem.Kind.HEADING)
    return list(dict.fromkeys(getattr(row, kind.attribute) for row in rows if not unless(row)))


def _lines(register: Register, unless: Callable[[Model], bool]) -> list[tuple[Any, ...]]:
    """Each meeting with the keys of the lines that one who is named sees on its agenda, live ones too."""
    named = the(register.people["named"])
    return [
        (meeting.pk, line.key)
        for meeting in Meeting.objects.order_by("pk")
        for heading in agenda(meeting, named)
        for line in heading.lines
        if line.key and not any(each and unless(each) for each in (line.item, line.issue, line.action))
    ]
