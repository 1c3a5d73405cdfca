"""What stands in texts that points out a person: the guard, with what this register knows besides.

Each app says where its names are: those that the group has chosen for all to see. Never the words of an issue or an
observation, for who does not see it would learn of it, and of a stranger who stands there nobody would be warned again.
"""

from __future__ import annotations

import time
from functools import cache, cached_property

from django.conf import settings
from django.db.models import Model

from base.swedish.guard import Found, Kind, KnownNames, find, without_overlap
from base.swedish.guard.recogniser import SECONDS, Recogniser

NAMES: list[tuple[type[Model], str]] = []
"""Where names stand that the register knows: a table and its column; the apps add theirs when they are ready."""


def known_names(*, but: type[Model] | None = None) -> list[str]:
    """All names of the register, in one statement; `but` those of one model."""
    named = [(model, column) for model, column in NAMES if model is not but]
    rows = [model._default_manager.order_by().values_list(column, flat=True) for model, column in named]
    return list(rows[0].union(*rows[1:])) if rows else []


@cache
def recogniser() -> Recogniser | None:
    """The program that finds names besides, where a setting says which; one for this process."""
    return Recogniser(settings.GUARD_RECOGNISER) if settings.GUARD_RECOGNISER else None


class Finder:
    """Finds what points out a person in one text after another, as of one form.

    The names that the register knows are read once, and only where there is a name. All texts together wait no longer
    than one for the recogniser.
    """

    def __init__(self) -> None:
        self._seconds = SECONDS

    def find(self, text: str) -> list[Found]:
        found = find(text)
        if plugged_in := recogniser():
            begun = time.monotonic()
            found = without_overlap([*found, *plugged_in.find(text, seconds=self._seconds)])
            self._seconds -= time.monotonic() - begun
        return self._known.without(text, found) if any(one.kind is Kind.NAME for one in found) else found

    @cached_property
    def _known(self) -> KnownNames:
        return KnownNames(known_names())
