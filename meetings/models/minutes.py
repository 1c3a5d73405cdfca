from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Max, OuterRef, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from base.records import StoredRow
from base.records.guards import guarded_by
from issues.models import Issue
from meetings.models import fixed
from meetings.models.meeting import Meeting, MeetingQuerySet
from members.actor import Actor
from members.models import Group, Member, MinutesWords


class TellsOf(Func):
    """Whether a content has what a path of PostgreSQL's finds in JSON."""

    template = "jsonb_path_exists(%(expressions)s::jsonpath)"
    output_field = models.BooleanField()


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, member: Member) -> MinutesQuerySet:
        """All minutes for the group and readers, none for a guest, who has her own item alone."""
        return self if member.reads_all else self.none()

    def of(self, meeting: Meeting) -> MinutesQuerySet:
        return self.filter(meeting=meeting)

    def telling_of(self, issue: Issue) -> MinutesQuerySet:
        """Those that have an item, a reference, an answer or an action of it, with `frozen_name`; the latest first."""
        found = self.filter(TellsOf("content", Value(f"$.**.of ? (@ == {issue.pk})")))
        found = found.annotate(frozen_name=F("content__called"))
        return found.defer("content").select_related("meeting").order_by("-meeting__starts_at", "-version")

    def standing(self) -> MinutesQuerySet:
        """The versions of closings that have not been undone, with what came after each."""
        return self.filter(meeting__state=Meeting.State.CLOSED, made_at__gte=F("meeting__closed_at"))

    def latest_first(self) -> MinutesQuerySet:
        """With what is read of each: its masked copy, where there is one."""
        return self.select_related("meeting", "made_by", "masked").order_by("-version")

    def with_pdf_digest(self) -> MinutesQuerySet:
        """`pdf_digest` of each version's kept PDF, None where none is kept."""
        pdf = MinutesFile.objects.filter(minutes=OuterRef("pk"), kind=MinutesFile.Kind.PDF)
        return self.annotate(pdf_digest=Subquery(pdf.values("digest")))


class ReadMasked:
    """Of what is frozen and may have a masked copy: what is read of it."""

    content: Any

    @property
    def as_masked(self) -> dict[str, Any]:
        """The content of its masked copy, where there is one, else its own."""
        content: dict[str, Any] = self.masked_copy.content if self.masked_copy else self.content
        return content

    @property
    def masked_copy(self) -> Any:
        return getattr(self, "masked", None)


@guarded_by(fixed.MINUTES)
class Minutes(ReadMasked, models.Model):
    """Minnesanteckningar: one version as it was frozen, with the SHA-256 of its content. Only added, never changed."""

    append_only = True

    said: Sequence[str] = ()
    """Of one in which a passage was looked for: the texts that have it."""
    has_annex = has_lifted = False
    """Whether there is something for her who asks in the restricted annex, where that was asked for."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    corrects = models.PositiveSmallIntegerField(null=True)  # the version that it puts right, of one that does
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_unique"),
            models.UniqueConstraint(fields=["meeting", "made_at"], name="minutes_once_of_a_closing"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:minutes_detail", args=[self.meeting_id])

    @property
    def called(self) -> MinutesWords:
        """What it was called when it was frozen; it keeps that when the group calls its minutes something else."""
        return words_in(self.content)

    @classmethod
    def latest_called(cls, meeting: Meeting) -> tuple[int, MinutesWords]:
        """The number of the meeting's latest version, and what that is called; its content is not read."""
        version, name = cls.objects.of(meeting).order_by("-version").values_list("version", "content__called")[0]
        return version, MinutesWords.of(name or "")

    @classmethod
    def freeze(
        cls,
        meeting: Meeting,
        content: dict[str, Any],
        *,
        by: Actor,
        corrects: int | None = None,
        at: datetime | None = None,
    ) -> Minutes:
        """Store the content as the meeting's next version, and return it. Its files are made afterwards."""
        version = (cls.objects.of(meeting).aggregate(Max("version"))["version__max"] or 0) + 1
        facts = {
            "corrects": corrects,
            "digest": digest_of(content),
            "made_by": by.member,
            "made_at": at or timezone.now(),
        }
        return cls.objects.create(meeting=meeting, version=version, content=content, **facts)


class MinutesFile(models.Model):
    """One file of a version, with its SHA-256: made once, then served byte for byte.

    In a table of its own, so that it can be made when the closing is over; only added, never changed.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "word", "Word"

    append_only = True

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "kind"], name="minutes_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes}, {self.get_kind_display()}"

    @classmethod
    def keep(cls, minutes: Minutes, kind: MinutesFile.Kind, content: bytes) -> MinutesFile:
        """Store the file and return it, or the one that somebody stored meanwhile."""
        facts = {"content": content, "digest": _sha256(content)}
        return cls.objects.get_or_create(minutes=minutes, kind=kind, defaults=facts)[0]


@guarded_by(fixed.MASKED_MINUTES, fixed.MASKED_BY)
class MaskedMinutes(models.Model):
    """Maskerad kopia: what is read instead of a version in which something had to be hidden. The version itself stays.

    One for each version. The next masking is made in it and leaves nothing of what it said before, so it has neither a
    history nor kept files; its documents are made when they are asked for.
    """

    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="masked")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    masked_at = models.DateTimeField()
    masked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    is_told = False
    """Whether the masking just made changed what everybody reads, and not only what is restricted."""
    restricted: Sequence[int] = ()
    """The restricted issues in whose part it was made."""

    def __str__(self) -> str:
        return f"{self.minutes}, maskerad"


class OriginalOpening(StoredRow):
    """That a samordnare opened a version as it was frozen, though something in it is hidden: who, when and how."""

    append_only = True

    class How(models.TextChoices):
        PAGE = "page", "på sidan"
        PDF = "pdf", "som PDF"
        WORD = "word", "som Word"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="openings")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    how = models.CharField(max_length=4, choices=How)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.minutes}, öppnad {self.get_how_display()} av {self.member}"


def with_called(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """`frozen_name` of each: what the latest version of its minutes is called; None where it does not say."""
    return meetings.annotate(frozen_name=frozen_name())


def frozen_name(meeting: str = "pk") -> Subquery:
    """Annotates what the latest version of a meeting's minutes is called, stored; `meeting` is the path to its key."""
    latest = Minutes.objects.filter(meeting=OuterRef(meeting)).order_by("-version")
    return Subquery(latest.values("content__called")[:1])


def minutes_called(read: Any) -> MinutesWords:
    """What the minutes are called, of a meeting, an item or a version that was read with their `frozen_name`."""
    return MinutesWords.of(vars(read).get("frozen_name") or "")


def called_of(meeting: Meeting, group: Group, read: Any = None) -> MinutesWords:
    """What the minutes of a meeting are called: as they were frozen, or until then as the group calls them.

    `read` is what came with their `frozen_name`, where that is not the meeting.
    """
    return minutes_called(read or meeting) if meeting.is_closed else group.minutes


def words_in(content: dict[str, Any]) -> MinutesWords:
    """What a content is called by itself, in the forms of sentences."""
    return MinutesWords.of(content.get("called", ""))  # older ones do not say


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a content, whatever order its parts were written in."""
    return _sha256(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
