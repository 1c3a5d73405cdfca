from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Max, OuterRef
from django.utils import timezone

from base.records.guards import guarded_by
from issues.models import Issue
from meetings.models import fixed
from meetings.models.meeting import Meeting
from meetings.models.minutes import Minutes, ReadMasked, digest_of
from members.actor import Actor
from members.models import Member


class AnnexPartQuerySet(models.QuerySet["AnnexPart"]):
    def visible_to(self, member: Member) -> AnnexPartQuerySet:
        """Those of what she may know of, for whoever reads minutes: of an issue that is restricted still, if named."""
        return self.filter(~Issue.hidden_from(member, "issue")) if member.reads_all else self.none()

    def of(self, meeting: Meeting) -> AnnexPartQuerySet:
        return self.filter(minutes__meeting=meeting)

    def of_each_meeting(self) -> AnnexPartQuerySet:
        """Those that stand, to be asked for within a query of minutes."""
        return self.filter(minutes__meeting=OuterRef("meeting"), made_at__gte=OuterRef("meeting__closed_at"))

    def standing(self) -> AnnexPartQuerySet:
        """Those that the meeting has closed with, or got by a correction since; none of a closing that was undone."""
        return self.filter(made_at__gte=F("minutes__meeting__closed_at"))

    def latest_first(self) -> AnnexPartQuerySet:
        """Of each issue the latest version first, with what is read of it."""
        return self.select_related("masked").order_by("issue", "-version")

    def latest_of_each(self) -> AnnexPartQuerySet:
        """Of each issue the latest version, with what is read of it."""
        latest = self.order_by("issue", "-version").distinct("issue")
        return latest.select_related("issue", "made_by", "masked", "minutes")


@guarded_by(fixed.ANNEX_PART)
class AnnexPart(ReadMasked, models.Model):
    """En del av bilagan med begränsad spridning: what minutes leave out of one restricted issue, as it was frozen.

    Each issue has its own with versions of its own, for who is named on it reads it and knows of no other. Only added,
    never changed. `minutes` are those that stood when it was frozen.
    """

    append_only = True

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="annex_parts")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="annex_parts")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = AnnexPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "issue", "version"], name="annex_part_version_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes.meeting}, bilaga med begränsad spridning, version {self.version}"

    @classmethod
    def latest_versions(cls, meeting: Meeting) -> dict[int, int]:
        """The latest version of what the meeting's annex says of each issue, by its key."""
        versions = cls.objects.of(meeting).order_by().values_list("issue").annotate(Max("version"))
        return dict(versions)

    @classmethod
    def freeze(
        cls, minutes: Minutes, contents: Mapping[int, dict[str, Any]], *, by: Actor, at: datetime | None = None
    ) -> None:
        """Store each content as the next version of what the meeting's annex says of an issue, by the issue's key."""
        if not contents:
            return
        latest, at = cls.latest_versions(minutes.meeting), at or timezone.now()
        AnnexPart.objects.bulk_create(
            AnnexPart(
                minutes=minutes,
                issue_id=issue,
                version=latest.get(issue, 0) + 1,
                content=content,
                digest=digest_of(content),
                made_by=by.member,
                made_at=at,
            )
            for issue, content in contents.items()
        )


@guarded_by(fixed.MASKED_ANNEX_PART, fixed.MASKED_BY)
class MaskedAnnexPart(models.Model):
    """What is read instead of a part in which something had to be hidden, as `MaskedMinutes` is of a version."""

    part = models.OneToOneField(AnnexPart, models.PROTECT, related_name="masked")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    masked_at = models.DateTimeField()
    masked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    is_told = False
    """It is told as what is masked in its issue, also where all who read minutes read the part, for that is lifted."""

    def __str__(self) -> str:
        return f"{self.part}, maskerad"

    @property
    def minutes(self) -> Minutes:
        return self.part.minutes

    @property
    def minutes_id(self) -> int:
        return self.part.minutes_id

    @property
    def restricted(self) -> Sequence[int]:
        """The issue in whose part it was made."""
        return [self.part.issue_id]
