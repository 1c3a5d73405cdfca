"""What stands in texts that points out a person: the guard, with what this register knows besides.

Each app says where its names are: those that the group has chosen for all to see. Never the words of an issue or an
observation, for who does not see it would learn of it, and of a stranger who stands there nobody would be warned again.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from base.swedish.guard import Found, Kind, KnownNames, find

NAMES: list[tuple[type[Model], str]] = []
"""Where names stand that the register knows: a table and its column; the apps add theirs when they are ready."""


def known_names() -> list[str]:
    """All names of the register, in one statement."""
    rows = [model._default_manager.order_by().values_list(column, flat=True) for model, column in NAMES]
    return list(rows[0].union(*rows[1:])) if rows else []


def find_personal_data(texts: Sequence[str]) -> list[list[Found]]:
    """What is found in each of the texts, less the names that the register knows: read once, where there is a name."""
    found = [find(text) for text in texts]
    if not any(one.kind is Kind.NAME for each in found for one in each):
        return found
    known = KnownNames(known_names())
    return [known.without(text, each) for text, each in zip(texts, found, strict=True)]
