"""What is remembered of forms: those that have been saved, and what the guard asked about and somebody kept.

What makes two sendings the same:

The same form sent again on a bad line is one sending: the form's key and everything that was typed or chosen in it.
Going back to a form that has been saved and writing something else in it is another, and nothing of it may be lost.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.core.files import File
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from base.ui.found_words import FoundWords

REMEMBERED = timedelta(days=30)  # nobody has a page open longer
UNTYPED = {"csrfmiddlewaretoken", "writer", "tried"}
"""What a page adds of itself: the same text is the same sending under another token, and when it is tried again."""


def form_key(value: Any) -> UUID | None:
    """The key a form was shown with, or None when it is missing or broken."""
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None


def sending(data: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> UUID | None:
    """The sending's own number, the same each time the same content comes from the same form."""
    key = form_key(data.get("key"))
    if key is None:
        return None
    fields = data.lists() if isinstance(data, QueryDict) else data.items()
    typed = sorted((name, value) for name, value in fields if name not in UNTYPED)
    chosen = [(name, [_digest(file) for file in each]) for name, each in sorted(_lists(files or {}))]
    return uuid5(key, json.dumps(typed + chosen, default=str))


def _lists(files: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    """The files of each field, which may have several."""
    return list(files.lists()) if isinstance(files, MultiValueDict) else [(name, [one]) for name, one in files.items()]


def _digest(file: File[Any]) -> str:
    """The digest of the file, for another picture under the same name is another file."""
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return content.hexdigest()


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def claim(self, member_id: Any, key: UUID) -> SentForm:
        """The row of this form; its url is empty when the caller is the first and is to do the work.

        Called in the transaction that does the work: a second sender waits here until the first is through.
        """
        self.filter(member_id=member_id, sent_at__lt=timezone.now() - REMEMBERED).delete()
        self.bulk_create([SentForm(member_id=member_id, key=key)], ignore_conflicts=True)
        return self.get(member_id=member_id, key=key)

    def forget(self, member_id: Any, key: UUID) -> None:
        """Forget the row of a sending that has been taken back: sent again, the form is sent for the first time."""
        self.filter(member_id=member_id, key=key).delete()


class SentForm(models.Model):
    """A form that has been saved, so that the same one sent again on a bad line saves nothing twice."""

    deletable = True  # nobody has the page open any longer, or what was sent is taken back

    member = models.ForeignKey(  # null of what is sent by a link, by nobody by name
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True
    )
    key = models.UUIDField()
    url = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], nulls_distinct=False, name="form_is_sent_once"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class KeptPassageQuerySet(models.QuerySet["KeptPassage"]):
    def known_to(self, member_id: Any, asked: Collection[tuple[str, FoundWords]]) -> set[tuple[str, str]]:
        """Those of the findings, each with its kind of text, that she has kept before; her own, for another's would
        tell her what stands where she may not read."""
        if not asked:
            return set()
        digests = {found.digest for _, found in asked}
        return set(self.filter(by_id=member_id, digest__in=digests).values_list("field", "digest"))

    def remember(self, member_id: Any, kept: Collection[tuple[str, FoundWords]], *, at: datetime | None = None) -> None:
        who = {"by_id": member_id, "at": at or timezone.now()}
        rows = {
            (field, found.digest): KeptPassage(field=field, kind=found.kind, digest=found.digest, **who)
            for field, found in kept
        }
        if rows:
            self.bulk_create(rows.values())


class KeptPassage(models.Model):
    """Words that the guard asked about and somebody kept: never the words, but their digest by the register's key."""

    append_only = True

    field = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects = KeptPassageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["by", "digest"], name="kept_by_whom")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.field}"
