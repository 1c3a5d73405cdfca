from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone

from meetings.models.meeting import Meeting
from members.models import Member


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, member: Member) -> MinutesQuerySet:
        """The group and readers; a guest has her own item, never the whole meeting."""
        return self if member.sees_everything_unrestricted or member.is_reader else self.none()

    def of(self, meeting: Meeting) -> MinutesQuerySet:
        return self.filter(meeting=meeting)

    def latest_first(self) -> MinutesQuerySet:
        return self.select_related("meeting", "made_by").order_by("-version")


class Minutes(models.Model):
    """Minnesanteckningar: the frozen content of one version, with its SHA-256. Only added, never changed."""

    append_only = True

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_unique")]

    def __str__(self) -> str:
        return f"{self.meeting}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:minutes_detail", args=[self.meeting_id])

    @classmethod
    def freeze(cls, meeting: Meeting, content: dict[str, Any], *, by: Member) -> Minutes:
        """Keep the content as the meeting's next version."""
        text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
        latest = meeting.latest_minutes()
        return cls.objects.create(
            meeting=meeting,
            version=latest.version + 1 if latest else 1,
            content=content,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            made_by=by,
        )
