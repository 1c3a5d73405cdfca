"""Where a message waits between the form that was sent and the page that tells of it, and where that page tells it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.utils.functional import cached_property


class NoticeCookie(CookieStorage):
    """Django's cookie under a name that only we can set, as the session's and the form's are."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class NoticeStorage(FallbackStorage):
    """In a cookie, and in the session what has no room there.

    A message belongs to a place of the page: the id that the address it was sent with led to, after its #. It is
    told first in that place when the page has it (`{% told_here %}`), else above the page.
    """

    storage_classes = (NoticeCookie, SessionStorage)

    @cached_property
    def in_place(self) -> list[Message]:
        """The messages that the page has told in their places so far."""
        return []

    def told_at(self, place: str) -> list[Message]:
        """The messages that belong to the place; from now on they are told."""
        found = [message for message in self if place and carried(message).get("place") == place]
        self.in_place.extend(found)
        return found

    @property
    def places(self) -> set[str]:
        """The places that messages belong to."""
        return {place for message in self if (place := carried(message).get("place"))}

    def rest(self) -> list[Message]:
        """The messages that no place has told. Two with the same words are equal, so each is asked for by itself."""
        return [message for message in self if not any(message is told for told in self.in_place)]


def carrying(**facts: object) -> str:
    """The tags of a message that carries these facts; empty for none of them."""
    known = {name: fact for name, fact in facts.items() if fact}
    return json.dumps(known) if known else ""


def carried(message: Message) -> dict[str, Any]:
    """The facts that a message carries."""
    tags = message.extra_tags or ""
    return json.loads(tags) if tags.startswith("{") else {}
