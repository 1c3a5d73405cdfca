from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, member: Member) -> MinutesQuerySet:
        """The group and readers; a guest has her own item, never the whole meeting."""
        return self if member.is_in_group or member.is_reader else self.none()

    def of(self, meeting: Meeting) -> MinutesQuerySet:
        return self.filter(meeting=meeting)

    def latest_first(self) -> MinutesQuerySet:
        """Without the PDF itself, which only the one who takes it home has use for."""
        return self.select_related("meeting", "made_by").defer("pdf").order_by("-version")


class Minutes(models.Model):
    """Minnesanteckningar: one version as it was frozen, its content and its PDF, each with its SHA-256.

    Only added, never changed. A version without a PDF is set from its content each time it is asked for.
    """

    append_only = True

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    pdf = models.BinaryField(null=True)
    pdf_digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_unique"),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True, pdf_digest="") | Q(pdf__isnull=False) & ~Q(pdf_digest=""),
                name="minutes_pdf_with_its_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:minutes_detail", args=[self.meeting_id])

    @classmethod
    def freeze(
        cls,
        meeting: Meeting,
        content: dict[str, Any],
        *,
        by: Actor,
        printer: Callable[[Minutes], bytes | None],
        at: datetime | None = None,
    ) -> Minutes:
        """Keep the content as the meeting's next version, and the PDF that the printer makes of it."""
        text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
        latest = cls.objects.of(meeting).latest_first().first()
        version = latest.version + 1 if latest else 1
        facts = {"digest": _sha256(text.encode()), "made_by": by.member, "made_at": at or timezone.now()}
        minutes = cls(meeting=meeting, version=version, content=content, **facts)
        minutes.pdf = printer(minutes)
        minutes.pdf_digest = _sha256(minutes.pdf) if minutes.pdf else ""
        minutes.save()
        return minutes


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
