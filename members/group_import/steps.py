"""What a row of the group's sheet does: each step is a verb that a page of its own has too."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from base.records.conflicts import Acting
from base.swedish.words import day_and_month, days_whole
from members.models import Member, Organisation, Seat
from members.texts import lasting


@dataclass
class GroupWorld:
    """The organisations and members that the steps are about, those that they have made too: by name, by address."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)


@dataclass(frozen=True)
class AdmitOrganisation:
    counts_as = "organisations_new"

    key: str
    facts: dict[str, Any]

    @property
    def words(self) -> str:
        kind, mailbox = Organisation.Kind(self.facts["kind"]).label.lower(), self.facts["mailbox"]
        return f"Ny organisation: {self.facts['name']} ({kind}{f', {mailbox}' if mailbox else ''})."

    def carry_out(self, world: GroupWorld, *, by: Acting) -> None:
        world.organisations[self.key] = Organisation.admit(by=by, **self.facts)


@dataclass(frozen=True)
class ChangeOrganisation:
    counts_as = "organisations_changed"

    key: str
    facts: dict[str, Any]
    said: str

    @property
    def words(self) -> str:
        return self.said

    def carry_out(self, world: GroupWorld, *, by: Acting) -> None:
        world.organisations[self.key].change(by=by, **self.facts)


@dataclass(frozen=True)
class EnterMember:
    counts_as = "members_new"

    email: str
    works_at: str
    facts: dict[str, Any]
    said: str
    heading: str

    @property
    def words(self) -> str:
        name = "" if self.facts["name"] in self.heading else self.facts["name"]
        reads = "läsare" if self.facts.get("is_reader") else ""
        about = [name, self.facts["title"], self.email, self.facts["phone"], reads, self.said]
        return f"Ny medlem: {', '.join(filter(None, about))}."

    def carry_out(self, world: GroupWorld, *, by: Acting) -> None:
        home = world.organisations[self.works_at] if self.works_at else None
        world.members[self.email] = Member.objects.create_user(self.email, by=by, organisation=home, **self.facts)


@dataclass(frozen=True)
class ChangeMember:
    counts_as = "members_changed"

    email: str
    works_at: str
    facts: dict[str, Any]
    said: str

    @property
    def words(self) -> str:
        return self.said

    def carry_out(self, world: GroupWorld, *, by: Acting) -> None:
        facts = dict(self.facts)
        if self.works_at:
            facts["organisation"] = world.organisations[self.works_at]
        world.members[self.email].change(by=by, **facts)


@dataclass(frozen=True)
class MarkHandler:
    counts_as = "handlers_new"

    email: str
    organisation: str
    called: str

    @property
    def words(self) -> str:
        return f"Ny handläggare för {self.called}."

    def carry_out(self, world: GroupWorld, *, by: Acting) -> None:
        member = world.members[self.email]
        member.answer_for([*member.handles(), world.organisations[self.organisation]], by=by)


@dataclass(frozen=True)
class Appoint:
    counts_as = "seats_new"

    organisation: str
    email: str
    role: str
    since: date
    until: date | None = None
    leaves: tuple[str, ...] = ()
    replaces: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        place = Seat.Role(self.role).label.lower()
        day = day_and_month(self.since, today=timezone.localdate())
        last_day = self.until and self.until - timedelta(days=1)
        given = days_whole(f"Ny plats: {place} {lasting(day, last_day)}.")
        return " ".join([given, *self.leaves])

    def carry_out(self, world: GroupWorld, *, by: Acting) -> None:
        organisation, member = world.organisations[self.organisation], world.members[self.email]
        Seat.appoint(
            organisation=organisation,
            member=member,
            role=self.role,
            since=self.since,
            by=by,
            replaces=self.replaces,
        )
