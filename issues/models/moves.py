"""State changes: each model has one table of allowed moves, and these say no in the group's words."""

from collections.abc import Mapping, Set
from typing import Any

from django.core.exceptions import ValidationError


class MoveNotAllowed(ValidationError):
    """The thing is no longer in a state where this can be done."""


class AlreadyDone(MoveNotAllowed):
    """Somebody else was first; the sentence says who and when."""


def ensure_move(moves: Mapping[Any, Set[Any]], old: str, new: str, sentence: str) -> None:
    """Raises MoveNotAllowed with the sentence unless the table has the move."""
    if new not in moves.get(old, frozenset()):
        raise MoveNotAllowed(sentence)
