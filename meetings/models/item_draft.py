from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

import pghistory
from django.db import models, transaction
from django.db.models import OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from base.records import Attribution, Conflict, EditConflict, FreeLine, FreeText, NotAllowed, Timestamped
from base.records.guards import guarded_by
from base.records.masked import MASKED_MEANWHILE, is_masked_since
from base.records.said_day import LONGEST_WORDS
from issues.models import Action
from meetings.models import fixed
from meetings.models.agenda import MERGE, ONLY_THEN, AgendaItem
from meetings.models.draft_words import chosen_in_words
from meetings.models.meeting import Meeting
from members.actor import Actor
from members.models import Member, Organisation

CODE = re.compile(r"[\w-]{1,40}", re.ASCII)
MOST = 100
"""How many choices a part keeps at most: more than there are organisations."""
CHANNEL = "channel"
SAVED = 1
"""The version of an empty draft that was left by what was saved untyped: one that was typed and emptied has a later."""
OF_STEPS = ("accepted", "done", "declined", "question", "passed_on")
OF_ANSWERS = ("answer", *OF_STEPS)
GONE = "Punkten finns inte längre: starten av mötet ångrades. Det du skrev är inte sparat."
NOTHING = "Ingenting. Utkastet är tömt eller redan sparat."


class DraftConflict(EditConflict):
    """Refusal of a draft that somebody else has written in meanwhile, with that text and version."""

    def __init__(self, draft: ItemDraft, written_on: int) -> None:
        masked = MASKED_MEANWHILE if is_masked_since(draft, written_on) else ""
        last = draft.attribution
        is_masked_alone = masked and draft.version == written_on + 1
        came = "" if is_masked_alone else f"{last.who} ändrade utkastet {last.when}, medan du skrev."
        super().__init__(" ".join(filter(None, (came, masked, MERGE))))
        self.key, self.version, self.theirs = draft.key, draft.version, draft.words or NOTHING


class ItemDraftQuerySet(models.QuerySet["ItemDraft"]):
    def filled(self) -> ItemDraftQuerySet:
        """Those with something that became neither a note, a decision, an action, an answer nor an issue."""
        return self.exclude(~Q(part__in=ItemDraft.CHOSEN_ALONE) | Q(choices={}), **dict.fromkeys(ItemDraft.COLUMNS, ""))

    def left_at(self, meeting: Meeting, items: models.QuerySet[AgendaItem]) -> ItemDraftQuerySet:
        """The filled ones at a meeting, of these items, in the agenda's order."""
        own = self.filled().filter(item__meeting=meeting, item__in=items.values("pk"))
        in_order = own.order_by("item__heading__number", "item__position", "item", "pk")
        return in_order.with_related()

    def with_related(self) -> ItemDraftQuerySet:
        """With what names them; what an answer is to, whose it is, and whom it is passed on to."""
        named = Organisation.objects.annotate(key=Cast("pk", models.TextField())).filter(key=OuterRef("passed_to"))
        read = self.annotate(passed_to=KeyTextTransform(0, "choices__to"))
        read = read.annotate(receiver=named.values("name"))  # type: ignore[no-redef]  # beforehand, of each
        return read.select_related("item", "written_by", "action", "organisation")


