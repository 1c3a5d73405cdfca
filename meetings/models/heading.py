from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from base.records import FreeLine, Timestamped
from issues.models import Issue


class HeadingQuerySet(models.QuerySet["Heading"]):
    def in_order(self) -> HeadingQuerySet:
        return self.order_by("number")

    def numbered(self) -> list[tuple[str, str]]:
        """To choose from, by number: "6 Nya ärenden"."""
        return [(str(heading.number), heading.numbered) for heading in self.in_order()]

    def keyed(self) -> list[tuple[str, str]]:
        """The same by key, which stays when the number does not."""
        return [(heading.key, heading.numbered) for heading in self.in_order()]

    def taking(self, rule: Heading.Rule | None) -> Heading:
        """The heading that the rule fills; without one, and for a topic in words, the last free heading.

        So what a rule raises is on the agenda also where the group has no heading for it. Costs no statement on rows
        that are read already.
        """
        filled = [heading for heading in self if rule and heading.rule == rule]
        free = [heading for heading in self if heading.kind == Heading.Kind.FREE]
        return (filled or free or list(self))[-1]


@pghistory.track()
class Heading(Timestamped):
    """En rubrik that stands on every agenda of the group. What it is for is said by its kind and its rule.

    Nothing in the code knows a heading by its key, number or label: those are the group's.
    """

    append_only = True  # whoever owns the tables changes them

    class Kind(models.TextChoices):
        STANDING = "standing", "Hör till varje möte"  # the opening and the end: it is never empty
        RAISED = "raised", "Fylls av en regel"
        FREE = "free", "Fylls av den som vill"

    class Rule(models.TextChoices):
        """What fills a heading. The first four show something of their own, the others raise lines."""

        ATTENDANCE = "attendance", "Närvaro"
        PREVIOUS = "previous", "Föregående möte"
        ROUND = "round", "Laget runt"
        NEXT_MEETING = "next_meeting", "Nästa möte"
        ACTION_LOG = "action_log", "Åtgärder"
        NEW_ISSUES = "new_issues", "Nya ärenden"
        ONGOING_ISSUES = "ongoing_issues", "Pågående ärenden"
        CONSULTATIONS = "consultations", "Remisser"
        OCCASIONS = "occasions", "Tillfällen"
        FEEDBACK = "feedback", "Återkoppling"

    SHOW_THEIR_OWN = (Rule.ATTENDANCE, Rule.PREVIOUS, Rule.ACTION_LOG, Rule.ROUND, Rule.NEXT_MEETING)
    """What these show is spoken of also when there are points under the heading."""

    key = models.SlugField("nyckel", max_length=30, primary_key=True)
    number = models.PositiveSmallIntegerField("nummer")
    label = FreeLine("rubrik", max_length=100)
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.FREE)
    rule = models.CharField("regel", max_length=20, choices=Rule, blank=True)
    text = FreeLine("stående text", max_length=300, blank=True)

    objects = HeadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="heading_number_unique"),
            models.UniqueConstraint(fields=["rule"], condition=~Q(rule=""), name="heading_rule_fills_one"),
            models.CheckConstraint(condition=Q(number__gte=1), name="heading_numbered_from_one"),
            models.CheckConstraint(
                condition=Q(kind="standing") | (Q(kind="raised") & ~Q(rule="")) | Q(kind="free", rule=""),
                name="heading_has_the_rule_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def number_of(self, position: int) -> str:
        """The number of a point under it: 6.1, 6.2, on every page and paper. At 0 it is the heading itself: 6."""
        return f"{self.number}.{position}" if position else str(self.number)

    def takes(self, issue: Issue | None) -> bool:
        """Whether a person may put the issue, or a topic in words, under it: only what has ended is told as ended."""
        return self.rule != self.Rule.FEEDBACK or issue is None or issue.is_closed

    @property
    def anchor(self) -> str:
        """Its place on the page of a meeting."""
        return f"punkt-{self.number}"

    @property
    def numbered(self) -> str:
        """Number and label: 6 Nya ärenden."""
        return f"{self.number} {self.label}"
