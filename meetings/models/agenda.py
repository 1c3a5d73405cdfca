from __future__ import annotations

from datetime import datetime

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from base.records import Attribution, Conflict, EditConflict, FreeLine, FreeText, NotAllowed, Versioned, page_of
from base.records.guards import DatabaseCheck, guarded_by
from base.records.masked import MASKED_MEANWHILE, is_masked_since
from base.records.search import searchable_text, searchable_vector
from issues.models import Action, Issue
from issues.models.event_sentences import meeting_in_passing
from issues.models.issue_status import UNCLOSED
from meetings.models import fixed
from meetings.models.heading import Heading
from meetings.models.held import held
from meetings.models.item_presenter import ItemPresenter, presenters_of_each
from meetings.models.meeting import Meeting
from meetings.models.recurs import COMES_BACK, RECURRING, Recurs
from members.actor import Actor
from members.models import Member

ONLY_THEN = "Det som skrivs på en punkt sparas bara medan mötet pågår."

MERGE = "Din text är inte sparad. Lägg ihop den med det som står i registret och spara igen."

Subject = tuple[int | None, int | None]
"""What an item is about: the ids of its issue and its action."""


def how_it_was_left(*, is_discussed: bool, note: str, is_deferred: bool = False) -> str:
    """What became of an item: nothing to say of one that is discussed, and one with a note was at least spoken of."""
    if is_discussed:
        return ""
    if is_deferred:
        return "Bordlagd"
    return "Blev inte färdigbehandlad" if note else "Behandlades inte"


def live_key(issue_id: int | None, action_id: int | None) -> str:
    return f"action-{action_id}" if action_id else f"issue-{issue_id}" if issue_id else ""


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
        presented = AgendaItem.objects.filter(presenters__member=member)
        own = Q(pk__in=presented.values("pk"), removed=False)
        closed = Q(meeting__state=Meeting.State.CLOSED)
        return self.filter(open_to_her & (own | closed) if member.is_reader else open_to_her & own)

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
        """Topics in words that a closed meeting did not reach, and what it deferred, that no other has taken over.

        An issue that has ended meanwhile is not taken up again, nor one that waits on an agenda already for an earlier
        meeting, or that one held since has discussed or deferred anew.
        """
        goes_on = Q(issue=None) | Q(deferred=True, issue__state__in=UNCLOSED)
        topic = Q(kind=AgendaItem.Kind.TOPIC) & ~COMES_BACK  # what recurs comes back anyhow, unless it was deferred
        left = self.filter(topic | Q(deferred=True), goes_on, discussed_at=None)
        closed = left.filter(meeting__state=Meeting.State.CLOSED, continued_by=None)
        return closed.exclude(Exists(_taken_up_elsewhere())).on_agenda()

    def carried(self) -> AgendaItemQuerySet:
        """What waits on the agenda of a planned meeting for another left it: topics in words, and what it deferred."""
        return self.waiting().filter(meeting__state=Meeting.State.PLANNED)

    def waiting(self) -> AgendaItemQuerySet:
        """Those that are carried(), and what waits where a meeting was called off and none was planned after it."""
        off = Q(meeting__state=Meeting.State.CANCELLED, meeting__topics_moved_to=None)
        left = Q(~COMES_BACK, continues__isnull=False, meeting__state=Meeting.State.PLANNED)
        found = self.to_move_on().filter(off | left)
        return found.select_related("meeting", "continues__meeting").order_by("pk")

    def to_move_on(self) -> AgendaItemQuerySet:
        """What persons have put on an agenda, or given a place or a presenter: it follows when the meeting is off."""
        standing = self.filter(removed=False).exclude(kind=AgendaItem.Kind.HEADING)
        return standing.order_by("heading__number", "position", "pk")

    def not_at(self, meeting: Meeting) -> AgendaItemQuerySet:
        """Those whose issue or action does not stand on the agenda of another meeting already, or was taken off it; nor
        what comes back there."""
        comes_back = AgendaItem.objects.filter(meeting=meeting, recurs_as=OuterRef("recurs_as"))
        return self.exclude(Exists(_about_the_same().filter(meeting=meeting))).exclude(Exists(comes_back))

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

    def with_presenters(self) -> AgendaItemQuerySet:
        """With who present each item, in the same query."""
        return self.annotate(presenters_told=presenters_of_each(AgendaItem.objects.all()))

    def for_lines(self) -> AgendaItemQuerySet:
        """In order, with what a line of the agenda tells, whether the item gives way to those under it, whether it is
        deferred, or is to be when the meeting closes, and whether anything is decided on it.
        """
        own = AgendaItem.objects.filter(pk=OuterRef("pk"))
        deferred, decided = Exists(own.filter(decisions__kind="defer")), Exists(own.filter(decisions__isnull=False))
        told = self.annotate(gives_way=_gives_way(), is_put_off=deferred, is_decided=decided)  # type: ignore[no-redef]
        about = ("issue", "action", "added_by", "moved_from", "continues__meeting")
        return told.select_related(*about).with_presenters().order_by("position", "pk")


