"""What is typed in the room and not saved yet: kept as one types, and what becomes of it when the form is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.ui.fields import VersionField, field_of
from issues.models import Action, Issue
from meetings.forms.kept import KeptForm, as_version
from meetings.forms.note import ItemNoteForm
from meetings.models import AgendaItem, DraftConflict, ItemDraft, NoteConflict, RoundNote
from meetings.models.draft_words import UNJUDGED
from members.actor import Actor
from members.models import Member

Part = ItemDraft.Part
LATE = "Mötet är avslutat. Det du skrev är inte med i {}, men ligger kvar på punkten."


def form_parts(item: AgendaItem) -> dict[str, bool]:
    """Which parts the form of the item has: the one place where that is said. An answer's are its row's."""
    issue: Issue | None = item.issue
    is_live = not item.meeting.is_being_corrected  # which puts right what was said, and takes up nothing else
    return {
        Part.DECISION: True,
        Part.ACTION: (issue is None or not issue.is_closed) and not item.meeting.is_on_paper,
        Part.ISSUE: issue is None and not RoundNote.is_asked_at(item),
        Part.OPENS: is_live and (issue is not None or item.is_heading),  # a point in words becomes an issue itself
        Part.PRIORITY: is_live and issue is not None and issue.is_open,
    }


def judged_as(issue: Issue) -> str:
    """Names how an issue is judged, for a form to carry."""
    return f"{issue.need or ''}-{issue.influence or ''}"


def chosen_as(facts: Mapping[str, Any]) -> str:
    """The same of what is chosen."""
    return f"{facts.get('need') or ''}-{facts.get('influence') or ''}"


def chosen_degrees(issue: Issue, sent: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is chosen of the priority, as a draft keeps it: also that what was judged is so no more."""
    stands = {"need": issue.need, "influence": issue.influence}
    return {name: [sent.get(name) or (UNJUDGED if degree else "")] for name, degree in stands.items()}


def name_of(action: int | None, part: str = "") -> str:
    """The name of a field of an answer at the table: answer_12, answer_12_text. What it answers has that key."""
    key = ItemDraft.key_of(Part.ANSWER, action)
    return key if part in ("", "kind") else f"{key}_{part}"


