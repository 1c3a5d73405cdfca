from __future__ import annotations

from collections.abc import Callable

import pgtrigger
from django.db import models, transaction
from django.db.models import Q

from base.records import MailAddress, StoredRow
from base.records.address import LONGEST_ADDRESS
from base.records.guards import Guard, changed, guarded_by

IN_USE: list[Callable[[], Q]] = []
"""Conditions of the apps: who is still to be told of something, though she has had no mail yet."""


class OutsideContactQuerySet(models.QuerySet["OutsideContact"]):
    def at(self, address: str) -> OutsideContact:
        """The one whose address it is; a new one where nobody has it. It is locked, so that nobody forgets it."""
        contact, _ = self.select_for_update(no_key=True).get_or_create(address=address)
        return contact

    @transaction.atomic
    def forget_unused(self) -> int:
        """Erase the addresses of those who are to be told nothing more, and of whom no mail is known any longer."""
        unused = list(self._unused().select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        return self._unused().filter(pk__in=unused).update(address="")  # asked again of those who were waited for

    def _unused(self) -> OutsideContactQuerySet:
        in_use = Q(notices__isnull=False)
        for condition in IN_USE:
            in_use |= condition()
        return self.exclude(address="").exclude(pk__in=OutsideContact.objects.filter(in_use).values("pk"))


@guarded_by(
    Guard(
        name="contact_keeps_its_address",
        sentence="Adressen är den som mejlen gick till. Inget är ändrat.",
        condition=changed("address") & ~pgtrigger.Q(new__address=""),
    )
)
class OutsideContact(StoredRow):
    """Somebody without an account who is called to something: her address, and nothing else, until it is erased.

    What she is called stands where she is named. One address is one contact, whoever reads it.
    """

    address = MailAddress("e-postadress", max_length=LONGEST_ADDRESS, blank=True)

    objects = OutsideContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address"], condition=~Q(address=""), name="contact_of_an_address_once")
        ]

    def __str__(self) -> str:
        return self.address or "en borttagen adress"

    @property
    def mail_address(self) -> str:
        return self.address

    @property
    def takes_mail(self) -> bool:
        return bool(self.address)
