from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from base.records import StoredRow
from meetings.models.meeting import Meeting
from meetings.models.minutes import Minutes
from members.models import Member


class RegistryEntryQuerySet(models.QuerySet["RegistryEntry"]):
    def of(self, meeting: Meeting) -> RegistryEntryQuerySet:
        """What was done with its versions, in the order in which it happened."""
        return self.filter(minutes__meeting=meeting).select_related("minutes", "by").order_by("at", "pk")

    def told(self) -> RegistryEntryQuerySet:
        """Those that somebody has made: how far a mail came is told with what asked for it."""
        return self.exclude(kind=RegistryEntry.Kind.SENT)

    def marks(self) -> RegistryEntryQuerySet:
        """Those that say whether a version is registered."""
        return self.filter(kind__in=RegistryEntry.MARKS)


class RegistryEntry(StoredRow):
    """That a version was registered in the diarium, that this was taken back, or that its mail to the registrar was
    asked for, and went.

    Only added. Which diarienummer the meeting had then is not here: the latest version of that moment says it.

    package_digest  the SHA-256 of the package as it was when the version was registered, or as it went; empty where it
                    could not be made, and of what is asked for
    """

    append_only = True

    class Kind(models.TextChoices):
        REGISTERED = "registered", "registrerad"
        TAKEN_BACK = "taken back", "inte registrerad"
        MAILED = "mailed", "mejlad"
        SENT = "sent", "skickad"

    MARKS = (Kind.REGISTERED, Kind.TAKEN_BACK)

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="registry_entries")
    kind = models.CharField(max_length=10, choices=Kind)
    package_digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RegistryEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["package_digest"], name="registry_entry_of_a_package")]

    def __str__(self) -> str:
        return f"{self.minutes}, {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:registry", args=[self.minutes.meeting_id])

    @property
    def is_mark(self) -> bool:
        return self.kind in self.MARKS
