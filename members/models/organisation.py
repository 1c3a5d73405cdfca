from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from base.records import FreeLine, FreeText, MailAddress, Versioned
from base.records.conflicts import Acting
from base.swedish.order import swedish_order

SITS_HERE = "Organisationen har platser i gruppen. Avsluta dem först, så kan den stå utanför."


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def active(self, on: date | None = None) -> OrganisationQuerySet:
        """Those that can be asked on that day (default today), in the group or outside it."""
        day = on or timezone.localdate()
        return self.filter(active_from__lte=day).exclude(active_to__lt=day)

    def of_group(self, on: date | None = None) -> OrganisationQuerySet:
        """Those that form the group on that day (default today): called to its meetings, and counted."""
        return self.active(on).filter(in_group=True)

    def ended(self) -> OrganisationQuerySet:
        return self.filter(active_to__lt=timezone.localdate())

    def in_order(self) -> OrganisationQuerySet:
        """By kind as the group lists itself, then in Swedish alphabetical order."""
        return self.order_by(*self.order_at(), "pk")

    @staticmethod
    def order_at(path: str = "") -> list[Combinable]:
        """The same order, of rows whose organisation stands at the path."""
        kinds = [
            models.When(models.Q((f"{path}kind", kind)), then=place)
            for place, kind in enumerate(Organisation.Kind.values)
        ]
        return [models.Case(*kinds, output_field=models.IntegerField()), swedish_order(f"{path}name")]


@pghistory.track()
class Organisation(Versioned):
    """A förvaltning, a bolag, the police or the rescue service: one of those who form the group.

    One outside it, as Trafikverket or the owner of a grid, can be asked and answers; it has no places and is at no
    meeting. Never deleted, only ended, for the register's history speaks of it.
    """

    class Kind(models.TextChoices):
        LEADERSHIP = "leadership", "Kommunledning"
        DEPARTMENT = "department", "Förvaltning"
        COMPANY = "company", "Bolag"
        POLICE = "police", "Polis"
        RESCUE = "rescue", "Räddningstjänst"
        OTHER = "other", "Annan"

    name = FreeLine("namn", max_length=120)
    short_name = FreeLine("kortnamn", max_length=40, blank=True)
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    area = FreeText("ansvarsområde", max_length=1000, blank=True)
    mailbox = MailAddress("brevlåda", blank=True)
    in_group = models.BooleanField("med i gruppen", default=True)
    active_from = models.DateField("med från", default=timezone.localdate)
    active_to = models.DateField("med till och med", null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="organisation_name_unique",
                violation_error_message="Det finns redan en organisation med det namnet.",
            ),
            models.CheckConstraint(
                condition=models.Q(active_to__isnull=True) | models.Q(active_to__gte=models.F("active_from")),
                name="organisation_ends_after_it_begins",
                violation_error_message="Slutdagen ligger före startdagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:organisation_detail", args=[self.pk])

    AT_NEW_ADDRESS: ClassVar[list[Callable[[Organisation], None]]] = []
    """What the apps above do when its mail goes to another address: whoever has the old one is not asked any longer."""

    # Questions

    @property
    def called(self) -> str:
        """The short name, for narrow places, else the name."""
        return self.short_name or self.name

    @property
    def left_on(self) -> date | None:
        """The first day it is no longer in the group; None until further notice."""
        return self.active_to and self.active_to + timedelta(days=1)

    @property
    def has_ended(self) -> bool:
        return bool(self.active_to and self.active_to < timezone.localdate())

    @property
    def mail_address(self) -> str:
        return str(self.mailbox)

    @property
    def takes_mail(self) -> bool:
        """Whether it is sent what it is owed."""
        return bool(self.mailbox) and not self.has_ended

    def is_active(self, on: date) -> bool:
        """Whether it can be asked on that day; of many, `active` asks the same."""
        return self.active_from <= on and not (self.active_to and self.active_to < on)

    def is_of_group(self, on: date) -> bool:
        """Whether it takes part in the group on that day; of many, `of_group` asks the same."""
        return self.in_group and self.is_active(on)

    # Verbs

    @classmethod
    def admit(cls, *, by: Acting | None, **facts: Any) -> Organisation:
        """Take a new organisation into the group. Raises ValidationError.

        `by` is None where the group is formed before anybody can sign in.
        """
        organisation = cls(**facts, updated_by=by.member if by else None)
        organisation.save_checked()
        return organisation

    @transaction.atomic
    def change(self, *, by: Acting, version: str = "", **facts: Any) -> None:
        """Set new facts. A last day ends its seats with it; what was mailed to an old address opens nothing more.

        Raises EditConflict, and ValidationError, as when one that has places is set outside the group.
        """
        self.lock(version, texts=facts)
        before = self.mailbox
        self.set(facts, by=by)
        if not self.in_group and self.seats.not_over().exists():
            raise ValidationError({"in_group": SITS_HERE})
        self.save_checked(facts)
        if self.mailbox != before:
            for tell in self.AT_NEW_ADDRESS:
                tell(self)
        if self.active_to:
            for seat in self.seats.reaching_past(self.active_to):
                seat.end_with_organisation(by=by)
