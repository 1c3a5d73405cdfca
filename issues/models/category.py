from __future__ import annotations

import pghistory
from django.db import models

from base.records import FreeLine, Timestamped


class CategoryQuerySet(models.QuerySet["Category"]):
    def active(self) -> CategoryQuerySet:
        return self.filter(active=True)

    def to_choose_from(self, chosen_id: int | None = None) -> CategoryQuerySet:
        """The active ones, and the one already chosen even if it has been retired since."""
        return self.filter(models.Q(active=True) | models.Q(pk=chosen_id)).in_order()

    def within(self, category: Category) -> CategoryQuerySet:
        """The category and those under it."""
        return self.filter(models.Q(pk=category.pk) | models.Q(parent=category))

    def containing(self, words: str) -> list[int]:
        """The keys of those whose name contains the words.

        Asked before the rows that are in them: else PostgreSQL guesses that many are, and reads all to find none.
        """
        return list(self.filter(name__icontains=words).values_list("pk", flat=True))

    def in_order(self) -> CategoryQuerySet:
        return self.order_by("position", "pk")


@pghistory.track()
class Category(Timestamped):
    """What an observation is about; a tree of two levels, where the upper one is the tile one taps."""

    append_only = True  # a migration changes them

    class Safety(models.TextChoices):
        """The kind of safety that a category is about: events are counted apart from what is perceived."""

        EVENT = "event", "händelse"
        PERCEIVED = "perceived", "upplevd otrygghet"
        DEFECT = "defect", "brist på platsen"
        UPCOMING = "upcoming", "något som väntas"

    name = FreeLine("namn", max_length=60)
    icon = models.SlugField("ikon", max_length=30, default="other")
    safety = models.CharField("slag av trygghet", max_length=20, choices=Safety, default=Safety.EVENT)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True, blank=True)
    needs_text = models.BooleanField("kräver beskrivning", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=100)
    active = models.BooleanField("kan väljas", default=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="category_name_unique")]

    def __str__(self) -> str:
        return self.name
