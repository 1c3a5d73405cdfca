"""A register that is told chapter by chapter: all of them, or as if those of what is restricted had never been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from issues.models import Counter
from members.actor import Actor
from tests.restricted.numbering import Numbering

HANDLER = ClientHandler(enforce_csrf_checks=False)
"""One for all browsers: each would put the middleware together anew."""


@dataclass
class Register:
    """The people by role, the things by the words that the chapters call them by, and the moment that it is."""

    now: datetime
    people: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    hidden: list[tuple[dict[str, int], dict[str, int]]] = field(default_factory=list)
    """How far the keys of each table had come before and after each chapter of what is restricted."""

    def hides(self, row: Model) -> bool:
        """Whether the row came with what is restricted."""
        table = f"public.{row._meta.db_table}_id_seq"
        return any(before.get(table, 0) < (row.pk or 0) <= after.get(table, 0) for before, after in self.hidden)

    def by(self, role: str) -> Actor:
        return Actor.of(self.people[role])

    def at(self, days: float) -> datetime:
        """The moment so many days ago."""
        return self.now - timedelta(days=days)

    def day(self, days: int) -> date:
        """The day that comes in so many days."""
        return timezone.localdate(self.now) + timedelta(days=days)

    def acts(self, role: str, days: float) -> dict[str, Any]:
        """Who does something, and so many days ago."""
        return {"by": self.by(role), "at": self.at(days)}

    def client(self, role: str) -> Client:
        """A browser of hers, signed in where the role is."""
        client = Client()
        client.handler = HANDLER
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


Deed = Callable[[Register], None]
Facts = dict[str, Any]


@dataclass(frozen=True)
class Chapter:
    tell: Deed
    is_restricted: bool


def known_to_all(deed: Deed) -> Chapter:
    """A chapter that everybody may know of."""
    return Chapter(deed, is_restricted=False)


def restricted(deed: Deed) -> Chapter:
    """A chapter of what only those named may know."""
    return Chapter(deed, is_restricted=True)


@dataclass(frozen=True)
class Story:
    """Chapters in their order."""

    chapters: list[Chapter]

    def whole(self, now: datetime, numbers: Numbering) -> tuple[Register, list[Burnt]]:
        """The register with everything, and how far its numbers had come after each chapter."""
        register, burnt, reached = Register(now), [], numbers.reached()
        for number, chapter in enumerate(self.chapters):
            with standing_at(self._written(number, now)):
                chapter.tell(register)
            before, reached = reached, numbers.reached()
            burnt.append(Burnt(reached, given()))
            if chapter.is_restricted:
                register.hidden.append((before, reached))
        return register, burnt

    def without(self, now: datetime, numbers: Numbering, burnt: list[Burnt]) -> Register:
        """The register where what is restricted never was. Its numbers are used up all the same."""
        register = Register(now)
        for number, (chapter, used_up) in enumerate(zip(self.chapters, burnt, strict=True)):
            if not chapter.is_restricted:
                with standing_at(self._written(number, now)):
                    chapter.tell(register)
            numbers.go_on_after(used_up.keys)
            give(used_up.numbers)
        return register

    def _written(self, number: int, now: datetime) -> datetime:
        """The moment at which a chapter is written down: each at its own, so that a row tells which saved it last."""
        return now - timedelta(seconds=len(self.chapters) - number)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """The clock stands still."""
    with patch.object(timezone, "now", lambda: moment):
        yield


@dataclass(frozen=True)
class Burnt:
    """The last key of each table and the last number of each series."""

    keys: dict[str, int]
    numbers: dict[tuple[str, int], int]


def given() -> dict[tuple[str, int], int]:
    return {(series, year): last for series, year, last in Counter.objects.values_list("series", "year", "last")}


def give(numbers: dict[tuple[str, int], int]) -> None:
    for (series, year), last in numbers.items():
        Counter.objects.filter(series=series, year=year, last__lt=last).update(last=last)
