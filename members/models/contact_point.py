from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pghistory
from django.db import models, transaction
from django.urls import reverse

from base.records import FreeLine, MailAddress, Telephone, Versioned, WebAddress
from base.records.conflicts import Acting


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    def shown(self) -> ContactPointQuerySet:
        return self.filter(active=True)

    def in_order(self) -> ContactPointQuerySet:
        """In the order that the samordnare has given them."""
        return self.order_by("position", "pk")


@pghistory.track()
class ContactPoint(Versioned):
    """En kontaktväg: where what concerns persons belongs, for it does not belong here. 112 and 114 14 need no row."""

    deletable = True  # one that has ceased leads nobody anywhere; what stood there is in its history

    name = FreeLine("namn", max_length=80)
    when = FreeLine("när man vänder sig dit", max_length=200, blank=True)
    phone = Telephone("telefon", max_length=60, blank=True)
    mail = MailAddress("e-post", blank=True)
    page = WebAddress("webbsida", max_length=300, blank=True)
    active = models.BooleanField("visas", default=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phone="", mail="", page=""),
                name="contact_point_can_be_reached",
                violation_error_message="Skriv ett telefonnummer, en e-postadress eller en webbsida.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The row in the settings, where it is changed."""
        return f"{reverse('members:group_change')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The id of its row there."""
        return f"kontaktvag-{self.pk}"

    @property
    def page_name(self) -> str:
        """The house of its page, for a link: exempel.se."""
        return (urlsplit(self.page).hostname or "").removeprefix("www.")

    @classmethod
    @transaction.atomic
    def add(cls, *, by: Acting, after: int = 0, **facts: Any) -> ContactPoint:
        """Add one, after the one of that key or first. Raises ValidationError."""
        point = cls(**facts, updated_by=by.member)
        point.save_checked()
        point._stand(after)
        return point

    @transaction.atomic
    def change(self, *, by: Acting, version: str = "", after: int = 0, **facts: Any) -> None:
        """Set new facts, and let it stand after the one of that key or first. Raises EditConflict, ValidationError."""
        self.lock(version, texts=facts)
        self.set(facts, by=by)
        self.save_checked(facts)
        self._stand(after)

    @transaction.atomic
    def remove(self, *, by: Acting, version: str = "") -> None:
        """Take it away. Raises EditConflict."""
        self.lock(version)
        self.discard(by=by)

    def _stand(self, after: int) -> None:
        """Number them anew where that moves any: they are a handful."""
        others = [point for point in ContactPoint.objects.in_order().select_for_update(no_key=True) if point != self]
        place = next((turn for turn, point in enumerate(others, 1) if point.pk == after), 0)
        moved = []
        for position, point in enumerate([*others[:place], self, *others[place:]]):
            if point.position != position:
                point.position = position
                moved.append(point)
        if moved:
            ContactPoint.objects.bulk_update(moved, ["position"])
