"""What is kept for a while outside the texts: a table that is read in, a form that waits, where a sent form led to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from base.imports.models import Import
from base.swedish.passages import masked
from base.ui.models import SentForm
from members.sign_in_forms import UNSENT

MESSAGES = SessionStorage.session_key
KEY = "key"
"""The field by which a form is known if it comes twice: no words."""


def tables_with(expression: str) -> list[Import]:
    """The tables that are read in for an import and say the passage, in a cell or over the cells of a row."""
    read = Import.objects.select_related("member").order_by("pk")
    return [table for table in read if any(re.search(expression, text) for text in _said_in(table))]


def table_as_place(table: Import) -> dict[str, Any]:
    """The table as the database's function is told of it, which removes it whole."""
    return {"t": table._meta.db_table, "c": "content", "k": str(table.pk)}


def _said_in(table: Import) -> Iterator[str]:
    yield from _texts(table.content)
    yield from map(" ".join, table.all_rows)


def forget(expression: str) -> None:
    """Mask the passage in what a session keeps of words, and forget what an address of a sent form asks for."""
    for sent in SentForm.objects.filter(url__contains="?"):
        if re.search(expression, unquote_plus(sent.url)):
            SentForm.objects.filter(pk=sent.pk).update(url=sent.url.partition("?")[0])
    for session in Session.objects.all():
        kept = session.get_decoded()
        stays = _masked(expression, kept)
        if stays != kept:
            Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(stays))


def _masked(expression: str, kept: dict[str, Any]) -> dict[str, Any]:
    """What a session keeps, without the passage: a form that waits, and messages not yet told. All else stays."""
    stays = dict(kept)
    if UNSENT in kept:
        stays[UNSENT] = _masked_form(expression, kept[UNSENT])
    if _is_told(expression, kept.get(MESSAGES, "[]")):
        del stays[MESSAGES]
    return stays


def _masked_form(expression: str, unsent: dict[str, Any]) -> dict[str, Any]:
    fields = [[name, value if name == KEY else masked(expression, value)] for name, value in unsent["fields"]]
    page = {"page": _masked_address(expression, unsent["page"])}
    words = {"text": masked(expression, unsent["text"])} if "text" in unsent else {}
    return unsent | page | words | {"fields": fields}


def _masked_address(expression: str, address: str) -> str:
    return address.partition("?")[0] if re.search(expression, unquote_plus(address)) else address


def _is_told(expression: str, messages: str) -> bool:
    """Whether a message says the passage: they are kept as JSON, in which an å is written by its number."""
    return any(re.search(expression, text) for text in _texts(json.loads(messages)))


def _texts(part: Any) -> Iterator[str]:
    match part:
        case str():
            yield part
        case list():
            for each in part:
                yield from _texts(each)
        case dict():
            yield from _texts([*part.values()])
