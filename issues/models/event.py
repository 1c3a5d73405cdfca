from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from base.records import Attribution, FreeText
from issues.models.assignment import Assignment
from issues.models.channel import Channel
from members.models import Member


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, member: Member) -> EventQuerySet:
        """Of issues she is known to see, without what tells of an observation she does not see.

        Asked of each row alone: quick for the last event of a list's rows. Whoever may see an issue may see its
        observations unless they are restricted; a reader sees none but her own.
        """
        observations: Any = Event.observation.field.related_model
        readable = ~observations.hidden_from(member, "observation")
        if not member.is_in_group:
            asked = Assignment.objects.filter(action__issue=OuterRef("issue"), asked_at__isnull=False)
            readable &= Q(Exists(asked.filter(organisation__in=member.handled_ids)))
        return self.filter(Q(observation=None) | Q(observation__reporter=member) | readable)

    def moves(self) -> EventQuerySet:
        """Those by which the issue itself went from one state to another."""
        return self.filter(kind__in=Event.STATE_CHANGES)

    def latest_first(self) -> EventQuerySet:
        return self.order_by("-at", "-pk")

    def with_who(self) -> EventQuerySet:
        return self.select_related("by", "organisation")


class Event(models.Model):
    """One thing that happened in an issue, in a sentence that people should read: the page's timeline.

    Written by the verb that did it, in its transaction, and never changed: the application's database role
    may only add rows here.
    """

    append_only = True

    class Kind(models.TextChoices):
        OPENED = "opened", "öppnat"
        CHANGED = "changed", "ändrat"
        OBSERVED = "observed", "observation kopplad"
        DISCUSSED = "discussed", "uppe på möte"
        DECIDED = "decided", "beslut"
        PROPOSED = "proposed", "åtgärd föreslagen"
        ANSWERED = "answered", "svar"
        MOVED = "moved", "överlämnad"
        BEGUN = "begun", "påbörjad"
        DONE = "done", "klar"
        CANCELLED = "cancelled", "återtagen"
        HELD = "held", "vilar"
        RESUMED = "resumed", "återupptaget"
        CLOSED = "closed", "avslutat"
        REOPENED = "reopened", "återöppnat"
        UNDONE = "undone", "ångrat"

    WEIGHTY = frozenset({Kind.DECIDED, Kind.CLOSED, Kind.REOPENED, Kind.UNDONE})
    STATE_CHANGES = frozenset({Kind.HELD, Kind.RESUMED, Kind.CLOSED, Kind.REOPENED, Kind.UNDONE})

    issue = models.ForeignKey("issues.Issue", models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    text = FreeText()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("members.Member", models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, related_name="+", null=True)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.SIGNED_IN)
    action = models.ForeignKey("issues.Action", models.PROTECT, related_name="+", null=True)
    observation = models.ForeignKey("issues.Observation", models.PROTECT, related_name="+", null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["issue", "-at", "-id"], name="event_by_issue_latest")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_weighty(self) -> bool:
        """A decision, an end or what takes them back: set in bold in the timeline."""
        return self.kind in self.WEIGHTY

    @property
    def trace(self) -> Attribution:
        """For the one who came second."""
        return Attribution(str(self.by), self.at, self.text)

    @property
    def who(self) -> str:
        """Who did it, for whom and how: "Maja Exempel för Tekniska förvaltningen, på telefon"."""
        if self.by is None:
            return ""
        if self.channel != Channel.SIGNED_IN:
            return f"{self.by} för {self.organisation}, {self.get_channel_display()}"
        if self.by.is_coordinator:
            return f"{self.by}, samordnare"
        return f"{self.by}, {self.organisation}" if self.organisation else str(self.by)