def _about_the_same() -> AgendaItemQuerySet:
    """What is about the issue, or the action, of an item outside, or is the same recurring topic."""
    same_action = Q(action=OuterRef("action")) | Q(action=None, kind=OuterRef("kind"))
    same_issue = Q(same_action, issue=OuterRef("issue"), issue__isnull=False)
    return AgendaItem.objects.filter(same_issue | Q(recurs_as=OuterRef("recurs_as"), kind=OuterRef("kind")))


def _taken_up_elsewhere() -> AgendaItemQuerySet:
    """What an item outside need not come back for: it waits on an agenda, or a meeting since has come to it."""
    waits = Q(meeting__state__in=Meeting.COMING, continues__isnull=False)
    reached = Q(discussed_at__isnull=False) | Q(deferred=True)
    since = Q(GreaterThan(held("meeting__"), held("meeting__", OuterRef)), meeting__state=Meeting.State.CLOSED)
    return _about_the_same().filter(waits | (since & reached), removed=False)


def _gives_way() -> Q:
    """Whether an item is a heading by itself, with nothing written, beside which something stands under the heading.

    There is nothing to speak of but what was added. A heading that shows something of its own never gives way.
    """
    under = AgendaItem.objects.filter(meeting=OuterRef("meeting"), heading=OuterRef("heading"), removed=False)
    others = under.exclude(kind=AgendaItem.Kind.HEADING).filter(Q(issue=None) | Q(issue__restricted=False))
    unwritten = Q(kind=AgendaItem.Kind.HEADING, note="", discussed_at=None)
    return unwritten & ~Q(heading__rule__in=Heading.SHOW_THEIR_OWN) & Q(Exists(others))


