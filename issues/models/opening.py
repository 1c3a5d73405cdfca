from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from base.records import Restrictable, StoredRow
from members.models import Member


class OpeningQuerySet(models.QuerySet["Opening"]):
    def of(self, thing: Restrictable) -> OpeningQuerySet:
        return self.filter(**{str(thing._meta.model_name): thing})

    def latest_first(self) -> OpeningQuerySet:
        return self.order_by("-at", "-pk").select_related("member__organisation")


class Opening(StoredRow):
    """That a member opened a restricted issue or observation, or what hangs on it: who, when and how.

    Those who are named read it. Once in ten minutes, so that a page which is loaded anew is one opening.
    """

    append_only = True

    class How(models.TextChoices):
        PAGE = "page", "sidan"
        ITEM = "item", "punkten på mötet"
        MINUTES = "minutes", "originalet från mötet"
        FILE = "file", "filen med sina egna uppgifter"
        APPENDIX = "appendix", "bilagan"
        ANNEX = "annex", "bilagan med begränsad spridning"
        MASKING = "masking", "texterna för att maskera"
        SEARCH = "search", "sökningen"

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    issue = models.ForeignKey("issues.Issue", models.PROTECT, related_name="openings", null=True, db_index=False)
    observation = models.ForeignKey(
        "issues.Observation", models.PROTECT, related_name="openings", null=True, db_index=False
    )
    how = models.CharField(max_length=20, choices=How, default=How.PAGE)
    at = models.DateTimeField(default=timezone.now)
    within = models.DateTimeField(editable=False)  # the beginning of the ten minutes

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(issue=None, observation__isnull=False) | Q(issue__isnull=False, observation=None),
                name="opening_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["issue", "member", "how", "within"], name="issue_opened_once_in_ten_minutes"
            ),
            models.UniqueConstraint(
                fields=["observation", "member", "how", "within"], name="observation_opened_once_in_ten_minutes"
            ),
        ]
        indexes = [
            models.Index(fields=["issue", "-at", "-id"], name="opening_by_issue"),
            models.Index(fields=["observation", "-at", "-id"], name="opening_by_observation"),
        ]

    def __str__(self) -> str:
        return f"{self.member} öppnade {self.get_how_display()}"

    @staticmethod
    def write(member: Member, how: str, things: Iterable[Restrictable], *, at: datetime | None = None) -> None:
        """Write that the member opened each of the issues and observations; in one statement."""
        at = at or timezone.now()
        within = at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0)
        rows = [
            Opening(member=member, how=how, at=at, within=within, **{str(thing._meta.model_name): thing})
            for thing in things
        ]
        Opening.objects.bulk_create(rows, ignore_conflicts=True)
