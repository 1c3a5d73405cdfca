from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower

from base.records import FreeLine, Versioned, page_of
from meetings.models.numbering import Numbering


class AgendaTemplateQuerySet(models.QuerySet["AgendaTemplate"]):
    def default(self) -> AgendaTemplate:
        """The one that a meeting has when nobody has chosen another."""
        return self.get(is_default=True)

    def in_use(self) -> AgendaTemplateQuerySet:
        """Those that a meeting may be planned by, the default one first."""
        return self.filter(removed=False).order_by("-is_default", Lower("name"))

    def with_size(self) -> AgendaTemplateQuerySet:
        """All of them, those in use first, each with how many headings it has."""
        standing = Count("headings", filter=Q(headings__removed=False) & ~Q(headings__kind="break"))
        return self.annotate(size=standing).order_by("removed", "-is_default", Lower("name"))


@pghistory.track()
class AgendaTemplate(Versioned):
    """En dagordningsmall: the headings of the meetings that are planned by it, until each has headings of its own."""

    name = FreeLine("namn", max_length=100)
    is_default = models.BooleanField(default=False, editable=False)  # of a meeting for which no other is chosen
    removed = models.BooleanField(default=False, editable=False)  # planned meetings keep it
    numbering = models.CharField("numrering", max_length=20, choices=Numbering, default=Numbering.MEETING)

    objects = AgendaTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(removed=False),
                name="agenda_template_name_unique",
                violation_error_message="Det finns redan en dagordningsmall med det namnet.",
            ),
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="agenda_template_one_default"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(removed=False),
                name="agenda_template_default_is_in_use",
                violation_error_message="Den mall som gäller när ingen annan är vald används. Välj en annan först.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("meetings:template_change", self.pk)
