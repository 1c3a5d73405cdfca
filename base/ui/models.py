from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone

REMEMBERED = timedelta(days=30)  # nobody has a page open longer


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def claim(self, member_id: Any, key: UUID) -> SentForm:
        """The row of this form; its url is empty when the caller is the first and is to do the work.

        Called in the transaction that does the work: a second sender waits here until the first is through.
        """
        self.filter(member_id=member_id, sent_at__lt=timezone.now() - REMEMBERED).delete()
        self.bulk_create([SentForm(member_id=member_id, key=key)], ignore_conflicts=True)
        return self.get(member_id=member_id, key=key)


class SentForm(models.Model):
    """A form that has been saved, so that the same one sent again on a bad line saves nothing twice."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()
    url = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="form_is_sent_once")]

    def __str__(self) -> str:
        return str(self.key)
