from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pghistory
from django.db import models
from django.db.models.functions import Lower

from base.records import FreeLine, Timestamped
from base.swedish.order import swedish_order
from base.swedish.text import normalize_line


class PlaceQuerySet(models.QuerySet["Place"]):
    def in_order(self) -> PlaceQuerySet:
        return self.order_by(swedish_order("name"), "pk")

    def names(self) -> models.QuerySet[Place, str]:
        """Their names in order, to suggest while somebody writes."""
        return self.in_order().values_list("name", flat=True)

    def within(self, place: Place) -> PlaceQuerySet:
        """The place and those in it."""
        return self.filter(models.Q(pk=place.pk) | models.Q(locality=place))

    def named(self, words: str) -> Place | None:
        """The place that the words name, whatever their capitals and blanks, or None."""
        return self.named_all([words]).get(words)

    def named_all(self, lines: Iterable[str]) -> dict[str, Place]:
        """The place of each line that names one, by line; in one query."""
        named = {words: normalize_line(words).lower() for words in lines}
        rows = self.alias(lowered=Lower("name")).filter(lowered__in=set(named.values()))
        known = {place.name.lower(): place for place in rows}
        return {words: known[name] for words, name in named.items() if name in known}


@pghistory.track()
class Place(Timestamped):
    """A place the group knows by name: a locality, or a place within one. Position in WGS84 degrees."""

    append_only = True  # whoever owns the tables changes them

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

    @classmethod
    def recognised_in(cls, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts with the place that their `where` names, or None; unchanged where they name the place."""
        if "where" not in facts or "place" in facts:
            return dict(facts)
        return {**facts, "place": cls.objects.named(facts["where"])}
