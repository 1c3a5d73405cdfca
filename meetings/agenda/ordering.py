"""The verbs that change an agenda: add, remove, restore and move a line, and name its presenter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Issue
from issues.models.fixed import RESTORE_FIRST
from meetings.agenda.building import agenda, settle_heading, store_heading
from meetings.agenda.lines import AgendaHeading, AgendaLine, live_key
from meetings.agenda.rules import proposals, rule_of
from meetings.calling import called_at
from meetings.models import AgendaItem, Heading, Meeting
from members.actor import Actor
from members.models import Member

CLOSED = "Dagordningen kan inte ändras."
GONE = "Punkten står inte längre på dagordningen."
PLACE_GONE = "Platsen finns inte längre på dagordningen. Välj en annan."
STANDS_ELSEWHERE = "”{}” står inte längre dit du flyttade den, utan som punkt {}. Inget är ändrat."
NOT_ENDED = "Ärendet är inte avslutat, så det kan inte stå under {}. Välj en annan rubrik."
PUT_BACK = "Den borttagningen är redan ångrad. Inget är ändrat."  # and maybe the line was removed again since


class Removed(NamedTuple):
    """The item of a removed line, and the key of the line that one goes on at: the next, else the one before.

    `before` where somebody had removed it already, or the same one tapped twice.
    """

    item: AgendaItem
    beside: str
    before: bool = False


class Moved(NamedTuple):
    """A line where it was moved to, and the place it had; None where it stood there already."""

    line: AgendaLine
    stood: str | None


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    by: Actor,
    heading: str | None = None,
    title: str = "",
    issue: Issue | None = None,
    presenter: Member | None = None,
    minutes: int | None = None,
    at: datetime | None = None,
) -> AgendaItem:
    """Put an issue, or a topic in words, on the agenda. What was removed comes back.

    Without the key of a heading an issue stands where its rule puts it, a topic under the last free heading.
    Raises ValidationError when the issue stands there already or not under that heading, NotAllowed when the meeting
    has closed.
    """
    meeting.lock_open(CLOSED)
    words = title or (issue.title if issue else "")
    if issue and (line := line_about(meeting, issue, by.member, timezone.localdate(at))):
        raise ValidationError(f"Ärendet står redan på dagordningen, under {line.heading.label.lower()}.")
    known = Heading.objects.in_order()
    under = known.get(key=heading) if heading else known.taking(rule_of(issue) if issue else None)
    if not under.takes(issue):
        raise ValidationError({"heading": NOT_ENDED.format(under)})
    removed = (
        AgendaItem.objects.filter(meeting=meeting, issue=issue, action=None, removed=True).first() if issue else None
    )
    at = at or timezone.now()
    item = removed or AgendaItem(meeting=meeting, issue=issue, created_at=at)
    item.came_at = _back_since(item, at) if removed else at
    item.heading = under
    item.kind, item.title, item.removed = AgendaItem.kind_of(issue), words[:200], False
    item.set({"presenter": presenter, "minutes": minutes, "reason": "", "added_by": by.member}, by=by)
    item.save_checked()
    return item


@transaction.atomic
def remove_line(meeting: Meeting, key: str, *, by: Actor, at: datetime | None = None) -> Removed:
    """Remove a line; its item is kept so that the rules do not raise it again for this meeting.

    Raises NotAllowed when something is written on it.
    """
    meeting.lock_open(CLOSED)
    headings = _headings(meeting, by, at)
    removed = [
        item for heading in headings for item in heading.removed if key and key in (item.key, live_key(*item.subject))
    ]
    if removed and not line_named(headings, key):
        return Removed(removed[0], "", before=True)
    heading, line = _find(headings, key)
    if line.item and (line.item.note or line.item.decisions.exists()):
        raise NotAllowed("Det finns anteckningar eller beslut på punkten. Ta bort dem först.")
    item = line.stored(meeting, by=by, at=at)
    item.removed = True
    item.save()
    _keep(meeting, heading, without=line, by=by, at=at)
    place = heading.under.index(line)
    beside = heading.under[place + 1 :] or heading.under[:place][-1:]
    return Removed(item, beside[0].key if beside else "")


@transaction.atomic
def restore_line(meeting: Meeting, key: str, *, by: Actor, version: str = "", at: datetime | None = None) -> AgendaItem:
    """Put back what was removed, where it stood. `version` is the item's as that removal left it, for an undo.

    Raises NotAllowed, EditConflict when it was removed anew.
    What the rules raised, and nobody had given a place, is theirs again and stands in their order.
    """
    meeting.lock_open(CLOSED)
    item = next((item for item in removed_items(meeting, by.member) if item.key == key), None)
    if item is None:
        raise NotAllowed(PUT_BACK)
    item.check_version(version, typed=False)
    if item.issue and item.issue.is_struck:
        raise NotAllowed(f"{item.issue.refusal('')} {RESTORE_FIRST}")
    if _is_live(item, by.member, timezone.localdate(at)):
        item.discard(by=by)
    else:
        back = {"removed": False, "came_at": _back_since(item, at or timezone.now())}
        item.save(update_fields=item.set(back, by=by))
    return item


@transaction.atomic
def move_line(
    meeting: Meeting, key: str, *, by: Actor, after: str, moved_to: str = "", at: datetime | None = None
) -> Moved:
    """Move a line to stand after another, or first under the heading with that key.

    An undo says with `moved_to` what the line stood after when it had been moved: a colleague's later move stands.
    Raises NotAllowed when it stands elsewhere, the line or the place is gone, or the heading does not take the line.
    """
    meeting.lock_open(CLOSED)
    headings = _headings(meeting, by, at)
    heading, line = _find(headings, key)
    if moved_to and line.steps.here != moved_to:
        raise NotAllowed(STANDS_ELSEWHERE.format(line.title, line.number))
    target, before = _find_place(headings, after)
    if not target.heading.takes(line.issue):
        raise NotAllowed(NOT_ENDED.format(target.title))
    stood = line.steps.here
    if before is not line:
        heading.lines.remove(line)
        target.put(line, before)
    if target is heading and line.steps.here == stood:
        return Moved(line, None)
    line.stored(meeting, by=by, at=at).settled = False
    settle_heading(meeting, target, by=by, at=at)
    if target is not heading:
        _keep(meeting, heading, without=line, by=by, at=at)
    return Moved(line, stood)


@transaction.atomic
def present_line(
    meeting: Meeting,
    key: str,
    *,
    by: Actor,
    presenter: Member | None,
    minutes: int | None,
    version: str = "",
    at: datetime | None = None,
) -> AgendaItem:
    """Set who presents a line and how long it may take; a live line is stored in its place.

    Raises NotAllowed, EditConflict when its item was saved since that version.
    """
    meeting.lock_open(CLOSED)
    heading, line = _find(_headings(meeting, by, at), key)
    if line.item:
        was_live = version == AgendaItem().version  # maybe a neighbour's move stored it: no reason to say no
        if line.item.presenter or line.item.minutes or not was_live:
            line.item.check_version(version)
    else:
        settle_heading(meeting, heading, by=by, at=at)
    item = line.stored(meeting, by=by, at=at)
    item.save(update_fields=item.set({"presenter": presenter, "minutes": minutes}, by=by))
    return item


@transaction.atomic
def keep_line(meeting: Meeting, key: str, *, by: Actor, at: datetime | None = None) -> AgendaItem:
    """The item of a line, for something to hang on; a live line is stored in its place. Raises NotAllowed."""
    meeting.lock_open(CLOSED)
    heading, line = _find(_headings(meeting, by, at), key)
    if line.item is None:
        settle_heading(meeting, heading, by=by, at=at)
    return line.stored(meeting, by=by, at=at)


def find_line(meeting: Meeting, key: str, member: Member) -> AgendaLine | None:
    """The line with the key that a form sent, on the agenda as the member sees it, or None."""
    return line_named(agenda(meeting, member, whole=False), key)


def line_named(headings: Iterable[AgendaHeading], key: str) -> AgendaLine | None:
    """The line of an agenda with the key that a form sent, or None; a heading itself has no such name."""
    return next((line for heading in headings for line in heading.under if line.is_named(key)), None)


def line_about(meeting: Meeting, issue: Issue, member: Member, today: date | None = None) -> AgendaLine | None:
    """The line about the issue on the agenda as the member sees it, or None."""
    headings = agenda(meeting, member, about=issue, today=today)
    return next((line for heading in headings for line in heading.lines), None)


def removed_items(meeting: Meeting, member: Member) -> list[AgendaItem]:
    """The items that were removed from this agenda and may be restored."""
    items = AgendaItem.objects.visible_to(member).filter(meeting=meeting, removed=True)
    return list(items.select_related("heading", "issue__state_by").order_by("heading__number", "pk"))


def _back_since(item: AgendaItem, at: datetime) -> datetime:
    """Since when an item stands there that comes back: what was off the agenda when it was called is new on it."""
    called = called_at(item.meeting)
    return at if called and item.updated_at <= called else item.came_at


def _is_live(item: AgendaItem, member: Member, today: date) -> bool:
    """Whether the rules raise it as it is, without a place, a presenter, minutes or an appendix that somebody gave."""
    given = item.presenter_id or item.minutes or item.position != AgendaItem.LAST
    if given or not item.meeting.is_planned or not item.issue_id or item.appendices.exists():
        return False
    return item.subject in {proposal.subject for proposal in proposals(member, today=today)}


def _headings(meeting: Meeting, by: Actor, at: datetime | None) -> list[AgendaHeading]:
    return agenda(meeting, by.member, today=timezone.localdate(at), whole=False)


def _keep(meeting: Meeting, heading: AgendaHeading, *, without: AgendaLine, by: Actor, at: datetime | None) -> None:
    """Keep a heading in the room of a meeting under way when its last line has left it."""
    is_left = not meeting.is_under_way or any(line is not without for line in heading.lines)
    itself = AgendaItem.objects.filter(meeting=meeting, heading=heading.heading, kind=AgendaItem.Kind.HEADING)
    if not is_left and not itself.exists():
        store_heading(meeting, heading, by=by, at=at)


def _find(headings: list[AgendaHeading], key: str) -> tuple[AgendaHeading, AgendaLine]:
    for heading in headings:
        for line in heading.under:
            if line.is_named(key):
                return heading, line
    raise NotAllowed(GONE)


def _find_place(headings: list[AgendaHeading], after: str) -> tuple[AgendaHeading, AgendaLine | None]:
    """The heading to stand under, and the line there to stand after; none for the first place."""
    for heading in headings:
        if heading.key == after:
            return heading, None
    try:
        return _find(headings, after)
    except NotAllowed:
        raise NotAllowed(PLACE_GONE) from None
