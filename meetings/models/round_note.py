from __future__ import annotations

from datetime import datetime

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.utils import timezone

from base.records import Attribution, EditConflict, FreeText, NotAllowed, Timestamped
from base.records.guards import guarded_by
from base.records.masked import MASKED_MEANWHILE, is_masked_since
from base.records.search import searchable_text, searchable_vector
from base.swedish.order import swedish_order
from meetings.models import fixed
from meetings.models.agenda import MERGE, AgendaItem
from meetings.models.heading import Heading
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member, Organisation

NO_ROUND = "Det hör till laget runt vad varje organisation säger. Skriv det i noteringen."


class RoundNoteConflict(EditConflict):
    """Refusal of words that somebody else has written over meanwhile, with that text and version."""

    def __init__(self, note: RoundNote, written_on: int) -> None:
        masked = MASKED_MEANWHILE if is_masked_since(note, written_on) else ""
        last = Attribution(str(note.written_by), note.written_at)
        is_masked_alone = masked and note.version == written_on + 1
        came = (
            "" if is_masked_alone else f"{last.who} ändrade det {note.organisation} säger {last.when}, medan du skrev."
        )
        super().__init__(" ".join(filter(None, (came, masked, MERGE))))
        self.organisation, self.version, self.theirs = note.organisation_id, note.version, note.text


class RoundNoteQuerySet(models.QuerySet["RoundNote"]):
    def visible_to(self, member: Member) -> RoundNoteQuerySet:
        """Those of visible items at meetings whose notes the member may read: a draft is for those who write it."""
        items = AgendaItem.objects.visible_to(member).values("pk")
        readable = Meeting.objects.with_notes_for(member).values("pk")
        return self.filter(item__in=items, item__meeting__in=readable)

    def filled(self) -> RoundNoteQuerySet:
        return self.exclude(text="")

    def at(self, meeting: Meeting) -> RoundNoteQuerySet:
        """What has been said at the meeting, in the order of the organisations."""
        said = self.filled().filter(item__meeting=meeting, item__removed=False).select_related("organisation")
        return said.order_by(swedish_order("organisation__name"), "organisation")


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(fixed.WRITTEN_ON_AN_ITEM, fixed.ROUND_NOTE_KEPT)
class RoundNote(Timestamped):
    """Vad en organisation säger i laget runt: its own words at the meeting, in the item of the round.

    One for each organisation, saved as one types over the version that it was written on. Emptied its row stands.
    """

    deletable = True  # emptied, with an item that the rules raise again

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="round_notes", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = FreeText("vad organisationen säger", max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    search_text = searchable_text("text")
    search_vector = searchable_vector("text")

    objects = RoundNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "organisation"], name="one_round_note_of_each_organisation")
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="round_note_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="round_note_trigram"),
        ]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def is_asked_at(item: AgendaItem) -> bool:
        """Whether it is there that each organisation says something: the heading of the round itself."""
        return bool(item.is_heading and item.heading.rule == Heading.Rule.ROUND)

    @classmethod
    @transaction.atomic
    def write(
        cls,
        item: AgendaItem,
        organisation: Organisation,
        *,
        text: str,
        version: int,
        by: Actor,
        at: datetime | None = None,
    ) -> RoundNote:
        """Save what an organisation says. Raises RoundNoteConflict when somebody else has written since `version`, and
        NotAllowed at an item that is not the round or when the meeting is not under way."""
        item.lock_in_meeting()
        if not cls.is_asked_at(item):
            raise NotAllowed(NO_ROUND)
        standing = cls.objects.select_related("written_by", "organisation").filter(item=item, organisation=organisation)
        note = standing.first() or cls(item=item, organisation=organisation)
        if text == note.text:
            return note
        if version != note.version:
            raise RoundNoteConflict(note, version)
        note.text, note.version = text, version + 1
        note.written_by, note.written_at = by.member, at or timezone.now()
        note.save_checked()
        return note
