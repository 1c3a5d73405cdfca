"""What makes two sendings the same: the form's key and everything that was typed or chosen in it.

The same form sent again on a bad line is one sending. Going back to a form that has been saved and writing something
else in it is another, and nothing of it may be lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from django.core.files import File
from django.http import QueryDict

UNTYPED = {"csrfmiddlewaretoken", "writer"}
"""What the page adds of itself: the same text is the same sending under another token."""


def form_key(value: Any) -> UUID | None:
    """The key a form was shown with, or None when it is missing or broken."""
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None


def sending(data: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> UUID | None:
    """The sending's own number, the same each time the same content comes from the same form."""
    key = form_key(data.get("key"))
    if key is None:
        return None
    fields = data.lists() if isinstance(data, QueryDict) else data.items()
    typed = sorted((name, value) for name, value in fields if name not in UNTYPED)
    chosen = [(name, _digest(file)) for name, file in sorted((files or {}).items())]
    return uuid5(key, json.dumps(typed + chosen, default=str))


def _digest(file: File[Any]) -> str:
    """Another picture under the same name is another file."""
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return content.hexdigest()
