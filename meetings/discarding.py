"""Throwing away a correction of minutes: all that it changed is as the latest version says, and nobody is mailed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from base.records import EditConflict
from issues.models import Action, Issue
from meetings.approvers import approvers_of, strike_approvers, struck_approvers
from meetings.correcting import correction, end_discarded, lock_correction
from meetings.deciding import withdraw
from meetings.models import (
    AgendaItem,
    AnnexPart,
    Approver,
    BeforeCorrection,
    Decision,
    ItemDraft,
    Meeting,
    Minutes,
    RoundNote,
)
from members.actor import Actor
from members.models import Member

MORE_SINCE = "Rättelsen är inte slängd, för mer har ändrats sedan du läste sidan. Läs igen, och släng om det stämmer."
WHY = "Rättelsen av mötet slängdes."

Content = dict[str, Any]
Words = Mapping[Hashable, str]


@dataclass(frozen=True)
class Stays:
    """What a correction has done that is not thrown away with it: it stands on pages of its own."""

    issues: list[Issue] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    approvers: list[Approver] = field(default_factory=list)  # who stay so no longer, for no version has them there
    drafts: list[ItemDraft] = field(default_factory=list)  # typed at a point, and never saved

    @classmethod
    def of(cls, meeting: Meeting, member: Member) -> Stays:
        """The issues that points have become, what its new decisions ask for and somebody has proposed meanwhile, and
        what is typed and not saved; of what she may know of."""
        stood = BeforeCorrection.objects.filter(meeting=meeting).first()
        items = _items(meeting, member).exclude(issue=None).select_related("issue") if stood else ()
        made = [item.issue for item in items if item.issue and stood and not stood.of_item(item)["issue_id"]]
        new = _decisions(meeting, member).filter(serial=None).with_actions()
        proposed = [action for decision in new for action in decision.actions.all() if action.is_carried]
        latest = Minutes.objects.of(meeting).latest_first()[0]
        drafts = ItemDraft.objects.left_at(meeting, AgendaItem.objects.visible_to(member))
        return cls(made, proposed, _approvers_gone(meeting, latest.as_masked), list(drafts))


@transaction.atomic
def discard_correction(meeting: Meeting, *, by: Actor, seen: str = "", at: datetime | None = None) -> None:
    """End a correction with nothing of what it changed, as far as she may know of it.

    What somebody else has changed about something restricted, that she may not know of, takes effect all the same, as
    when she calls one off. Raises Conflict when none is open, EditConflict when more is changed than what was `seen`.
    """
    lock_correction(meeting)
    at = at or timezone.now()
    found = correction(meeting)
    if seen and seen != found.known_to(by.member).seen:
        raise EditConflict(MORE_SINCE)
    stood = BeforeCorrection.objects.select_related("meeting").get(meeting=meeting)
    for decision in _decisions(meeting, by.member).filter(serial=None):
        withdraw(decision, why=WHY, by=by, at=at)
    content: Content = found.latest.as_masked
    notes = _notes([content, *(part.as_masked for part in _parts(meeting, by.member))])
    for item in _items(meeting, by.member):
        _restore_item(item, stood.of_item(item), notes, by=by, at=at)
    _decisions(meeting, by.member).struck().update(struck_at=None, updated_at=at)
    _restore_round(meeting, content, by=by, at=at)
    stood.restore_attendance(by=by, at=at)
    meeting.save(update_fields=meeting.set(stood.of_meeting | {"place": content["place"]}, by=by))
    strike_approvers(meeting, content, by=by)
    end_discarded(meeting, by=by, at=at)


def _approvers_gone(meeting: Meeting, content: Content) -> list[Approver]:
    """Those chosen to approve who may by the correction alone."""
    return [one for one, _ in struck_approvers(approvers_of(meeting), content)]


def _items(meeting: Meeting, member: Member) -> Any:
    """The items that she may know of, whatever her part in the meeting."""
    return AgendaItem.objects.at(meeting).exclude(Issue.hidden_from(member, "issue")).order_by("pk")


def _decisions(meeting: Meeting, member: Member) -> Any:
    """The decisions at them, those that are struck with the rest."""
    return Decision.with_struck.filter(item__in=_items(meeting, member).order_by()).order_by("pk")


def _parts(meeting: Meeting, member: Member) -> Iterable[AnnexPart]:
    return AnnexPart.objects.visible_to(member).of(meeting).standing().latest_of_each()


def _notes(contents: Iterable[Content]) -> Words:
    """What was noted at each item, by its key; what older versions tell of one by its issue and title."""
    items = [item for content in contents for heading in content["headings"] for item in heading["items"]]
    return {item.get("key") or (item["of"], item["title"]): item["note"] for item in items}


def _restore_item(item: AgendaItem, stood: dict[str, Any], notes: Words, *, by: Actor, at: datetime) -> None:
    changed = {name: value for name, value in stood.items() if getattr(item, name) != value}
    if changed.pop("note_version", item.note_version) != item.note_version:
        unsaid = "" if item.is_heading else item.note  # one by itself at which nothing is noted stands in no version
        note = notes.get(item.pk, notes.get((item.issue_id, item.title), unsaid))
        if note != item.note:
            noted = {"note": note, "note_version": item.note_version + 1, "noted_by": by.member, "noted_at": at}
            changed |= noted
    if changed:
        item.save(update_fields=item.set(changed, by=by))
    if "issue_id" in changed:
        Decision.with_struck.filter(item=item).update(issue=changed["issue_id"], updated_at=at)


def _restore_round(meeting: Meeting, content: Content, *, by: Actor, at: datetime) -> None:
    """What each organisation said, as the version has it."""
    said = [one for heading in content["headings"] for one in heading.get("said", [])]
    words = {one.get("key") or one["organisation"]: one["text"] for one in said}
    for note in RoundNote.objects.filter(item__meeting=meeting).select_related("item", "organisation").order_by("pk"):
        text = words.get(note.organisation_id, words.get(str(note.organisation), ""))
        if text != note.text:
            RoundNote.write(note.item, note.organisation, text=text, version=note.version, by=by, at=at)
