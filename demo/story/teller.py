"""The one who tells the story: what has been told so far, by the words that the data uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol, TypedDict

from django.contrib.auth.hashers import make_password

from demo.story import people
from demo.story.calendar import Calendar
from demo.story.clock import Clock
from demo.story.data import Data
from issues.models import Category, Issue
from meetings.models import AgendaItem
from members.actor import Actor
from members.models import Member, Organisation

FORMED = date(2021, 3, 30)
"""The day the real group was announced."""


class Topic(Protocol):
    """An issue as it comes up at meetings: what is said of it, one time after the other, and what is decided."""

    notes: Iterator[str]

    def is_decided(self, item: AgendaItem, week: str, teller: Teller) -> None: ...


class _Acts(TypedDict):
    by: Actor
    at: datetime


class Teller:
    """Knows the organisations by short name, the members by name and the issues by key, and keeps the clock."""

    def __init__(self, data: Data, calendar: Calendar, clock: Clock) -> None:
        self.data, self.calendar, self.clock = data, calendar, clock
        self.formed = FORMED
        self.organisations: dict[str, Organisation] = {}
        self.members: dict[str, Member] = {}
        self.categories = {category.name: category for category in Category.objects.all()}
        self.issues: dict[str, Issue] = {}
        self.topics: dict[int, Topic] = {}
        # Hashed once for all: a good hash takes half a second, and there are thirty of them.
        self._password = make_password(people.PASSWORD)

    @property
    def coordinator(self) -> Member:
        return self.members[people.COORDINATOR]

    @property
    def appointing(self) -> Actor | None:
        """Who gives people their places: the samordnare, or nobody before she has hers."""
        return Actor.of(self.coordinator) if people.COORDINATOR in self.members else None

    @property
    def now(self) -> datetime:
        """What the clock of the story shows."""
        return self.clock.now

    def acts(self, member: Member | None = None) -> _Acts:
        """Who does it now, for a verb: the samordnare unless another is named."""
        return {"by": Actor.of(member or self.coordinator), "at": self.now}

    def admit(self, name: str, organisation: Organisation | None, marks: dict[str, bool]) -> Member:
        by = self.appointing
        facts = {"title": self.data.people[name].title, "organisation": organisation, **marks}
        member = Member(email=people.address(name), name=name, password=self._password, **facts)
        member.updated_by = by.member if by else None
        member.save_checked()
        self.members[name] = member
        return member

    def open_issue(self, key: str) -> Issue | None:
        """The issue of that key, when it has been begun and is open."""
        issue = Issue.with_struck.get(pk=self.issues[key].pk) if key in self.issues else None
        return issue if issue and issue.is_open else None

    def issue_opened(self, key: str, issue: Issue, topic: Topic) -> None:
        self.issues[key], self.topics[issue.pk] = issue, topic
