from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count, groupby

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from base.records import (
    Attribution,
    Conflict,
    EditConflict,
    FreeLine,
    FreeText,
    NotAllowed,
    Versioned,
    not_restricted,
    page_of,
)
from base.records.guards import DatabaseCheck, guarded_by
from base.records.masked import MASKED_MEANWHILE, is_masked_since
from base.records.search import searchable_text, searchable_vector
from issues.models import AccessGrant, Action, Issue
from meetings.models import fixed
from meetings.models.heading import Heading
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member

ONLY_THEN = "Det som skrivs på en punkt sparas bara medan mötet pågår."

MERGE = "Din text är inte sparad. Lägg ihop den med det som står i registret och spara igen."

Subject = tuple[int | None, int | None]
"""What an item is about: the ids of its issue and its action."""


def how_it_was_left(*, is_discussed: bool, note: str) -> str:
    """What became of an item: nothing to say of one that is discussed, and one with a note was at least spoken of."""
    if is_discussed:
        return ""
    return "Blev inte färdigbehandlad" if note else "Behandlades inte"


class NoteConflict(EditConflict):
    """Refusal of a note that somebody else saved meanwhile, with her text and version, so that both are merged."""

    def __init__(self, item: AgendaItem, written_on: int) -> None:
        masked = MASKED_MEANWHILE if is_masked_since(item, written_on) else ""
        last = Attribution(str(item.noted_by), item.noted_at or timezone.now())
        is_masked_alone = masked and item.note_version == written_on + 1
        came = "" if is_masked_alone else f"{last.who} ändrade noteringen {last.when}, medan du skrev."
        super().__init__(" ".join(filter(None, (came, masked, MERGE))))
        self.version, self.theirs = item.note_version, item.note


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, member: Member) -> AgendaItemQuerySet:
        """Items of visible meetings, less those about an issue hidden from the member; a guest only her own."""
        open_to_her = ~Issue.hidden_from(member, "issue")
        if member.is_in_group:
            return self.filter(open_to_her)
        own = Q(presenter=member, removed=False)
        closed = Q(meeting__state=Meeting.State.CLOSED)
        return self.filter(open_to_her & (own | closed) if member.is_reader else open_to_her & own)

    def presented_by_guests(self) -> AgendaItemQuerySet:
        """Those whose presenter is not of the group, and may know of the item: as `visible_to` says of each."""
        guests = Member.objects.active().exclude(pk__in=Member.objects.of_the_group().values("pk"))
        is_named = AccessGrant.objects.filter(issue=OuterRef("issue"), member=OuterRef("presenter"))
        return self.filter(not_restricted("issue") | Exists(is_named), presenter__in=guests.values("pk"))

    def at(self, meeting: Meeting) -> AgendaItemQuerySet:
        return self.filter(meeting=meeting)

    def current(self) -> AgendaItem | None:
        """The first item on the agenda that is not discussed, else the last."""
        items = self.on_agenda()
        return items.filter(discussed_at=None).first() or items.last()

    def discussed(self) -> AgendaItemQuerySet:
        """Items marked as discussed, less those removed afterwards."""
        return self.filter(removed=False, discussed_at__isnull=False)

    def discussions_of(self, issue: Issue) -> AgendaItemQuerySet:
        """One item for each closed meeting that discussed the issue, the latest first."""
        held = self.discussed().filter(issue=issue, meeting__state=Meeting.State.CLOSED)
        first = held.order_by("meeting", "heading__number", "position", "pk").distinct("meeting")
        return AgendaItem.objects.filter(pk__in=first.values("pk")).select_related("meeting").order_by("-discussed_at")

    def of_each_meeting(self) -> ArraySubquery:
        """An annotation of meetings: the items that are its, in their order; of each its pk, action and removed."""
        own = self.filter(meeting=OuterRef("pk")).order_by("heading__number", "position", "pk")
        return ArraySubquery(own.values(facts=JSONObject(pk="pk", action="action", removed="removed")))

    def in_words(self) -> AgendaItemQuerySet:
        """Topics in words, about no issue: no rule raises them again."""
        return self.filter(kind=AgendaItem.Kind.TOPIC)

    def left_behind(self) -> AgendaItemQuerySet:
        """Topics in words that a closed meeting did not reach and no other has taken over."""
        unspoken = self.in_words().filter(discussed_at=None, meeting__state=Meeting.State.CLOSED)
        return unspoken.filter(continued_by=None).on_agenda()

    def carried(self) -> AgendaItemQuerySet:
        """Topics in words that wait on the agenda of a planned meeting for another left them."""
        return self.waiting().filter(meeting__state=Meeting.State.PLANNED)

    def waiting(self) -> AgendaItemQuerySet:
        """Those that are carried(), and what waits where a meeting was called off and none was planned after it."""
        off = Q(meeting__state=Meeting.State.CANCELLED, meeting__topics_moved_to=None)
        left = Q(kind=AgendaItem.Kind.TOPIC, continues__isnull=False, meeting__state=Meeting.State.PLANNED)
        found = self.to_move_on().filter(off | left)
        return found.select_related("meeting", "continues__meeting").order_by("pk")

    def to_move_on(self) -> AgendaItemQuerySet:
        """What persons have put on an agenda, or given a place or a presenter: it follows when the meeting is off."""
        standing = self.filter(removed=False).exclude(kind=AgendaItem.Kind.HEADING)
        return standing.order_by("heading__number", "position", "pk")

    def not_at(self, meeting: Meeting) -> AgendaItemQuerySet:
        """Those whose issue or action does not stand on the agenda of another meeting already, or was taken off it."""
        there = AgendaItem.objects.filter(meeting=meeting, issue=OuterRef("issue"))
        same_action = Q(action=OuterRef("action")) | Q(action=None, kind=OuterRef("kind"))
        return self.exclude(Exists(there.filter(same_action, issue__isnull=False)))

    def move(self, meeting: Meeting, *, moved_from: Meeting | None, by: Actor, at: datetime) -> None:
        """Let them stand on the agenda of another meeting, each in the place that it has."""
        self.update(meeting=meeting, moved_from=moved_from, updated_by=by.member, updated_at=at)

    def on_agenda(self) -> AgendaItemQuerySet:
        """The items that stand on the agenda, in its order; under each heading what is restricted is last.

        When the meeting has closed that order is stored: its minutes have the numbers.
        """
        restricted = Case(
            When(meeting__state=Meeting.State.CLOSED, then=False), default=Coalesce("issue__restricted", False)
        )
        standing = self.filter(removed=False).alias(gives_way=_gives_way()).filter(gives_way=False)
        return standing.order_by("heading__number", restricted, "position", "pk")

    def for_lines(self) -> AgendaItemQuerySet:
        """In order, with what a line of the agenda tells, and whether the item gives way to those under it."""
        told = self.annotate(gives_way=_gives_way()).select_related(
            "issue", "action", "presenter__organisation", "added_by", "moved_from"
        )
        return told.order_by("position", "pk")


