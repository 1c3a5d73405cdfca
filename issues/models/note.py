from __future__ import annotations

from datetime import datetime

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from base.records import Conflict, FreeText, Versioned
from base.records.guards import guarded_by
from base.records.search import searchable_text, searchable_vector
from issues.models import fixed
from issues.models.event import Event
from issues.models.issue import Issue
from issues.models.withdrawn import HISTORY_FORGETS_NOTE
from members.actor import Actor
from members.models import Member

TAKEN_BACK = "Anteckningen är tillbakatagen"


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, member: Member) -> NoteQuerySet:
        """Those of the issues she sees, for the group; nobody else knows of them."""
        return self.filter(Issue.visible_at("issue", member)) if member.is_in_group else self.none()

    def standing(self) -> NoteQuerySet:
        """Those that nobody has taken back."""
        return self.filter(withdrawn_at=None)

    def latest_first(self) -> NoteQuerySet:
        return self.order_by("-created_at", "-pk")


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(HISTORY_FORGETS_NOTE, *fixed.NOTE)
class Note(Versioned):
    """En anteckning in an issue, by a member of the group between meetings: "Ringde Trafikverket, de återkommer."

    Read by the group alone, and in no document. In which capacity it was written its event tells. One that is taken
    back keeps its row, without its words.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="notes")
    text = FreeText("anteckning", max_length=2000)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    search_text = searchable_text("text")
    search_vector = searchable_vector("text")

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(withdrawn_at=None) & ~Q(text="")) | Q(withdrawn_at__isnull=False, text=""),
                name="note_has_words_until_it_is_taken_back",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="note_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="note_trigram"),
        ]

    def __str__(self) -> str:
        return self.text or f"{TAKEN_BACK}."

    def get_absolute_url(self) -> str:
        return self.issue.get_absolute_url()

    # Verbs

    @classmethod
    @transaction.atomic
    def write(cls, issue: Issue, *, text: str, by: Actor, at: datetime | None = None) -> Note:
        """Write a note in an open issue. Raises Conflict when the issue is closed, ValidationError on bad words."""
        issue.lock_open()
        at = at or timezone.now()
        note = cls(issue=issue, text=text, by=by.member, updated_by=by.member, created_at=at)
        note.save_checked()
        issue.record(Event.Kind.NOTED, by=by, at=at, note=note)
        return note

    @transaction.atomic
    def correct(self, *, text: str, by: Actor, version: str = "", at: datetime | None = None) -> None:
        """Set other words, as long as the issue is open. The timeline says that they were corrected, and when.

        Raises Conflict when it is taken back or the issue is closed, EditConflict, ValidationError.
        """
        self._lock_standing()
        self.check_version(version, texts={"text": text})
        self.issue.lock_open()
        saved = self.set({"text": text, "corrected_at": at or timezone.now()}, by=by)
        self.save_checked(saved)

    @transaction.atomic
    def withdraw(self, *, by: Actor, version: str = "", at: datetime | None = None) -> None:
        """Take it back, whenever that is: its words go from the row and from its history, for good.

        `version` is the one that an undo means, for it may have been corrected since. Raises Conflict, EditConflict.
        """
        self._lock_standing()
        self.check_version(version, typed=False)
        self.save(update_fields=self.set({"text": "", "withdrawn_at": at or timezone.now()}, by=by))

    # Private

    def _lock_standing(self) -> None:
        self.lock()
        if self.withdrawn_at:
            raise Conflict(f"{TAKEN_BACK}. Inget är ändrat.")
