from __future__ import annotations

import pghistory
from django.db import models

from base.records import FreeLine, Timestamped


class HeadingQuerySet(models.QuerySet["Heading"]):
    def in_order(self) -> HeadingQuerySet:
        return self.order_by("number")

    def numbered(self) -> list[tuple[str, str]]:
        """To choose from, by number: "6 Nya ärenden"."""
        return [(str(heading.number), heading.numbered) for heading in self.in_order()]

    def keyed(self) -> list[tuple[str, str]]:
        """The same by key, which stays when the number does not."""
        return [(heading.key, heading.numbered) for heading in self.in_order()]


@pghistory.track()
class Heading(Timestamped):
    """En rubrik that stands on every agenda of the group; the rules name it by its key."""

    class Key(models.TextChoices):
        """Those that a rule raises something under, or that say something of their own."""

        OPENING = "opening"
        AGENDA = "agenda"
        PREVIOUS = "previous"
        ACTION_LOG = "action_log"
        ROUND = "round"
        NEW_ISSUES = "new_issues"
        ONGOING_ISSUES = "ongoing_issues"
        CONSULTATIONS = "consultations"
        OCCASIONS = "occasions"
        FOLLOW_UP = "follow_up"
        FEEDBACK = "feedback"
        OTHER = "other"
        NEXT_MEETING = "next_meeting"

    key = models.SlugField("nyckel", max_length=30, primary_key=True)
    number = models.PositiveSmallIntegerField("nummer")
    label = FreeLine("rubrik", max_length=100)
    text = FreeLine("stående text", max_length=300, blank=True)

    objects = HeadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="heading_number_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="heading_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def numbered(self) -> str:
        """6 Nya ärenden"""
        return f"{self.number} {self.label}"
