"""What an agenda has of an issue that was opened by mistake: it leaves those that are open, and may come back to them.

A closed meeting keeps what it spoke of: its minutes tell it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from base.swedish.clock import today
from issues.models import Issue
from issues.striking import Elsewhere, Places
from meetings.agenda.building import store_heading
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.parts_following import parts_follow
from meetings.models import AgendaItem, ItemDraft, Meeting
from meetings.models.agenda import AgendaItemQuerySet
from meetings.planning import in_passing
from meetings.unwritten import lock_items
from members.actor import Actor

SPOKEN_OF = "Ärendet behandlas på {}. Vänta tills mötet är avslutat, eller ta bort det som står på punkten först."


def _lock(issue: Issue) -> None:
    """Lock the meetings that are not closed, so that none starts, closes or is called off meanwhile; and the items, at
    which nothing is typed meanwhile."""
    list(Meeting.objects.not_closed().order_by("pk").select_for_update(no_key=True).values_list("pk"))
    lock_items(_on_open_agendas(issue))


def _on_open_agendas(issue: Issue) -> AgendaItemQuerySet:
    """The items about it, or about an action in it, of meetings that have not closed."""
    return AgendaItem.objects.filter(issue=issue, removed=False, meeting__in=Meeting.objects.not_closed().values("pk"))


def _hinders(issue: Issue) -> str:
    for item in _on_open_agendas(issue).select_related("meeting").order_by("pk"):
        if item.note or item.is_discussed or item.decisions.exists() or ItemDraft.left_on(item):
            return SPOKEN_OF.format(in_passing(item.meeting, today=today()))
    return ""


def _leave(issue: Issue, by: Actor, at: datetime) -> Places:
    """Take the items off; a topic in words of which the issue was made is one again."""
    left: Places = {"removed": [], "in_words": []}
    with _parts_follow(_on_open_agendas(issue)):
        for item in _on_open_agendas(issue).select_related("meeting", "heading").order_by("pk"):
            if item.created_at < issue.created_at:
                item.save(update_fields=item.set({"issue": None, "kind": AgendaItem.Kind.TOPIC}, by=by))
                left["in_words"].append(item.pk)
            else:
                item.save(update_fields=item.set({"removed": True}, by=by))
                left["removed"].append(item.pk)
                _keep_heading(item, by=by, at=at)
    return left


@contextmanager
def _parts_follow(items: AgendaItemQuerySet) -> Iterator[None]:
    """As parts_follow(), at each of the meetings that these items are at."""
    with ExitStack() as meetings:
        for meeting in Meeting.objects.filter(pk__in=items.values("meeting")):
            meetings.enter_context(parts_follow(meeting))
        yield


def _keep_heading(item: AgendaItem, *, by: Actor, at: datetime) -> None:
    """Keep the heading in the room of a meeting under way when its last item has left it."""
    left = AgendaItem.objects.at(item.meeting).filter(heading=item.heading, removed=False)
    if item.meeting.is_under_way and not left.exists():
        store_heading(item.meeting, AgendaHeading(item.heading), by=by, at=at)


def _come_back(issue: Issue, left: Places, by: Actor, at: datetime) -> None:
    """Put them back, less a topic that has been decided on, removed or made another issue of since."""
    coming = AgendaItem.objects.filter(meeting__in=Meeting.objects.not_closed().values("pk")).order_by("pk")
    removed, in_words = left.get("removed", []), left.get("in_words", [])
    with _parts_follow(coming.filter(pk__in=[*removed, *in_words])):
        for item in coming.filter(pk__in=removed, removed=True):
            item.save(update_fields=item.set({"removed": False}, by=by))
        for item in coming.filter(pk__in=in_words, removed=False, issue=None, decisions=None):
            item.save(update_fields=item.set({"issue": issue, "kind": AgendaItem.Kind.ISSUE}, by=by))


ON_AGENDAS = Elsewhere("agendas", _lock, _hinders, _leave, _come_back)
