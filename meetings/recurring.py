"""Topics in words that come back at each usual meeting until somebody ends them.

What is taken over is what stands at the nearest meeting before that has it, as it stands there: its heading, purpose,
minutes and who presents it. That is a usual one, but for what a meeting took along that was called off, or made an
extra one. One that is removed from a meeting is not taken up at that one, and comes back at the next.
"""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from base.records import NotAllowed
from meetings.calling import called_at
from meetings.models import AgendaItem, Meeting, Presenter
from meetings.models.agenda import AgendaItemQuerySet
from meetings.models.recurs import COMES_BACK
from meetings.own_headings import fit_items
from meetings.unwritten import empty_rows_gone, unwritten
from members.actor import Actor
from members.models import Member

CLOSED = "Dagordningen kan inte ändras."
OF_AN_EXTRA = "Ett extra möte har ingen punkt som återkommer. Lägg den på ett vanligt möte."
IN_WORDS = "Bara en punkt med ord kan återkomma. Ett ärende tas upp av registret så länge det behövs."
ALREADY = "Punkten återkommer redan på varje möte."
GONE = "Punkten står inte längre på dagordningen."
NOT_ANY_LONGER = "Punkten återkommer inte längre. Inget är ändrat."
RECURRING = 0x726563757273  # "recurs"
"""The key of the lock that those who take over, mark and end hold one at a time."""
COPIED = ("heading_id", "title", "minutes", "raised_by", "purpose", "registry_no", "recurs_as")


def take_recurring(meeting: Meeting, *, by: Actor, at: datetime | None = None) -> None:
    """Put on the agenda of a usual meeting what comes back and does not stand there, or was taken off it."""
    if not (meeting.is_extra or meeting.is_on_paper):
        one_at_a_time()
        _take(meeting, by=by, at=at)


def _take(meeting: Meeting, *, by: Actor, at: datetime | None) -> None:
    at = at or timezone.now()
    known = AgendaItem.objects.at(meeting).exclude(recurs_as=None).values("recurs_as")
    before = AgendaItem.objects.filter(meeting__starts_at__lt=meeting.starts_at).exclude(recurs_as=None)
    wanted = before.exclude(recurs_as__in=known).exclude(recurs_as__in=_ended())
    nearest = wanted.order_by("recurs_as", "-meeting__starts_at", "-meeting").distinct("recurs_as")
    coming = sorted((one for one in nearest if one.recurs), key=attrgetter("pk"))
    made: dict[str, Any] = {"kind": AgendaItem.Kind.TOPIC, "created_at": at, "came_at": at, "updated_by": by.member}
    if coming:
        AgendaItem.objects.bulk_create(
            [AgendaItem(meeting=meeting, **{name: getattr(one, name) for name in COPIED}, **made) for one in coming],
            ignore_conflicts=True,  # somebody else may plan it, or the one before, at the same moment
        )
        Presenter.objects.copy_to_recurring(coming, meeting, by=by, at=at)
        fit_items(meeting)


def take_recurring_anew(*, by: Actor, at: datetime | None = None) -> None:
    """Let the usual meetings that are planned have what comes back, when one of them stands elsewhere than it did."""
    there = AgendaItem.objects.filter(meeting=OuterRef(OuterRef("pk")), recurs_as=OuterRef("recurs_as"))
    earlier = AgendaItem.objects.filter(COMES_BACK, meeting__starts_at__lt=OuterRef("starts_at"))
    missing = earlier.exclude(Exists(there)).exclude(recurs_as__in=_ended())
    planned = _usual().filter(state=Meeting.State.PLANNED)
    for meeting in planned.filter(Exists(missing)).order_by("starts_at", "pk"):
        take_recurring(meeting, by=by, at=at)


