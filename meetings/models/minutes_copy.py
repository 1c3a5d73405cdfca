from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from base.records import EditConflict, FreeLine, Versioned
from base.swedish.order import swedish_key
from meetings.models.presenter import NamedPerson
from meetings.models.sat import LONGEST_HOME, LONGEST_NAME, LONGEST_TITLE
from members.actor import Actor
from members.models import Group, OutsideContact

CHANGED_MEANWHILE = "Någon annan har ändrat vilka som får dem, medan sidan låg öppen. Läs sidan och spara igen."
NOBODY = "nobody"
"""The version of a list with nobody in it."""


@pghistory.track()
class MinutesCopy(Versioned):
    """En som får minnesanteckningarna för kännedom, utan att ha konto. The list is the group's, for all its meetings.

    What is frozen is told of by the notices that were sent: who is taken off gets no more.
    """

    deletable = True

    contact = models.OneToOneField(OutsideContact, models.PROTECT, related_name="minutes_copy")
    name = FreeLine("namn", max_length=LONGEST_NAME)
    title = FreeLine("titel", max_length=LONGEST_TITLE, blank=True)
    home = FreeLine("varifrån", max_length=LONGEST_HOME, blank=True)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:copies")

    @classmethod
    def in_order(cls) -> list[MinutesCopy]:
        """All of them, by name."""
        return sorted(cls.objects.select_related("contact"), key=lambda one: swedish_key(one.name))

    @classmethod
    def version_of_all(cls, known: Sequence[MinutesCopy]) -> str:
        """The version of these together, for a form to carry."""
        return "|".join(f"{one.pk} {one.version}" for one in known) or NOBODY

    @classmethod
    @transaction.atomic
    def change_all(cls, people: Sequence[NamedPerson], *, by: Actor, version: str = "") -> None:
        """Let these get them, each with an address of her own, and nobody else.

        Raises EditConflict when somebody changed the list since `version`.
        """
        Group.objects.select_for_update(no_key=True).get_or_create(pk=1)  # one at a time
        known = cls.in_order()
        if version and version != cls.version_of_all(known):
            raise EditConflict(CHANGED_MEANWHILE)
        named = {person.address: person for person in people}
        for one in known:
            if one.contact.address not in named:
                one.discard(by=by)
        rows = {one.contact.address: one for one in known}
        for address, person in named.items():
            row = rows.get(address) or cls(contact=OutsideContact.objects.at(address))
            facts: dict[str, Any] = {"name": person.name, "title": person.title, "home": person.home}
            if facts != {name: getattr(row, name) for name in facts}:
                row.set(facts, by=by)
                row.save_checked()


def gets_minutes() -> Q:
    """The condition that a contact gets the minutes, and so keeps her address."""
    return Q(minutes_copy__isnull=False)
