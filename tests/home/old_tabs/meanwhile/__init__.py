"""What may happen to a thing while a form about it lies open in a tab, each by the verbs of those who do it.

By the kind of thing, and its name there. What cannot come about, for the thing is in no state for it, is refused by a
verb: then there is nothing to ask of the form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from tests.home.growing_world import World

Happening = Callable[[World, Any], None]
CannotBe = ValidationError("")


def then(*steps: Happening) -> Happening:
    """One after the other. The thing is read anew before each."""

    def happen(world: World, thing: Any) -> None:
        for step in steps:
            thing.refresh_from_db()
            step(world, thing)

    return happen