def one_at_a_time() -> None:
    """Wait for whoever else takes over, marks or ends points that recur, until her transaction is over.

    Else one who plans a meeting would take over what another ends, and which she does not know that it stands there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECURRING])


def item_named(meeting: Meeting, key: str, member: Member) -> AgendaItem:
    """The item that a form names, as far as the member sees it. Raises NotAllowed when it stands there no more."""
    standing = AgendaItem.objects.visible_to(member).at(meeting).to_move_on()
    item = next((item for item in standing if item.key == key), None)
    if item is None:
        raise NotAllowed(GONE)
    return item


@transaction.atomic
def let_recur(item: AgendaItem, *, by: Actor, at: datetime | None = None) -> AgendaItem:
    """Let it come back at each usual meeting that is planned after this one, or is to be; also one that was ended.

    Raises NotAllowed for what is no topic in words, stands at an extra meeting or recurs already, and when its meeting
    has closed.
    """
    item = _lock(item)
    if item.meeting.is_extra:
        raise NotAllowed(OF_AN_EXTRA)
    if item.kind != AgendaItem.Kind.TOPIC:
        raise NotAllowed(IN_WORDS)
    if item.recurs:
        raise NotAllowed(ALREADY)
    if item.recurs_as:  # it was ended
        ended = _not_closed().filter(recurs_as=item.recurs_as, recurs_no_more=True)
        ended.update(recurs_no_more=False, updated_by=by.member, updated_at=at or timezone.now())
    item.save(update_fields=item.set({"recurs_as": item.recurs_as or item.pk, "recurs_no_more": False}, by=by))
    for later in _later(item.meeting):
        _take(later, by=by, at=at)
    return item


@transaction.atomic
def end_recurring(item: AgendaItem, *, by: Actor, at: datetime | None = None) -> AgendaItem:
    """Let it come back no more: it stays at this meeting, and leaves later ones where it stands as it was taken over.

    It stands where something of it is otherwise, or put at it, and at a meeting that has been called.
    Raises NotAllowed when it recurs no longer, and when its meeting has closed.
    """
    item = _lock(item)
    if not item.recurs:
        raise NotAllowed(NOT_ANY_LONGER)
    item.save(update_fields=item.set({"recurs_no_more": True}, by=by))
    later = _at_later(item)
    bare = {*_bare(later).values_list("pk", flat=True)}
    before = _told(item)
    for one in later.select_related("meeting").order_by("meeting__starts_at", "meeting"):
        told = _told(one)
        if one.pk in bare and told == before and called_at(one.meeting) is None:
            empty_rows_gone([one])
            one.discard(by=by)
        before = told
    since = _not_closed().filter(recurs_as=item.recurs_as, meeting__starts_at__gt=item.meeting.starts_at)
    since.update(recurs_no_more=True, updated_by=by.member, updated_at=at or timezone.now())
    return item


def stands_later(item: AgendaItem, member: Member) -> list[Meeting]:
    """The later meetings at which it stands, in order, as far as the member may know."""
    standing = AgendaItem.objects.visible_to(member).filter(pk__in=_at_later(item).values("pk"), removed=False)
    return [one.meeting for one in standing.select_related("meeting").order_by("meeting__starts_at", "meeting")]


def _lock(item: AgendaItem) -> AgendaItem:
    item.meeting.lock_open(CLOSED)
    one_at_a_time()
    return AgendaItem.objects.select_related("meeting").select_for_update(of=("self",)).get(pk=item.pk)


def _bare(items: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """Those that no meeting deferred, nobody has removed or given a place, and at which nothing is written or put."""
    return unwritten(items.filter(removed=False, position=AgendaItem.LAST, continues=None))


def _told(item: AgendaItem) -> tuple[Any, ...]:
    """What is said of it that the next meeting takes over, and who present it."""
    own = tuple(getattr(item, name) for name in COPIED if name != "heading_id")  # which is its meeting's
    return own, list(Presenter.objects.of(item).values_list("place", "member", "name", "title", "home", "contact"))


def _at_later(item: AgendaItem) -> AgendaItemQuerySet:
    """The same at the usual meetings that are planned after it."""
    return AgendaItem.objects.filter(recurs_as=item.recurs_as, meeting__in=_later(item.meeting))


def _not_closed() -> AgendaItemQuerySet:
    """What recurs or did, at meetings whose agendas are not fixed."""
    return AgendaItem.objects.filter(meeting__in=Meeting.objects.not_closed()).exclude(recurs_as=None)


def _ended() -> Any:
    """The marks of what was ended, also at a meeting called off, or moved."""
    return _not_closed().filter(recurs_no_more=True).values("recurs_as")


def _usual() -> Any:
    return Meeting.objects.filter(is_extra=False).exclude(state=Meeting.State.CANCELLED)


def _later(meeting: Meeting) -> list[Meeting]:
    """The usual ones that are planned after it, in order: each takes over from the one before."""
    planned = _usual().filter(state=Meeting.State.PLANNED, starts_at__gt=meeting.starts_at)
    return list(planned.order_by("starts_at", "pk"))
