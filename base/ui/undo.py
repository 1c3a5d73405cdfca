"""Undo beside a message: the next page carries a button that does the opposite of what was just done."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from urllib.parse import urlsplit
from zlib import crc32

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from base.ui.notices import carried, carrying


@dataclass(frozen=True)
class Undo:
    """The opposite of a step: where it is posted, and with which fields."""

    url: str
    fields: dict[str, str] = field(default_factory=dict)

    def with_fields(self, **fields: object) -> Undo:
        """The same, posted with these fields too."""
        return replace(self, fields=self.fields | {name: str(value) for name, value in fields.items()})

    @property
    def form_id(self) -> str:
        """The id of its form on a page: two that stand on one page differ in what they send."""
        return f"angra-{crc32(json.dumps(asdict(self)).encode()):x}"


def flash(
    request: HttpRequest, words: str, undo: Undo | None = None, *, at: str = "", level: int = messages.SUCCESS
) -> None:
    """Say what was done, with "Ångra" beside it where there is a way back.

    `at` is the address that one goes on to: what stands after its # names the place where it is told.
    The opposite is an ordinary verb: it asks again who may do it, and whether it still can be done.
    """
    tags = carrying(undo=undo and asdict(undo), place=urlsplit(at).fragment)
    messages.add_message(request, level, words, extra_tags=tags)


def flash_undoable(request: HttpRequest, words: str, url: str, *, at: str = "", **fields: object) -> None:
    """Say what a button that is no form did, with "Ångra" beside it."""
    flash(request, words, Undo(url).with_fields(**fields), at=at)


def tells_of(request: HttpRequest, undo: Undo) -> bool:
    """Whether a message of this page has that way back beside it, so that the page need not offer it once more."""
    told = [undo_of(message) for message in messages.get_messages(request)]
    return any(beside and urlsplit(beside.url).path == undo.url for beside in told)


def undo_of(message: Message) -> Undo | None:
    """The undo that a message carries; None for most."""
    undo = carried(message).get("undo")
    return Undo(**undo) if undo else None