class ItemDraftForm(KeptForm):
    """Keeps what is typed in one part of an item's form; the guard asks about it when it is saved for good."""

    LATE_MARK: ClassVar[str] = "u"
    """Before the version of a late note, which a script sends with its next saving: no version of the note itself."""

    about_persons = ItemDraft.COLUMNS  # it tells of them in the field, as one writes

    text = field_of(ItemDraft, "text", required=False)
    to = field_of(ItemDraft, "to", required=False)
    feedback = field_of(ItemDraft, "feedback", required=False)
    despite = field_of(ItemDraft, "despite", required=False)
    what = field_of(ItemDraft, "what", required=False)
    why = field_of(ItemDraft, "why", required=False)
    wished_words = field_of(ItemDraft, "wished_words", required=False)
    title = field_of(ItemDraft, "title", required=False)
    opens = field_of(ItemDraft, "opens", required=False)
    note = field_of(ItemDraft, "note", required=False)

    external_ref = field_of(ItemDraft, "external_ref", required=False)
    next_step = field_of(ItemDraft, "next_step", required=False)
    planned_words = field_of(ItemDraft, "planned_words", required=False)

    def __init__(
        self, *args: Any, item: AgendaItem, part: str, by: Member, action: Action | None = None, **kwargs: Any
    ) -> None:
        self.item, self.part, self.by = item, part, by
        self.draft = ItemDraft(item=item, part=part, action=action)
        super().__init__(*args, **kwargs)
        for name in {*ItemDraft.COLUMNS}.difference(self.draft.names):
            del self.fields[name]

    @property
    def text_field(self) -> str:
        return next(iter(self.draft.names), "")

    def add_prefix(self, field_name: str) -> str:
        """The field's name in the page, where several answers stand beside one another."""
        is_of_answer = self.draft.action_id and field_name in (*self.draft.names, *self._chosen)
        return self.named(field_name) if is_of_answer else super().add_prefix(field_name)

    def named(self, part: str) -> str:
        """The name of a field of an answer in the page."""
        return name_of(self.draft.action_id, part)

    @property
    def newest(self) -> str:
        return self._as_sent(self.draft.version)

    @property
    def written_on(self) -> int:
        version = as_version(self.cleaned_data["version"].removeprefix(self.LATE_MARK))
        return version if self.cleaned_data["version"] == self._as_sent(version) else 0

    def save(self) -> ItemDraft:
        """Keep it. Raises DraftConflict, and NotAllowed before the meeting."""
        texts, chosen = self.typed()
        typed: dict[str, Any] = {"texts": texts, "chosen": chosen, "version": self.written_on}
        about: dict[str, Any] = {"action": self.draft.action, "organisation": self.draft.organisation}
        self.draft = ItemDraft.keep(self.item, self.part, by=Actor.of(self.by), **about, **typed)
        return self.draft

    def receipt(self, saved: Any) -> str:
        """Nothing of a draft that has nothing to come back to, as when the kind of a decision alone is chosen."""
        if not self.draft.is_filled:
            return ""
        if self.item.meeting.is_over:
            return LATE.format(self.by.group.minutes.definite)
        return f"Utkastet är sparat {timezone.localtime():%H.%M}."

    def refuse(self, error: ValidationError) -> None:
        """Add the refusal; after a conflict with the other's text, so that the next saving is over it."""
        if isinstance(error, DraftConflict):
            self.initial["version"], self.theirs = self._as_sent(error.version), error.theirs
        super().refuse(error)

    def typed(self) -> tuple[dict[str, str], dict[str, list[str]]]:
        """The texts and what is chosen, as they are sent."""
        texts = {name: self.cleaned_data.get(name, "") for name in self.draft.names}  # what is refused is none
        sent: Any = self.data
        chosen = {name: sent.getlist(self.add_prefix(name)) for name in self._chosen}
        if self.part == Part.PRIORITY and (issue := self.item.issue):  # what stands already is nothing chosen
            chosen = chosen_degrees(issue, sent) if chosen_as(sent) != judged_as(issue) else {}
        return texts, chosen

    @property
    def _chosen(self) -> tuple[str, ...]:
        return ItemDraft.CHOICES.get(self.part, ())

    def _as_sent(self, version: int) -> str:
        return f"{self.LATE_MARK if self.part == Part.NOTE else ''}{version}"


