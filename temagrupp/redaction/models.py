"""Tombstones: who masked something, when, why and where. What stood there they do not tell; a function writes them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from base.imports.models import Import
from base.records import FreeLine
from issues.models import Issue, Observation
from meetings.models import Minutes
from members.models import Member


class RedactedPlaceQuerySet(models.QuerySet["RedactedPlace"]):
    def visible_to(self, member: Member) -> RedactedPlaceQuerySet:
        """The places that hang on nothing restricted but what she is named on, or reported before it had an issue."""
        hidden = Issue.hidden_from(member, "issue") | Observation.hidden_from(member, "observation")
        hidden |= Issue.hidden_from(member, "observation__issue")
        return self.filter(~hidden | Q(observation__reporter=member, issue=None))


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def visible_to(self, member: Member) -> RedactionQuerySet:
        """Those with a place that she may know of: all for the samordnare, for others what they did."""
        # The first of its places, and not whether there is one: that would be asked by reading all places there are.
        places = RedactedPlace.objects.visible_to(member).filter(redaction=OuterRef("pk")).order_by("pk")
        known = self.alias(known=Subquery(places.values("pk")[:1])).filter(known__isnull=False)
        return known if member.is_coordinator else known.filter(by=member)

    def with_places_for(self, member: Member) -> RedactionQuerySet:
        """With the places that she may know of, in `known_places`."""
        places = RedactedPlace.objects.visible_to(member).select_related("issue", "member").order_by("pk")
        return self.select_related("by").prefetch_related(Prefetch("places", places, to_attr="known_places"))

    def latest_first(self) -> RedactionQuerySet:
        return self.order_by("-at", "-pk")


class Redaction(models.Model):
    """En maskering: a passage or a whole text taken out of the places that it names.

    `digests` are keyed sums of the words, by which they are known if somebody sends them again; they say nothing
    to one who has not the register's own key.
    """

    written_by_owner = True

    class Kind(models.TextChoices):
        PASSAGE = "passage", "en uppgift"
        WHOLE = "whole", "en hel text"

    at = models.DateTimeField("när")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="av")
    why = FreeLine("skäl", max_length=500)
    kind = models.CharField(max_length=20, choices=Kind)
    digests = ArrayField(models.CharField(max_length=80), default=list)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="redaction_latest")]

    def __str__(self) -> str:
        return f"maskeringen {date_format(timezone.localtime(self.at), 'j F Y H.i')}"

    def get_absolute_url(self) -> str:
        return reverse("redaction:detail", args=[self.pk])

    @property
    def known_texts(self) -> list[RedactedPlace]:
        return [place for place in self._known() if not place.is_copy and not place.is_table]

    @property
    def known_copies(self) -> list[RedactedPlace]:
        return [place for place in self._known() if place.is_copy]

    @property
    def known_tables(self) -> list[RedactedPlace]:
        return [place for place in self._known() if place.is_table]

    def _known(self) -> list[RedactedPlace]:
        """Those that `with_places_for` has read."""
        known: list[RedactedPlace] = vars(self)["known_places"]
        return known


class RedactedPlace(models.Model):
    """A place of a redaction: the column of a row, and whether it stood there or only in what it was before.

    Or the copy that everybody reads instead of sent minutes; with an issue, what minutes tell of one that was
    restricted then: what is masked there only those named learn of. Or a table that waited to be brought in and was
    removed whole; then `member` had read it in.
    """

    written_by_owner = True

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="places")
    table = models.CharField(max_length=63)
    column = models.CharField(max_length=63)
    key = models.CharField(max_length=63)
    in_row = models.BooleanField()
    in_history = models.PositiveIntegerField()
    version = models.PositiveIntegerField(null=True)  # that it left, of a text which has versions of its own
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+", null=True)
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="+", null=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, db_index=False)

    objects = RedactedPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["redaction", "table", "column", "key", "issue"],
                nulls_distinct=False,
                name="redacted_place_once",
            ),
        ]
        indexes = [models.Index(fields=["table", "key"], name="redacted_place_of_row")]

    def __str__(self) -> str:
        return f"{self.table}.{self.column} {self.key}"

    @property
    def is_of_minutes(self) -> bool:
        return self.table == Minutes._meta.db_table

    @property
    def is_table(self) -> bool:
        """Whether it is a table that was removed whole."""
        return self.table == Import._meta.db_table

    @property
    def is_copy(self) -> bool:
        """Whether it is a copy of minutes as everybody reads it."""
        return self.is_of_minutes and self.issue_id is None