@pghistory.track(exclude=["search_vector", "search_text"])
@guarded_by(fixed.ITEM, fixed.NONE_WHERE_CANCELLED)
class AgendaItem(Recurs, Versioned):
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
    minutes = models.PositiveSmallIntegerField("minuter", null=True, blank=True)
    raised_by = FreeLine("anmäld av", max_length=160, blank=True)  # who asked for it, of the group or from outside it
    purpose = models.CharField("syfte", max_length=20, choices=Heading.Purpose, blank=True)  # empty: the heading's
    registry_no = FreeLine("diarienummer", max_length=60, blank=True)
    removed = models.BooleanField(default=False, editable=False)
    again = models.BooleanField(default=False, editable=False)  # its issue stands at another item: put there by hand
    continues = models.OneToOneField(
        "self", models.PROTECT, related_name="continued_by", null=True, editable=False
    )  # the topic in words that another meeting did not reach, or what it deferred
    moved_from = models.ForeignKey(
        Meeting, models.PROTECT, related_name="moved_on", null=True, editable=False
    )  # the meeting that was called off, on whose agenda it stood
    came_at = models.DateTimeField(default=timezone.now, editable=False)  # onto this agenda, or when its cause arose
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    settled = models.BooleanField(default=False, editable=False)  # made of what the rules raised when the meeting began
    deferred = models.BooleanField(default=False, editable=False)  # its meeting closed having decided so
    is_put_off = False  # whether the meeting has decided to defer it; of items for_lines() alone
    is_decided = False  # whether the meeting has decided anything on it; the same
    issue_was = models.CharField(max_length=20, blank=True, editable=False)  # its state when the meeting closed

    note = FreeText("notering", max_length=8000, blank=True)
    note_version = models.PositiveIntegerField(default=0, editable=False)
    noted_by = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, editable=False)
    noted_at = models.DateTimeField(null=True, editable=False)
    discussed_at = models.DateTimeField("behandlad", null=True, editable=False)

    search_text = searchable_text("title", "note", "registry_no")
    search_vector = searchable_vector("title", "note", "registry_no")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "action"], condition=Q(action__isnull=False), name="action_once_on_an_agenda"
            ),
            models.UniqueConstraint(
                fields=["meeting", "issue"],
                condition=Q(issue__isnull=False, action__isnull=True, again=False),
                name="issue_once_on_an_agenda_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["heading", "topic"], issue=None, action=None)
                | Q(kind="issue", issue__isnull=False, action=None)
                | Q(kind="action", issue__isnull=False, action__isnull=False),
                name="agenda_item_is_what_its_kind_says",
            ),
            *RECURRING,
            models.CheckConstraint(condition=Q(again=False) | Q(kind="issue"), name="only_an_issue_stands_again"),
            DatabaseCheck(condition=Q(deferred=False) | Q(discussed_at=None), name="deferred_item_is_not_discussed"),
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
    def live_key(self) -> str:
        """The name that its line has where no item is stored; empty for what no rule raises."""
        return "" if self.again else live_key(*self.subject)

    @property
    def presented_by(self) -> list[ItemPresenter]:
        """Who present it, in their order: as they were read with it, else asked now."""
        told = self.__dict__.get("presenters_told")
        if told is None:
            asked = AgendaItem.objects.filter(pk=self.pk).with_presenters().first()
            told = asked.__dict__["presenters_told"] if asked else []
        return [ItemPresenter(**facts) for facts in told]

    @property
    def is_for(self) -> str:
        """What it is for, in a word: its own purpose, else its heading's. Empty where neither is said."""
        return str(self.get_purpose_display() or self.heading.get_purpose_display())

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
        return how_it_was_left(is_discussed=self.is_discussed, note=self.note, is_deferred=self.deferred)

    @property
    def why_it_comes_back(self) -> str:
        """That an earlier meeting deferred it: Bordlagd på mötet 11 november. Of one for_lines()."""
        left = self.continues
        if left is None or not left.deferred:
            return ""
        where = meeting_in_passing(left.meeting.day, is_extra=left.meeting.is_extra, today=timezone.localdate())
        return f"{left.how_it_was_left} på {where}."

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
        """Lock the meeting, which must be open, and read the item anew. Raises Conflict, NotAllowed."""
        self.meeting.lock_while_open(ONLY_THEN)
        self.refresh_from_db(from_queryset=AgendaItem.objects.select_related("meeting", "heading", "issue", "noted_by"))
        self.ensure_standing()

    def ensure_standing(self) -> None:
        """Raise Conflict where it is removed from the agenda."""
        if self.removed:
            gone = f"Punkten är borttagen från dagordningen ({self.last_saved()})."
            raise Conflict(f"{gone} Sätt tillbaka den och spara igen.")

    # Private

    def _mark(self, discussed_at: datetime | None, *, by: Actor) -> None:
        self.lock_in_meeting()
        if discussed_at != self.discussed_at:
            self.save(update_fields=self.set({"discussed_at": discussed_at}, by=by))
