"""What is kept for a while outside the texts: a form that waits in a session, where a sent form led to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from base.ui.models import SentForm


def forget(expression: str) -> None:
    """Forget what a session keeps with the passage in it, and what an address of a sent form asks for."""
    for sent in SentForm.objects.filter(url__contains="?"):
        if re.search(expression, unquote_plus(sent.url)):
            SentForm.objects.filter(pk=sent.pk).update(url=sent.url.partition("?")[0])
    for session in Session.objects.all():
        kept = session.get_decoded()
        stays = {name: value for name, value in kept.items() if not any(_found(expression, value))}
        if stays != kept:
            Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(stays))


def _found(expression: str, value: Any) -> Iterator[bool]:
    """Yields whether the expression is found in each text of a value."""
    match value:
        case str():
            yield bool(re.search(expression, value))
        case dict():
            for part in value.values():
                yield from _found(expression, part)
        case list():
            for part in value:
                yield from _found(expression, part)
