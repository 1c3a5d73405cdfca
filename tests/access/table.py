"""Rows of the access table: an address, a method, and the status that each role meets.

A row names the route, how its parts are filled from the world's things, and the statuses in the order of `ROLES`.
Post rows send an empty form: 200 or 302 is "may, but the form is empty", 403 "may not", 404 "may not know".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.access.world import ROLES, World


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    parts: dict[str, str]
    statuses: dict[str, int]

    def __str__(self) -> str:
        parts = " ".join(self.parts.values())
        return f"{self.method} {self.route} {parts}".strip()

    def address(self, world: World) -> str:
        return reverse(self.route, kwargs={part: value(world, path) for part, path in self.parts.items()})


def row(route: str, method: str = "GET", *, to: str, **parts: str) -> Row:
    """A row. `parts`: `pk="action.pk"`, `number="issue.number"`; `to`: the statuses in the order of ROLES."""
    statuses = [int(status) for status in to.split()]
    assert len(statuses) == len(ROLES), f"{route}: {len(statuses)} statuses for {len(ROLES)} roles"
    return Row(route, method, parts, dict(zip(ROLES, statuses, strict=True)))


def value(world: World, path: str) -> Any:
    """`issue.number` of the world's things, `ordinary.pk` of its people; a word without a dot is itself."""
    if "." not in path:
        return path
    first, *attributes = path.split(".")
    thing = world.things.get(first) or world.people.get(first)
    for attribute in attributes:
        thing = getattr(thing, attribute)
    return thing
