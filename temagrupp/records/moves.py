"""What a verb raises when its model's table of moves says no, with a sentence in the group's words."""

from django.core.exceptions import ValidationError


class MoveNotAllowed(ValidationError):
    """The thing is no longer in a state where this can be done."""


class AlreadyDone(MoveNotAllowed):
    """Somebody else was first; the sentence says who and when."""