class DraftedFields(ItemNoteForm):
    """The drafts of an item in its form: what stands in them fills the fields, and is emptied when it is saved.

    Each has a key among those of the item, `ItemDraft.key`, by which its version, its fields and its refusal are named.
    """

    FILLED: ClassVar[dict[str, str]] = {
        Part.DECISION: "text",
        Part.ACTION: "what",
        Part.ISSUE: "title",
        Part.OPENS: "opens",
        Part.PRIORITY: "need",
    }
    """Of each part of the form the field that a refusal is shown at."""

    decision_version = VersionField()
    action_version = VersionField()
    issue_version = VersionField()

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        self.has = form_parts(item)
        self.drafts = {draft.key: draft for draft in item.drafts.with_related()}
        self.their_drafts: dict[str, str] = {}
        initial: dict[str, Any] = {}
        for key, draft in self.drafts.items():
            initial |= {f"{key}_version": str(draft.version)} if draft.part != Part.NOTE else {}
        super().__init__(*args, item=item, initial=initial, **kwargs)
        if self.is_bound:  # shown again it is about the same versions: she has seen no other
            self.initial.update({f"{part}_version": self._posted(f"{part}_version") for part in self.FILLED})
            return  # and what is kept is no more than what is sent: the guard has asked about none of it
        for draft in self.drafts.values():
            if draft.part in self.FILLED:
                self.initial.update(self._shown(draft))

    def use_drafts(self, saved: Mapping[str, bool]) -> None:
        """Empty the drafts of what is sent: what is saved, and what she has taken out. Raises DraftConflict.

        What came too late for the meeting that is open again is emptied when it stands in the note.
        """
        by = Actor.of(self.by)
        kept = self.kept_now() if any(saved.values()) else self.drafts
        self._discard_steps(by)
        for part, is_saved in saved.items():
            version = as_version(self.cleaned_data.get(f"{part}_version", ""))
            if part in kept and kept[part].is_of_concern(version, is_saved=is_saved):
                sent: Any = {"saved": self.cleaned_data, "chosen": self._chosen_in(part)} if is_saved else {}
                ItemDraft.use(self.item, part, version=version, by=by, **sent)
        if untyped := [part for part, is_saved in saved.items() if is_saved and part not in kept]:
            ItemDraft.note_saved(self.item, untyped, by=by)
        late = self.late_note
        if late and late.note in self.cleaned_data["note"]:
            ItemDraft.use(self.item, Part.NOTE, version=late.version, by=by)

    def kept_now(self) -> dict[str, ItemDraft]:
        """The drafts as they are now that the item is locked: more may have been kept since the form was read."""
        return {draft.key: draft for draft in self.item.drafts.select_related("action")}

    def _discard_steps(self, by: Actor) -> None:
        """Empty those of the answer to what was asked before that she takes out here: they have forms of their own."""
        for key, draft in self.drafts.items():
            if draft.part in ItemDraft.STEPS and f"{key}_version" in self.data:
                version = as_version(self._posted(f"{key}_version"))
                ItemDraft.use(self.item, draft.part, action=draft.action, version=version, by=by)

    @property
    def unsent_told(self) -> str:
        """That an answer which is still asked for is typed at the item and not sent: its own button sends it."""
        steps = [(key, draft) for key, draft in self.drafts.items() if draft.part in ItemDraft.STEPS]
        left = [draft for key, draft in steps if draft.is_filled and f"{key}_version" not in self.data]
        known = Action.objects.with_current()
        action = known.filter(pk=self.item.action_id).first() if left and self.item.action_id else None
        asked = action.current.organisation if action and action.is_asked else None
        is_theirs = any(draft.organisation == asked for draft in left)
        return f"Svaret från {asked} är inte skickat, utan ligger kvar som utkast på punkten." if is_theirs else ""

    @property
    def late_note(self) -> ItemDraft | None:
        """What was typed in the note when the meeting had closed."""
        late = self.drafts.get(Part.NOTE)
        return late if late and late.is_filled else None

    @property
    def without_field(self) -> list[ItemDraft]:
        """What was typed in a part that the item's page has no longer: it has become an issue, or that has ended."""
        return [draft for draft in self.drafts.values() if draft.is_filled and not self.has.get(draft.part, True)]

    def thrown_away(self) -> list[str]:
        """What she takes out by its button of what no field shows, each with its words: nothing typed is lost."""
        sent = [draft for draft in self.without_field if f"{draft.key}_version" in self.data]
        seen = [draft for draft in sent if draft.version == as_version(self._posted(f"{draft.key}_version"))]
        return [f"{draft.called}: ”{draft.words}”" for draft in seen]

    def refuse(self, error: ValidationError) -> None:
        """Add the refusal; after a conflict with both texts, so that the next saving is over it, and over no other."""
        if not isinstance(error, NoteConflict):
            self.initial["version"] = self._posted("version")
        if isinstance(error, DraftConflict):
            self.initial[f"{error.key}_version"] = str(error.version)
            self.their_drafts[error.key] = error.theirs
            named = self.FILLED.get(error.key, error.key)
            self.add_error(named if named in self.fields else None, error)
        else:
            super().refuse(error)

    def _chosen_in(self, part: str) -> dict[str, list[str]]:
        if part == Part.PRIORITY and (issue := self.item.issue):
            return chosen_degrees(issue, self.data)
        return {name: [self.data.get(name) or ""] for name in ItemDraft.CHOICES.get(part, ())}

    def _posted(self, version: str) -> str:
        """The version of a text that the page showed, as it was sent."""
        return self.data.get(version) or "0"

    def _shown(self, draft: ItemDraft) -> dict[str, Any]:
        """The draft's values as the fields show them; what is chosen beside no words is told of by nothing there."""
        many = {name for name, field in self.fields.items() if isinstance(field, forms.ModelMultipleChoiceField)}
        chosen = draft.choices if draft.is_filled else {}
        shown = {name: values if name in many else values[0] for name, values in chosen.items()}
        shown = {name: "" if value == UNJUDGED else value for name, value in shown.items()}
        texts = {name: getattr(draft, name) for name in draft.names}
        if "wished" in shown or texts.pop("wished_words", ""):
            shown["wished"] = [shown.get("wished", ""), draft.wished_words]
        return texts | shown
