"""The one who tells the story: what has been told so far, by the words that the data uses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from issues.models import Category, Issue, Place
from members.models import Group, Member, Organisation
from temagrupp.demo_story import people, places
from temagrupp.demo_story.calendar import Calendar
from temagrupp.demo_story.clock import Clock

if TYPE_CHECKING:
    from temagrupp.demo_story.data import Data
    from temagrupp.demo_story.issue_story import IssueStory

FORMED = date(2021, 3, 30)
"""The day the real group was announced."""


class Teller:
    """Knows the organisations by short name, the members by name and the issues by key, and keeps the clock."""

    def __init__(self, data: Data, calendar: Calendar, clock: Clock) -> None:
        self.data, self.calendar, self.clock = data, calendar, clock
        self.formed = FORMED
        self.organisations: dict[str, Organisation] = {}
        self.members: dict[str, Member] = {}
        self.categories = {category.name: category for category in Category.objects.all()}
        self.begun: dict[str, IssueStory] = {}
        # Hashed once for all: a good hash takes half a second, and there are thirty of them.
        self._password = make_password(people.PASSWORD)

    @property
    def coordinator(self) -> Member:
        return self.members[people.COORDINATOR]

    def group_is_formed(self) -> None:
        Group.current().change(demo=True)
        places.organisations_join(self.data, self)
        places.places_are_named(self.data)

    def admit(self, name: str, organisation: Organisation | None, marks: dict[str, bool]) -> Member:
        facts = {"title": self.data.people[name].title, "organisation": organisation, **marks}
        member = Member(email=people.address(name), name=name, password=self._password, **facts)
        member.save_checked()
        self.members[name] = member
        return member

    def place(self, words: str) -> Place | None:
        return Place.objects.named(words) if words else None

    def open_issue(self, key: str) -> Issue | None:
        """The issue of that key, when it has been begun and is not closed."""
        story = self.begun.get(key)
        issue = story and story.issue and Issue.objects.get(pk=story.issue.pk)
        return issue if issue and not issue.is_closed else None

    def story_of(self, issue_id: int | None) -> IssueStory | None:
        return next((story for story in self.begun.values() if story.issue and story.issue.pk == issue_id), None)