def numbers_of(items: Iterable[AgendaItem]) -> dict[int, str]:
    """The number of each item by its id. The items are on_agenda(), in its order, with their headings."""
    return {item.pk: item.heading.number_of(place) for item, place in places_of(items)}


def number_of(item: AgendaItem) -> str:
    """The number of an item that stands on the agenda."""
    return numbers_of(AgendaItem.objects.at(item.meeting).on_agenda().select_related("heading"))[item.pk]


def places_of(items: Iterable[AgendaItem]) -> Iterator[tuple[AgendaItem, int]]:
    """Yield each item with its place under its heading, which itself has 0. The items are as for numbers_of()."""
    for _, together in groupby(items, key=lambda item: item.heading):
        under = list(together)
        yield from zip(under, count(0 if under[0].is_heading else 1), strict=False)


def _gives_way() -> Q:
    """Whether an item is a heading by itself, with nothing written, beside which something stands under the heading.

    There is nothing to speak of but what was added. A heading that shows something of its own never gives way.
    """
    under = AgendaItem.objects.filter(meeting=OuterRef("meeting"), heading=OuterRef("heading"), removed=False)
    others = under.exclude(kind=AgendaItem.Kind.HEADING).filter(Q(issue=None) | Q(issue__restricted=False))
    unwritten = Q(kind=AgendaItem.Kind.HEADING, note="", discussed_at=None)
    return unwritten & ~Q(heading__rule__in=Heading.SHOW_THEIR_OWN) & Q(Exists(others))


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(fixed.OF_A_MEETING, fixed.NONE_WHERE_CANCELLED)
class AgendaItem(Versioned):
    """En dagordningspunkt: a heading itself, a topic in words, an issue or an action to speak of.

    Before the meeting only what the samordnare has added, ordered or removed is stored; the rest is live.
    """

    deletable = True  # what the rules raise again by themselves

    class Kind(models.TextChoices):
        HEADING = "heading", "Rubrik"
        TOPIC = "topic", "Punkt med ord"
        ISSUE = "issue", "Ärende"
        ACTION = "action", "Åtgärd"

    FIRST = 0
    """The position of the heading itself, before what stands under it."""
    LAST = 1000
    """The position of what nobody has given a place: after what has one."""

    # Indexes of their own begin with the meeting, the issue and the action; by heading alone nobody looks.
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", db_index=False)
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="+", verbose_name="rubrik", db_index=False)
    kind = models.CharField("slag", max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField("ordning", default=LAST)
    title = FreeLine("punkt", max_length=200)
    reason = FreeLine("varför", max_length=300, blank=True)
    issue = models.ForeignKey("issues.Issue", models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    action = models.ForeignKey("issues.Action", models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    presenter = models.ForeignKey(
        Member, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="föredragande"
    )
    minutes = models.PositiveSmallIntegerField("minuter", null=True, blank=True)
    removed = models.BooleanField(default=False, editable=False)
    continues = models.OneToOneField(
        "self", models.PROTECT, related_name="continued_by", null=True, editable=False
    )  # the topic in words that another meeting did not reach
    moved_from = models.ForeignKey(
        Meeting, models.PROTECT, related_name="moved_on", null=True, editable=False
    )  # the meeting that was called off, on whose agenda it stood
    came_at = models.DateTimeField(default=timezone.now, editable=False)  # onto this agenda, or when its cause arose
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    settled = models.BooleanField(default=False, editable=False)  # made of what the rules raised when the meeting began
    issue_was = models.CharField(max_length=20, blank=True, editable=False)  # its state when the meeting closed

    note = FreeText("notering", max_length=8000, blank=True)
    note_version = models.PositiveIntegerField(default=0, editable=False)
    noted_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    noted_at = models.DateTimeField(null=True, editable=False)
    discussed_at = models.DateTimeField("behandlad", null=True, editable=False)

    search_text = searchable_text("title", "note")
    search_vector = searchable_vector("title", "note")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "action"], condition=Q(action__isnull=False), name="action_once_on_an_agenda"
            ),
            models.UniqueConstraint(
                fields=["meeting", "issue"],
                condition=Q(issue__isnull=False, action__isnull=True),
                name="issue_once_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["heading", "topic"], issue=None, action=None)
                | Q(kind="issue", issue__isnull=False, action=None)
                | Q(kind="action", issue__isnull=False, action__isnull=False),
                name="agenda_item_is_what_its_kind_says",
            ),
            DatabaseCheck(
                condition=Q(noted_by=None, noted_at=None) | Q(noted_by__isnull=False, noted_at__isnull=False),
                name="agenda_item_noted_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "heading", "position"], name="agenda_order"),
            models.Index(fields=["issue", "discussed_at"], name="agenda_issue_spoken_of"),
            models.Index(fields=["action", "discussed_at"], name="agenda_action_spoken_of"),
            GinIndex(fields=["search_vector"], name="agenda_item_search"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="agenda_item_trigram"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return page_of("meetings:item_detail", self.pk)

    # Questions

    @classmethod
    def kind_of(cls, issue: Issue | None, action: Action | None = None) -> Kind:
        """The kind of an item about these; about neither it is a topic in words."""
        return cls.Kind.ACTION if action else cls.Kind.ISSUE if issue else cls.Kind.TOPIC

    @property
    def key(self) -> str:
        """The name of the item in a form."""
        return f"item-{self.pk}"

    @property
    def subject(self) -> Subject:
        return self.issue_id, self.action_id

    @property
    def is_heading(self) -> bool:
        """Whether the item is the heading itself, which is spoken of though nothing is raised under it."""
        return self.kind == self.Kind.HEADING

    @property
    def is_ending(self) -> bool:
        """Whether the item presents how an issue ended."""
        return self.issue_id is not None and self.heading.rule == Heading.Rule.FEEDBACK

    @property
    def stands_since(self) -> datetime:
        """Since when it stands on this agenda: what another meeting left by being called off, since then."""
        moved = self.moved_from.state_since if self.moved_from else None
        return max(self.came_at, moved or self.came_at)

    @property
    def is_discussed(self) -> bool:
        return self.discussed_at is not None

    @property
    def how_it_was_left(self) -> str:
        return how_it_was_left(is_discussed=self.is_discussed, note=self.note)

    # Verbs

    @transaction.atomic
    def write_note(self, *, text: str, version: int, by: Actor, at: datetime | None = None) -> None:
        """Save the note as typed. Raises NoteConflict when somebody else has written since `version`."""
        self.lock_in_meeting()
        if text == self.note:
            return
        if version != self.note_version:
            raise NoteConflict(self, version)
        noted = {"note": text, "note_version": version + 1, "noted_by": by.member, "noted_at": at or timezone.now()}
        self.save(update_fields=self.set(noted, by=by))

    @transaction.atomic
    def mark_discussed(self, *, by: Actor, at: datetime | None = None) -> None:
        """Mark the item as discussed: its topic is no longer new."""
        self._mark(self.discussed_at or at or timezone.now(), by=by)

    @transaction.atomic
    def unmark_discussed(self, *, by: Actor) -> None:
        """Remove the mark, so that the topic comes back. Raises NotAllowed when something is decided on the item."""
        if self.decisions.exists():
            raise NotAllowed("Det finns ett beslut på punkten, så den är behandlad. Stryk beslutet först.")
        self._mark(None, by=by)

    def lock_in_meeting(self) -> None:
        """Lock the meeting, which must be under way, and read the item anew. Raises Conflict, NotAllowed."""
        self.meeting.lock_if(Meeting.State.UNDER_WAY, therefore=ONLY_THEN)
        self.refresh_from_db(from_queryset=AgendaItem.objects.select_related("meeting", "heading", "issue", "noted_by"))
        if self.removed:
            gone = f"Punkten är borttagen från dagordningen ({self.last_saved()})."
            raise Conflict(f"{gone} Sätt tillbaka den och spara igen.")

    # Private

    def _mark(self, discussed_at: datetime | None, *, by: Actor) -> None:
        self.lock_in_meeting()
        if discussed_at != self.discussed_at:
            self.save(update_fields=self.set({"discussed_at": discussed_at}, by=by))
