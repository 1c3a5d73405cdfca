"""Undo beside a message: the next page carries a button that does the opposite of what was just done."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest


@dataclass(frozen=True)
class Undo:
    """The opposite of a step: where it is posted, and with which fields."""

    url: str
    fields: dict[str, str] = field(default_factory=dict)

    def with_fields(self, **fields: object) -> Undo:
        """The same, posted with these fields too."""
        return replace(self, fields=self.fields | {name: str(value) for name, value in fields.items()})


def flash(request: HttpRequest, words: str, undo: Undo | None) -> None:
    """Say what was done, with "Ångra" beside it where there is a way back.

    The opposite is an ordinary verb: it asks again who may do it, and whether it still can be done.
    """
    messages.success(request, words, extra_tags=json.dumps(asdict(undo)) if undo else "")


def flash_undoable(request: HttpRequest, words: str, url: str, **fields: object) -> None:
    """Say what a button that is no form did, with "Ångra" beside it."""
    flash(request, words, Undo(url).with_fields(**fields))


def undo_of(message: Message) -> Undo | None:
    """The undo that a message carries; None for most."""
    if not (message.extra_tags or "").startswith("{"):
        return None
    return Undo(**json.loads(message.extra_tags))
