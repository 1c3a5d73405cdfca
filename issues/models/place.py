from __future__ import annotations

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models.functions import Lower

from base.records import FreeLine, Timestamped
from base.swedish.order import swedish_order
from base.swedish.text import normalize_line


class PlaceQuerySet(models.QuerySet["Place"]):
    def in_order(self) -> PlaceQuerySet:
        return self.order_by(swedish_order("name"))

    def named(self, words: str) -> Place | None:
        """The place that the words name, whatever their capitals and blanks, or None."""
        return self.filter(name__iexact=normalize_line(words)).first()


@pghistory.track()
class Place(Timestamped):
    """A place the group knows by name: a locality, or a place within one. Position in WGS84 degrees."""

    name = FreeLine("namn", max_length=120)
    locality = models.ForeignKey(
        "self", models.PROTECT, related_name="places", verbose_name="ort", null=True, blank=True
    )
    latitude = models.DecimalField("latitud", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("longitud", max_digits=9, decimal_places=6, null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="place_name_unique"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__range=(Decimal(-90), Decimal(90)),
                    longitude__range=(Decimal(-180), Decimal(180)),
                ),
                name="place_has_a_whole_position_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.name
