"""Tells the story in the group's own words: each method is something that somebody in the group does, when and how."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from issues.models import Action, Assignment, Category, Issue, Observation, Place
from members.models import Group, Member, Organisation, Seat
from temagrupp.demo_story import people, places
from temagrupp.demo_story.clock import Clock

FORMED = date(2021, 3, 30)
"""The day the real group was announced."""


class Teller:
    """What has been told so far, by the words the story uses: issues and actions by key, people by name."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.organisations: dict[str, Organisation] = {}
        self.members: dict[str, Member] = {}
        self.categories = {category.name: category for category in Category.objects.all()}
        self.issues: dict[str, Issue] = {}
        self.actions: dict[str, Action] = {}
        self.unsorted: defaultdict[str, list[Observation]] = defaultdict(list)

    @property
    def coordinator(self) -> Member:
        return self.members[people.COORDINATOR]

    def day(self, words: str) -> date:
        return self.clock.day(words)

    # The group comes together

    def group_is_formed(self) -> None:
        Group.current().change(demo=True)
        for facts in people.ORGANISATIONS:
            self._organisation_joins(facts)
        rescue = self.organisations["Räddningstjänsten"]
        self._member(people.COORDINATOR, rescue, is_coordinator=True)
        self._member(people.READER, self.organisations["Kommunledningen"], is_reader=True)
        housing = self.organisations["Witalabostäder"]
        self._member(people.HANDLER, housing, answers_for=[housing])
        self._member(people.GUEST, None)
        # Hashed once for all: a good hash takes half a second, and there are thirty of them.
        Member.objects.update(password=make_password(people.PASSWORD))

    def places_are_named(self) -> None:
        localities = {
            name: Place.objects.create(name=name, latitude=latitude, longitude=longitude)
            for name, (latitude, longitude) in places.LOCALITIES.items()
        }
        for name, locality in places.INVENTED.items():
            Place.objects.create(name=name, locality=localities[locality])

    # Observations and issues

    def sees(
        self,
        when: str,
        who: str,
        category: str,
        where: str,
        text: str,
        *,
        about: str = "",
        noted: bool = False,
        rejected: str = "",
        between: tuple[str, str] | None = None,
        **facts: Any,
    ) -> None:
        """Somebody logs an observation. The samordnare has sorted it soon after, unless nothing is said of that.

        `about`: the issue it becomes part of, or will when that issue is begun. `between`: when it was, if not now.
        """
        self.clock.move_to(when)
        if between:
            start, end = map(self.clock.moment, between)
            facts |= {"seen_from": start, "seen_to": end, "precision": Observation.Precision.BAND}
        observation = self._observation(who, category, where, text, **facts)
        if about and about not in self.issues:
            self.unsorted[about].append(observation)
        elif about or noted or rejected:
            self.clock.pass_minutes(25)
            self._sort(observation, about=about, rejected=rejected)

    def begins(self, when: str, key: str, title: str, **facts: Any) -> None:
        """The samordnare makes an issue of the observations about it, or of nothing."""
        self.clock.move_to(when)
        observations = self.unsorted.pop(key, [])
        if observations:
            first = observations[0]
            facts = {"category": first.category, "place": first.place, "where": first.where} | facts
        self.issues[key] = Issue.begin(by=self.coordinator, observations=observations, title=title, **facts)

    def closes(self, when: str, key: str, outcome: Issue.Outcome, feedback: str) -> None:
        self.clock.move_to(when)
        self.issues[key].close(by=self.coordinator, outcome=outcome, feedback=feedback)

    # Actions and their answers

    def drafts(self, when: str, key: str, issue: str, organisation: str, title: str, **facts: Any) -> Action:
        self.clock.move_to(when)
        asked = self.organisations[organisation]
        facts = {"issue": self.issues[issue], "organisation": asked, "title": title, **facts}
        self.actions[key] = Action.draft(by=self.coordinator, **facts)
        return self.actions[key]

    def proposes(self, when: str, key: str, issue: str, organisation: str, title: str, **facts: Any) -> None:
        """The samordnare asks between two meetings."""
        self.drafts(when, key, issue, organisation, title, **facts).propose(by=self.coordinator)

    def accepts(self, when: str, key: str, who: str, planned: str, **answer: Any) -> None:
        self._asked(when, key).accept(by=self.members[who], planned=self.day(planned), **answer)

    def declines(self, when: str, key: str, who: str, **answer: Any) -> None:
        self._asked(when, key).decline(by=self.members[who], **answer)

    def asks_back(self, when: str, key: str, who: str, text: str) -> None:
        self._asked(when, key).ask(by=self.members[who], text=text)

    def passes_on(self, when: str, key: str, who: str, text: str, to: str = "") -> None:
        receiver = self.organisations[to] if to else None
        self._asked(when, key).pass_on(by=self.members[who], to=receiver, text=text)

    def starts_on(self, when: str, key: str, who: str) -> None:
        self._asked(when, key)
        self.actions[key].begin(by=self.members[who])

    def finishes(self, when: str, key: str, who: str, note: str) -> None:
        self._asked(when, key)
        self.actions[key].finish(by=self.members[who], note=note)

    def takes_back(self, when: str, key: str, reason: str) -> None:
        self._asked(when, key)
        self.actions[key].cancel(by=self.coordinator, reason=reason)

    # Private

    def _organisation_joins(self, facts: people.OrganisationFacts) -> None:
        organisation = Organisation.admit(
            name=facts.name,
            short_name=facts.short_name,
            kind=facts.kind,
            area=facts.area,
            mailbox=people.address(facts.short_name),
            active_from=FORMED,
        )
        self.organisations[facts.short_name] = organisation
        for name, role in ((facts.ordinary, Seat.Role.ORDINARY), (facts.deputy, Seat.Role.DEPUTY)):
            if name:
                member = self._member(name, organisation)
                Seat.appoint(organisation=organisation, member=member, role=role, since=FORMED)

    def _member(self, name: str, organisation: Organisation | None, **marks: Any) -> Member:
        email, title = people.address(name), people.TITLES.get(name, "")
        member: Member = Member.objects.create_user(email, name=name, title=title, organisation=organisation, **marks)
        self.members[name] = member
        return member

    def _observation(self, who: str, category: str, where: str, text: str, **facts: Any) -> Observation:
        reporter = self.members[who]
        facts = {"category": self.categories[category], "where": where, "text": text, **facts}
        observation = Observation(organisation=reporter.organisation, **facts)
        return observation.report(by=reporter, key=uuid.uuid4())

    def _sort(self, observation: Observation, *, about: str, rejected: str) -> None:
        if about:
            observation.attach(self.issues[about], by=self.coordinator)
        elif rejected:
            observation.reject(reason=rejected, by=self.coordinator)
        else:
            observation.note(by=self.coordinator)

    def _asked(self, when: str, key: str) -> Assignment:
        """The clock at that time, and the handover that waits there."""
        self.clock.move_to(when)
        self.actions[key].refresh_from_db()
        self.actions[key].__dict__.pop("current", None)
        return self.actions[key].current
