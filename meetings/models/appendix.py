from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from base.files.attachment import Attachment, AttachmentPart, digest_of_file
from base.files.gate import ClearedFile
from base.records import Conflict, not_restricted, page_of
from base.records.guards import guarded_by
from base.records.search import searchable_text, searchable_vector
from issues.models import Issue
from meetings.models import fixed
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member

NOT_CHANGED = "Bilagorna kan inte ändras."
GONE = "Bilagan är redan borttagen."


class AppendixQuerySet(models.QuerySet["Appendix"]):
    def visible_to(self, member: Member) -> AppendixQuerySet:
        """Those of the items that she sees, and for whom the whole meeting is, those of the whole meeting."""
        of_items = Q(item__in=AgendaItem.objects.visible_to(member).values("pk"))
        if member.is_in_group:
            return self.filter(Q(item=None) | ~Issue.hidden_from(member, "item__issue"))
        if member.is_reader:
            return self.filter(of_items | Q(meeting__state=Meeting.State.CLOSED))
        return self.filter(of_items)

    def at(self, meeting: Meeting) -> AppendixQuerySet:
        return self.filter(Q(meeting=meeting) | Q(item__meeting=meeting))

    def listed(self) -> AppendixQuerySet:
        """Those that stand at their meeting, in its order: of the whole meeting first, then item by item.

        One that was taken away after the meeting had closed keeps its place, for its minutes have the numbers.
        """
        closed_at = F("item__meeting__closed_at")
        stands = Q(removed_at=None) | Q(removed_at__gt=F("meeting__closed_at")) | Q(removed_at__gt=closed_at)
        standing = self.filter(stands).filter(Q(item=None) | Q(item__removed=False))
        heading = F("item__heading__number").asc(nulls_first=True)
        return standing.order_by(heading, "item__position", "item", "pk")

    def set_aside(self) -> AppendixQuerySet:
        """Those whose bytes are kept though they stand at their meeting no longer: minutes made before name them."""
        return self.filter(erased_at=None).exclude(pk__in=self.listed().values("pk"))

    def unrestricted(self) -> AppendixQuerySet:
        return self.filter(not_restricted("item__issue"))

    def size(self) -> int:
        """How many bytes are kept of them."""
        return self.filter(erased_at=None).aggregate(total=Sum("size"))["total"] or 0


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(fixed.NO_APPENDIX_AFTERWARDS, fixed.APPENDIX, fixed.APPENDIX_NAME)
class Appendix(Attachment):
    """En bilaga: a file of a meeting, or of an item on its agenda, with which it moves, is restricted and is read."""

    numbered: Sequence[int] = ()
    """The keys of all that have a number, in their order, where that was asked for (`meetings.agenda.appended`)."""
    frozen: Sequence[dict[str, Any]] | None = None
    """What the minutes of its meeting say of its files, where that was asked for."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="appendices", null=True, blank=True)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="appendices", null=True, blank=True)

    search_text = searchable_text("name")
    search_vector = searchable_vector("name")

    objects = AppendixQuerySet.as_manager()

    class Meta(Attachment.Meta):
        constraints = [
            *Attachment.Meta.constraints,
            models.CheckConstraint(
                condition=Q(meeting=None, item__isnull=False) | Q(meeting__isnull=False, item=None),
                name="appendix_of_a_meeting_or_an_item",
            ),
        ]

    def get_absolute_url(self) -> str:
        return page_of("meetings:appendix", self.pk)

    @property
    def change_address(self) -> str:
        return reverse("meetings:appendix_change", args=[self.pk])

    @property
    def of_meeting(self) -> Meeting:
        """The meeting whose it is, by its item where it is an item's."""
        return self.meeting or self.item.meeting  # type: ignore[union-attr]  # one of them it has

    @property
    def issue(self) -> Issue | None:
        """The issue whose restriction is its own."""
        return self.item.issue if self.item else None

    # Verbs

    @classmethod
    @transaction.atomic
    def add(
        cls, meeting: Meeting, cleared: ClearedFile, *, item: AgendaItem | None, by: Actor, at: datetime | None = None
    ) -> Appendix | None:
        """Add a file to the meeting, or to an item of it; None where the same stands there already.

        Raises Conflict when the meeting has closed or was called off, ValidationError when there is no more room.
        """
        meeting.lock_open(NOT_CHANGED)
        of: dict[str, Any] = {"item": item} if item else {"meeting": meeting}
        if cls.objects.filter(digest=digest_of_file(cleared), removed_at=None, **of).exists():
            return None
        known = cls.objects.at(meeting).visible_to(by.member)  # no refusal tells of what she may not know of
        if known.size() + len(cleared.content) > settings.MOST_BYTES_OF_FILES:
            most = filesizeformat(settings.MOST_BYTES_OF_FILES)
            raise ValidationError(f"Mötets bilagor får vara högst {most} tillsammans. Ta bort en, eller minska filen.")
        made = cls(added_by=by.member, updated_by=by.member, created_at=at or timezone.now(), **of)
        made.take_in(cleared)
        made.save_checked()
        made.write_parts(cleared.content)
        return made

    @transaction.atomic
    def rename(self, *, name: str, by: Actor, version: str = "") -> None:
        """Call it something else, with the ending of what it is. Raises Conflict, EditConflict, ValidationError."""
        self._lock_standing(version, texts={"name": name})
        self.save_checked(self.set({"name": self.as_file_name(name)}, by=by))

    @transaction.atomic
    def remove(self, *, by: Actor, version: str = "", at: datetime | None = None) -> None:
        """Take it away from a meeting that has not closed; its bytes too, unless minutes have been made that name it.

        Raises Conflict, EditConflict.
        """
        self._lock_standing(version)
        self._take_away(by=by, at=at or timezone.now(), erases=not self.of_meeting.minutes.exists())

    @transaction.atomic
    def erase(self, *, why: str, by: Actor, version: str = "", at: datetime | None = None) -> None:
        """Take its bytes away for good, whenever that is; its name stays where it stood, with why.

        Raises Conflict when they are gone already, EditConflict.
        """
        self.lock(version)
        if self.is_erased:
            raise Conflict(f"{GONE} Inget är ändrat.")
        self._take_away(by=by, at=at or timezone.now(), erases=True, why=why)

    # Private

    def _lock_standing(self, version: str, **texts: Any) -> None:
        self.of_meeting.lock_open(NOT_CHANGED)
        self.lock(version, **texts)
        if self.is_removed:
            raise Conflict(f"{GONE} Inget är ändrat.")

    def _take_away(self, *, by: Actor, at: datetime, erases: bool, why: str = "") -> None:
        facts: dict[str, Any] = {"why_removed": why} if why else {}
        if not self.is_removed:
            facts |= {"removed_at": at, "removed_by": by.member}
        if erases:
            facts["erased_at"] = at
        self.save_checked(self.set(facts, by=by))
        if erases:
            self.parts.all().delete()


@guarded_by(fixed.APPENDIX_PART, fixed.APPENDIX_PART_KEPT)
class AppendixPart(AttachmentPart):
    """Some of an appendix's bytes."""

    appendix = models.ForeignKey(Appendix, models.PROTECT, related_name="parts", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appendix", "number"], name="appendix_part_once")]
