"""The verbs that change an agenda: add, remove, restore and move a line, and name its presenters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from base.swedish.points import at_point
from issues.models import Issue
from issues.models.fixed import RESTORE_FIRST
from meetings.agenda.building import Extent, agenda, settle_heading, store_heading
from meetings.agenda.keeping import untouched
from meetings.agenda.lines import AgendaHeading, AgendaLine
from meetings.agenda.parts_following import CLOSED, keeps_parts, parts_follow
from meetings.agenda.presenting import name_presenters
from meetings.agenda.rules import proposals, rule_of
from meetings.agenda.standing import points_about
from meetings.calling import called_at
from meetings.models import AgendaItem, Heading, ItemDraft, Meeting
from meetings.models.presenter import Presenting
from meetings.unwritten import empty_rows_gone, lock_items
from members.actor import Actor
from members.models import Member

DECIDED = "Det finns ett beslut på punkten, och det står kvar. Stryk beslutet på punkten först, sedan kan den tas bort."
NOTED = "Det finns en notering på punkten, och den står kvar. Töm noteringen först, sedan kan punkten tas bort."
DRAFTED = "Det finns ett utkast på punkten, och det är inte sparat. Spara eller töm det först, sedan kan den tas bort."
GONE = "Punkten står inte längre på dagordningen."
PLACE_GONE = "Platsen finns inte längre på dagordningen. Välj en annan."
MOVED_MEANWHILE = "Någon annan har flyttat: ”{}” står inte längre där du såg den, utan som {}. Inget är ändrat."
STANDS_ELSEWHERE = "”{}” står inte längre dit du flyttade den, utan som {}. Inget är ändrat."
NO_HEADING = "Rubriken står inte längre på dagordningen. Välj en annan."
NOT_ENDED = "Ärendet är inte avslutat, så det kan inte stå under {}. Välj en annan rubrik."
PUT_BACK = "Den borttagningen är redan ångrad. Inget är ändrat."  # and maybe the line was removed again since


class Removed(NamedTuple):
    """The item of a removed line, and the key of the line that one goes on at: the next, else the one before.

    `before` where somebody had removed it already, or the same one tapped twice; `look_over` names those whose part
    of the meeting could not follow.
    """

    item: AgendaItem
    beside: str
    before: bool = False
    look_over: Sequence[str] = ()


class Moved(NamedTuple):
    """A line where it was moved to, and the place it had; None where it stood there already.

    `look_over` names those whose part of the meeting could not follow.
    """

    line: AgendaLine
    stood: str | None
    look_over: Sequence[str] = ()


@transaction.atomic
@keeps_parts
def add_item(
    meeting: Meeting,
    *,
    by: Actor,
    heading: str | None = None,
    title: str = "",
    issue: Issue | None = None,
    presenters: Sequence[Presenting] = (),
    minutes: int | None = None,
    raised_by: str = "",
    purpose: str = "",
    registry_no: str = "",
    again: bool = False,
    at: datetime | None = None,
) -> AgendaItem:
    """Put an issue, or a topic in words, on the agenda. What was removed comes back.

    Without the key of a heading an issue stands where its rule puts it, a topic under the last free heading.
    An issue that stands there already is put at one item more only when that is asked for: `again`.
    Raises ValidationError when it stands there and is not, or not under that heading, NotAllowed when the meeting has
    closed.
    """
    words = title or (issue.title if issue else "")
    stands = line_about(meeting, issue, by.member, timezone.localdate(at)) if issue else None
    if issue and stands and not again:
        points = points_about(issue, _headings(meeting, by, at))
        raise ValidationError({"again": f"Ärendet står redan på dagordningen, som {points}."})
    if stands and stands.item is None and stands.action is None:
        keep_line(meeting, stands.key, by=by, at=at)  # else the rules would leave it to the one that is added
    known = Heading.objects.of(meeting)
    under = known.filter(key=heading).first() if heading else known.taking(rule_of(issue) if issue else None)
    if under is None:
        raise ValidationError({"heading": NO_HEADING})
    if not under.takes(issue):
        raise ValidationError({"heading": NOT_ENDED.format(under)})
    own = AgendaItem.objects.at(meeting).filter(issue=issue, action=None).order_by("again", "pk") if issue else None
    removed = own.filter(removed=True).first() if own else None
    at = at or timezone.now()
    item = removed or AgendaItem(meeting=meeting, issue=issue, created_at=at)
    item.came_at = _back_since(item, at) if removed else at
    item.heading = under
    item.kind, item.title, item.removed = AgendaItem.kind_of(issue), words[:200], False
    item.again = bool(own and own.filter(again=False).exclude(pk=item.pk).exists())
    told = {"minutes": minutes, "raised_by": raised_by, "purpose": purpose, "registry_no": registry_no}
    item.set({**told, "reason": "", "added_by": by.member}, by=by)
    item.save_checked()
    name_presenters(item, presenters, by=by, at=at)
    return item


@transaction.atomic
def remove_line(meeting: Meeting, key: str, *, by: Actor, at: datetime | None = None) -> Removed:
    """Remove a line; its item is kept so that the rules do not raise it again for this meeting.

    Raises NotAllowed when something is written on it.
    """
    meeting.lock_open(CLOSED)
    headings = _headings(meeting, by, at)
    removed = [item for heading in headings for item in heading.removed if key and key in (item.key, item.live_key)]
    if removed and not line_named(headings, key):
        return Removed(removed[0], "", before=True)
    heading, line = _find(headings, key)
    if line.item and line.item.decisions.exists():
        raise NotAllowed(DECIDED)
    if line.item and line.item.note:
        raise NotAllowed(NOTED)
    if line.item:
        lock_items(AgendaItem.objects.filter(pk=line.item.pk))
        if ItemDraft.left_on(line.item):
            raise NotAllowed(DRAFTED)
    with parts_follow(meeting) as parts:
        item = line.stored(meeting, by=by, at=at)
        item.removed = True
        item.save()
        _keep(meeting, heading, without=line, by=by, at=at)
    place = heading.under.index(line)
    beside = heading.under[place + 1 :] or heading.under[:place][-1:]
    return Removed(item, beside[0].key if beside else "", look_over=parts.look_over)


@transaction.atomic
@keeps_parts
def restore_line(meeting: Meeting, key: str, *, by: Actor, version: str = "", at: datetime | None = None) -> AgendaItem:
    """Put back what was removed, where it stood. `version` is the item's as that removal left it, for an undo.

    Raises NotAllowed, EditConflict when it was removed anew.
    What the rules raised, and nobody had given a place, is theirs again and stands in their order.
    """
    item = next((item for item in removed_items(meeting, by.member) if item.key == key), None)
    if item is None:
        raise NotAllowed(PUT_BACK)
    item.check_version(version, typed=False)
    if item.issue and item.issue.is_struck:
        raise NotAllowed(f"{item.issue.refusal('')} {RESTORE_FIRST}")
    if _is_live(item, by.member, timezone.localdate(at)):
        empty_rows_gone([item])
        item.discard(by=by)
    else:
        back = {"removed": False, "came_at": _back_since(item, at or timezone.now())}
        item.save(update_fields=item.set(back, by=by))
    return item


@transaction.atomic
def move_line(
    meeting: Meeting,
    key: str,
    *,
    by: Actor,
    after: str,
    moved_to: str = "",
    seen_at: str = "",
    at: datetime | None = None,
) -> Moved:
    """Move a line to stand after another, or first under the heading with that key.

    An undo says with `moved_to` what the line stood after when it had been moved, and who drags a line says with
    `seen_at` what it stood after on her page: what a colleague has moved meanwhile stands.
    Raises NotAllowed when it stands elsewhere, the line or the place is gone, or the heading does not take the line.
    """
    meeting.lock_open(CLOSED)
    headings = _headings(meeting, by, at)
    heading, line = _find(headings, key)
    for expected, refusal in ((moved_to, STANDS_ELSEWHERE), (seen_at, MOVED_MEANWHILE)):
        if expected and line.steps.here != expected:
            raise NotAllowed(refusal.format(line.title, at_point(line.number)))
    target, before = _find_place(headings, after)
    if not target.heading.takes(line.issue):
        raise NotAllowed(NOT_ENDED.format(target.title))
    stood = line.steps.here
    if before is not line:
        heading.lines.remove(line)
        target.put(line, before)
    if target is heading and line.steps.here == stood:
        return Moved(line, None)
    with parts_follow(meeting) as parts:
        line.stored(meeting, by=by, at=at).settled = False
        settle_heading(meeting, target, by=by, at=at)
        if target is not heading:
            _keep(meeting, heading, without=line, by=by, at=at)
    return Moved(line, stood, parts.look_over)


@transaction.atomic
def present_line(
    meeting: Meeting,
    key: str,
    *,
    by: Actor,
    presenters: Sequence[Presenting],
    minutes: int | None,
    raised_by: str = "",
    purpose: str = "",
    registry_no: str = "",
    version: str = "",
    at: datetime | None = None,
) -> AgendaItem:
    """Set who raised a line, who present it, for how long, what it is for and its diarienummer; a live one is stored.

    Raises NotAllowed, ValidationError, EditConflict when its item was saved since that version.
    """
    meeting.lock_open(CLOSED)
    heading, line = _find(_headings(meeting, by, at), key)
    told = {"minutes": minutes, "raised_by": raised_by, "purpose": purpose, "registry_no": registry_no}
    if line.item:
        was_live = version == AgendaItem().version  # maybe a neighbour's move stored it: no reason to say no
        is_told = line.item.presented_by or any(getattr(line.item, name) for name in told)
        if is_told or not was_live:
            line.item.check_version(version)
    item = _kept(meeting, heading, line, by=by, at=at)
    item.save(update_fields=item.set(told, by=by))
    name_presenters(item, presenters, by=by, at=at)
    return item


@transaction.atomic
def keep_line(meeting: Meeting, key: str, *, by: Actor, at: datetime | None = None) -> AgendaItem:
    """The item of a line, for something to hang on; a live line is stored in its place. Raises NotAllowed."""
    meeting.lock_open(CLOSED)
    heading, line = _find(_headings(meeting, by, at), key)
    return _kept(meeting, heading, line, by=by, at=at)


def find_line(meeting: Meeting, key: str, member: Member) -> AgendaLine | None:
    """The line with the key that a form sent, on the agenda as the member sees it, or None."""
    return line_named(agenda(meeting, member, extent=Extent.LINES), key)


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
    """Whether the rules raise it as it is, without a place or anything else that somebody gave it.

    What has another item at the meeting they do not raise.
    """
    if item.position != AgendaItem.LAST or not item.meeting.raises or not item.issue_id:
        return False
    if not untouched(AgendaItem.objects.filter(pk=item.pk)).exists():
        return False
    same = AgendaItem.objects.at(item.meeting).filter(issue=item.issue, action=item.action)
    if same.exclude(pk=item.pk).exists():
        return False
    return item.subject in {proposal.subject for proposal in proposals(member, today=today)}


def _kept(meeting: Meeting, heading: AgendaHeading, line: AgendaLine, *, by: Actor, at: datetime | None) -> AgendaItem:
    """The item of a line; a live one is stored in its place, which it has by need where the heading is so ordered."""
    is_live = line.item is None
    item = line.stored(meeting, by=by, at=at)
    if is_live and heading.heading.is_by_need:
        item.save()
    elif is_live:
        settle_heading(meeting, heading, by=by, at=at)
    return item


def _headings(meeting: Meeting, by: Actor, at: datetime | None) -> list[AgendaHeading]:
    return agenda(meeting, by.member, today=timezone.localdate(at), extent=Extent.LINES)


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
