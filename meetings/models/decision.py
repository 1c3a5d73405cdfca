from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CharField, Q
from django.db.models.functions import Cast

from base.records import FreeText, Timestamped
from base.records.guards import DatabaseCheck, guarded_by
from base.records.search import searchable_text, searchable_vector
from issues.models import Issue, Tombstone
from meetings.models import fixed
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from members.models import Member


def decision_words(facts: list[dict[str, Any]]) -> list[str]:
    """The text of each decision that the facts name, if any; of a struck one, the text in its tombstone."""
    named = [(each["decision"] if isinstance(each["decision"], int) else 0, str(each.get("number"))) for each in facts]
    standing = Decision.objects.filter(pk__in=[key for key, _ in named])
    struck = Tombstone.objects.filter(kind="decision", number__in=[number for _, number in named])
    rows = standing.values_list(Cast("pk", CharField()), "text").union(struck.values_list("number", "text"))
    words: dict[str, str] = dict(rows)
    return [words.get(str(key)) or words.get(number, "") for key, number in named]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, member: Member) -> DecisionQuerySet:
        """Decisions on visible items of meetings whose notes the member may read: a draft is for those who write it."""
        items = AgendaItem.objects.visible_to(member).values("pk")
        readable = Meeting.objects.readable_by(member).values("pk")
        return self.filter(item__in=items, item__meeting__in=readable)

    def at(self, meeting: Meeting) -> DecisionQuerySet:
        """The decisions of the meeting in the agenda's order, less those on a removed item."""
        return self.filter(item__meeting=meeting, item__removed=False).in_order()

    def of(self, item: AgendaItem) -> DecisionQuerySet:
        return self.filter(item=item).in_order()

    def in_order(self) -> DecisionQuerySet:
        return self.select_related("item", "action", "issue").order_by(
            "item__heading__number", "item__position", "item", "pk"
        )


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(fixed.DECISION, fixed.DECISION_NUMBER)
class Decision(Timestamped):
    """Ett beslut: what the group decided on an item. It takes effect, and gets its number, when the meeting closes."""

    deletable = True  # struck while the meeting is under way

    class Kind(models.TextChoices):
        PROPOSE = "propose", "Föreslå åtgärd"
        CLOSE = "close", "Avsluta ärendet"
        PAUSE = "pause", "Avvakta med ärendet"
        OTHER = "other", "Annat beslut"

    ISSUE_BECOMES = {Kind.CLOSE: Issue.State.CLOSED, Kind.PAUSE: Issue.State.ON_HOLD}
    """Where a decision puts its issue, for the kinds that end it or let it rest."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.OTHER)
    text = FreeText("beslut", max_length=2000)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)
    issue = models.ForeignKey("issues.Issue", models.PROTECT, related_name="+", null=True, editable=False)
    action = models.OneToOneField("issues.Action", models.PROTECT, related_name="decision", null=True, editable=False)
    outcome = models.CharField("utfall", max_length=20, choices=Issue.Outcome, blank=True)
    feedback = FreeText("återkoppling", max_length=500, blank=True)
    despite = FreeText("varför trots pågående åtgärder", max_length=500, blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)

    search_text = searchable_text("text", "feedback")
    search_vector = searchable_vector("text", "feedback")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            DatabaseCheck(
                condition=Q(year=None, serial=None) | Q(year__isnull=False, serial__isnull=False),
                name="decision_numbered_whole",
            ),
            models.UniqueConstraint(fields=["year", "serial"], name="decision_number_unique"),
            models.CheckConstraint(
                condition=~Q(kind="close") | (~Q(outcome="") & ~Q(feedback="") & Q(issue__isnull=False)),
                name="decision_to_close_has_outcome_and_feedback",
            ),
            models.CheckConstraint(
                condition=~Q(kind="propose") | Q(action__isnull=False), name="decision_to_propose_has_an_action"
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="decision_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="decision_trigram"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def number(self) -> str:
        """The number, `2026-58`; empty until the meeting has closed."""
        return f"{self.year}-{self.serial}" if self.serial else ""