@pghistory.track()
@guarded_by(fixed.DRAFT_KEPT)
class ItemDraft(Timestamped):
    """Ett utkast på en punkt: what is typed in the room and not saved yet as what it is to become.

    One for each part of the item's form, one for each answer at the table, and one for each step of the answer to what
    was asked before the meeting. Kept as one types over the version it was written on. It has no effect, and is written
    when the meeting has closed as well: what was typed then is read by those who write, and stands in no minutes. When
    it is saved it is emptied and its row stands.
    """

    deletable = True  # emptied, with an item that the rules raise again

    class Part(models.TextChoices):
        DECISION = "decision", "Beslut"
        ACTION = "action", "Ny åtgärd"
        ISSUE = "issue", "Ärende av punkten"
        ANSWER = "answer", "Svar vid bordet"
        OPENS = "opens", "Nytt ärende"
        PRIORITY = "priority", "Prioritet"
        NOTE = "note", "Notering"
        ACCEPTED = "accepted", "Ja"
        DONE = "done", "Redan gjort"
        DECLINED = "declined", "Nej, inte nu"
        QUESTION = "question", "Begär komplettering"
        PASSED_ON = "passed_on", "Skicka vidare"

    STEPS: ClassVar[tuple[str, ...]] = OF_STEPS
    """Those of an answer to what was asked before the meeting: each is a form of its own."""
    ANSWERS: ClassVar[tuple[str, ...]] = OF_ANSWERS
    """Those that are an organisation's answer to an action."""
    TEXTS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        Part.DECISION: ("text", "to", "feedback", "despite"),
        Part.ACTION: ("what", "why", "wished_words"),
        Part.ANSWER: ("text", "next_step", "planned_words"),
        Part.ISSUE: ("title",),
        Part.OPENS: ("opens",),
        Part.PRIORITY: (),
        Part.NOTE: ("note",),
        Part.ACCEPTED: ("text", "external_ref", "planned_words"),
        Part.DONE: ("note",),
        Part.DECLINED: ("text", "next_step"),
        Part.QUESTION: ("text",),
        Part.PASSED_ON: ("text",),
    }
    """The columns of each part, by the names that the texts have in the form."""
    CHOICES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        Part.DECISION: ("kind", "lifts", "outcome"),
        Part.ACTION: ("responsible", "answer_due", "others", "wished", "term", "supporting"),
        Part.ANSWER: ("kind", "planned", "reason", "to"),
        Part.PRIORITY: ("need", "influence"),
        Part.ACCEPTED: ("planned", "other_day", "cost_band", "budget_year", "channel"),
        Part.DONE: ("done_on", "channel"),
        Part.DECLINED: ("reason", "channel"),
        Part.QUESTION: ("channel",),
        Part.PASSED_ON: ("to", "channel"),
    }
    """What is chosen beside the texts, and kept as the form sends it. Whoever chose last is right: no text is lost."""
    CHOSEN_ALONE: ClassVar[tuple[str, ...]] = (*ANSWERS, Part.PRIORITY)
    """Where what is chosen says something without words, and is written over by nobody who has not read it."""
    COLUMNS: ClassVar[tuple[str, ...]] = tuple(dict.fromkeys(name for names in TEXTS.values() for name in names))

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="drafts", db_index=False)
    part = models.CharField(max_length=10, choices=Part)
    action = models.ForeignKey(Action, models.PROTECT, related_name="+", null=True, editable=False)  # that is answered
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, editable=False)  # whose
    text = FreeText("beslut eller svar", max_length=2000, blank=True)
    to = FreeLine("till vem", max_length=120, blank=True)
    feedback = FreeText("återkoppling", max_length=500, blank=True)
    despite = FreeLine("varför trots öppna åtgärder", max_length=500, blank=True)
    what = FreeLine("åtgärd", max_length=160, blank=True)
    why = FreeText("varför", max_length=4000, blank=True)
    wished_words = FreeLine("önskas klart", max_length=LONGEST_WORDS, blank=True)
    next_step = FreeText("nästa steg", max_length=1000, blank=True)
    planned_words = FreeLine("planerat klart", max_length=LONGEST_WORDS, blank=True)
    external_ref = FreeLine("deras ärendenummer", max_length=60, blank=True)
    title = FreeLine("ärendets rubrik", max_length=120, blank=True)
    opens = FreeLine("det nya ärendets rubrik", max_length=120, blank=True)
    note = FreeText("notering", max_length=8000, blank=True)
    choices = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ItemDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "part", "action"], nulls_distinct=False, name="one_draft_for_each_part_of_an_item"
            ),
            models.CheckConstraint(
                condition=Q(part__in=OF_ANSWERS, action__isnull=False, organisation__isnull=False)
                | ~Q(part__in=OF_ANSWERS) & Q(action=None, organisation=None),
                name="draft_of_an_answer_says_to_what_and_whose",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    # Questions

    @staticmethod
    def key_of(part: str, action: int | None = None) -> str:
        """Names a draft among those of its item, as the form names its part: decision, answer_12."""
        return f"{part}_{action}" if action else part

    @property
    def key(self) -> str:
        return self.key_of(self.part, self.action_id)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that a draft of its part uses."""
        return self.TEXTS[self.part]

    @cached_property
    def receiver(self) -> str:
        """The name of the organisation that an answer passes it on to; of many drafts read by `with_related`."""
        to = next(iter(self.choices.get("to", ())), "")
        found = Organisation.objects.filter(pk=to).first() if to.isdecimal() and len(to) < 10 else None
        return str(found or "")

    @property
    def words(self) -> str:
        """What is chosen, where that says something alone, and what is written, one under another."""
        return "\n".join(filter(None, (self.chosen, self.typed)))

    @property
    def chosen(self) -> str:
        """What is chosen, in words, where that says something alone: Avböjer, ryms inte i budget."""
        return chosen_in_words(self.choices, receiver=self.receiver) if self.part in self.CHOSEN_ALONE else ""

    @property
    def typed(self) -> str:
        """What is written, one under another."""
        return "\n".join(filter(None, (getattr(self, name) for name in self.names)))

    @property
    def called(self) -> str:
        """Its part in words: Beslut, Svar från Tekniska förvaltningen, Svar från Polisen: Nej, inte nu."""
        if self.part not in self.ANSWERS:
            return self.get_part_display()
        step = f": {self.get_part_display()}" if self.part in self.STEPS else ""
        return f"Svar från {self.organisation}{step}"

    @property
    def has_text(self) -> bool:
        return any(getattr(self, name) for name in self.names)

    @property
    def is_filled(self) -> bool:
        """As filled() asks the database."""
        return self.has_text or (self.part in self.CHOSEN_ALONE and bool(self.choices))

    def is_of_concern(self, version: int, *, is_saved: bool) -> bool:
        """Whether a form that is sent, over that version, has to do with it: there is something to empty, or another
        has saved what is to be saved now. One of `note_saved` has nothing that anybody has typed."""
        was_typed = self.version > SAVED
        return bool(self.choices) or self.has_text or (is_saved and was_typed and self.version != version)

    @property
    def attribution(self) -> Attribution:
        return Attribution(str(self.written_by), self.written_at)

    @classmethod
    def left_on(cls, item: AgendaItem) -> bool:
        """Whether something is typed on the item and not saved. A verb that asks locks the item first."""
        return cls.objects.filled().filter(item=item).exists()

    # Verbs

    @classmethod
    def lock_with_meeting(cls, item: AgendaItem) -> AgendaItem:
        """The item, locked as its meeting is before it: that may be closing, and what is kept is told of there or late.

        Whoever changes an issue or an action as well does it after, for so does the item's form.
        """
        item.meeting.lock()
        return cls._lock_item(item)

    @classmethod
    @transaction.atomic
    def keep(
        cls,
        item: AgendaItem,
        part: str,
        *,
        texts: Mapping[str, str],
        chosen: Mapping[str, list[str]],
        version: int,
        action: Action | None = None,
        organisation: Organisation | None = None,
        by: Actor,
        at: datetime | None = None,
    ) -> ItemDraft:
        """Keep what is typed in a part of the item's form; of an answer to an action, of whose `organisation` it is:
        the one that has it now, unless it is said.

        Raises DraftConflict when another has typed meanwhile, Conflict where the item is removed, at which nobody would
        look for it, and NotAllowed before the meeting.
        """
        standing = cls.lock_with_meeting(item)
        if item.meeting.is_under_way:
            standing.ensure_standing()
        whose = organisation or (action.current.organisation if action else None)
        draft = cls._locked(item, part, action, whose, by=by)
        if not (item.meeting.is_under_way or item.meeting.is_closed):
            raise NotAllowed(item.meeting.refusal(ONLY_THEN))
        choices = cls._saying(part, texts, _codes(chosen, cls.CHOICES.get(part, ())))
        is_same = draft._says(texts, choices) and draft.organisation_id == (whose and whose.pk)
        if not is_same and draft.version != version and not draft._is_left_to(by):
            raise DraftConflict(draft, version)
        if not is_same or draft.choices != choices:
            facts = {**texts, "choices": choices, "organisation": whose}
            draft._write({**facts, "version": draft.version + (not is_same)}, by=by, at=at)
        return draft

    @classmethod
    @transaction.atomic
    def use(
        cls,
        item: AgendaItem,
        part: str,
        *,
        version: int,
        action: Action | None = None,
        saved: Mapping[str, Any] | None = None,
        chosen: Mapping[str, list[str]] | None = None,
        by: Actor,
        at: datetime | None = None,
    ) -> None:
        """Empty the draft whose form is sent, if there is one: it is `saved` now with what is `chosen`, or taken out by
        her who saw it.

        Raises DraftConflict when what is to be saved was written over by another, in other words; a draft that she has
        neither seen nor written stands.
        """
        cls._lock_item(item)
        draft = cls.objects.select_for_update().filter(item=item, part=part, action=action).first()
        if draft is None:
            return
        choices = _codes(chosen or {}, cls.CHOICES.get(part, ()))
        if CHANNEL not in draft.choices:  # it is sent hidden, and so not kept, where they are noted as here
            choices.pop(CHANNEL, None)
        if draft.version != version and not (saved and draft.is_filled and draft._says(saved, choices)):
            if saved:
                raise DraftConflict(draft, version)
            return
        if draft.is_filled or draft.choices:
            empty: dict[str, Any] = dict.fromkeys(draft.names, "")
            draft._write(empty | {"choices": {}, "version": draft.version + 1}, by=by, at=at)

    @classmethod
    def note_saved(cls, item: AgendaItem, parts: Iterable[str], *, by: Actor, at: datetime | None = None) -> None:
        """Leave an empty draft of each part that is saved and had none; the item is locked.

        What was typed in it and comes later, for its answer was lost, is over that: it does not come back.
        """
        facts: dict[str, Any] = {"version": SAVED, "written_by": by.member, "written_at": at or timezone.now()}
        cls.objects.bulk_create(cls(item=item, part=part, **facts) for part in parts)

    # Private

    @classmethod
    def _locked(
        cls, item: AgendaItem, part: str, action: Action | None, whose: Organisation | None, *, by: Actor
    ) -> ItemDraft:
        """The draft, locked; its item is."""
        known = {"item": item, "part": part, "action": action}
        draft, is_new = cls.objects.get_or_create(**known, defaults={"written_by": by.member, "organisation": whose})
        if not is_new:
            draft.lock()
        return draft

    @classmethod
    def _saying(cls, part: str, texts: Mapping[str, str], choices: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
        """The choices; none where a part in which they count without words would be filled and say nothing."""
        says = part not in cls.CHOSEN_ALONE or any(texts.values()) or chosen_in_words(choices)
        return choices if says else {}

    @staticmethod
    def _lock_item(item: AgendaItem) -> AgendaItem:
        """The item, locked before its drafts: two may be the first to write in one, or one while it is removed."""
        found = AgendaItem.objects.select_for_update(no_key=True).filter(pk=item.pk).first()
        if found is None:
            raise Conflict(GONE)
        return found

    def _says(self, texts: Mapping[str, Any], choices: Mapping[str, list[str]]) -> bool:
        """Whether it says this and nothing else; what is sent while the script keeps it is the same."""
        is_same = all(getattr(self, name) == texts.get(name, "") for name in self.names)
        return is_same and (self.part not in self.CHOSEN_ALONE or self.choices == choices)

    def _is_left_to(self, by: Actor) -> bool:
        """Whether it is a note that came too late, of a page that may know of no draft: its writer goes on with it."""
        return self.part == self.Part.NOTE and (not self.is_filled or self.written_by == by.member)

    def _write(self, facts: Mapping[str, Any], *, by: Actor, at: datetime | None = None) -> None:
        for name, value in {**facts, "written_by": by.member, "written_at": at or timezone.now()}.items():
            setattr(self, name, value)
        self.__dict__.pop("receiver", None)
        self.save_checked()


def _codes(chosen: Mapping[str, Iterable[str]], names: Iterable[str]) -> dict[str, list[str]]:
    """What is chosen under these names: codes, numbers and days, never words."""
    kept = {name: [value for value in chosen.get(name, ()) if CODE.fullmatch(value)][:MOST] for name in names}
    return {name: values for name, values in kept.items() if values}
