"""The headings of a meeting become its own: when it starts, or when the samordnare changes them for it alone.

Until then it has those of its template. An item keeps its heading by the key of that; what has lost its heading stands
where its rule, or a topic in words, would.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.heading import HeadingQuerySet, taking

COPIED = ("key", "number", "label", "kind", "rule", "purpose", "text", "minutes")


def make_own(meeting: Meeting, *, at: datetime | None = None, settled: bool = False) -> None:
    """Copy the template's headings to the meeting and put its items under them; nothing where it has its own.

    `settled` are those that the start of the meeting makes, for the start may be taken back. The meeting is locked.
    """
    known = list(Heading.objects.of(meeting).select_related("template"))
    if any(heading.meeting_id for heading in known):
        return
    made = {"meeting": meeting, "settled": settled, "created_at": at or timezone.now()}
    Heading.objects.bulk_create(Heading(**{name: getattr(one, name) for name in COPIED}, **made) for one in known)
    meeting.numbering = next(heading.template.numbering for heading in known if heading.template)
    Meeting.objects.filter(pk=meeting.pk).update(numbering=meeting.numbering)
    own = Heading.objects.filter(meeting=meeting)
    _follow(meeting, own, leaving=Heading.objects.filter(template=meeting.template_id))


def give_back(meeting: Meeting) -> None:
    """Let the meeting have its template's headings again, where the start made it have its own. It is locked."""
    own = Heading.objects.filter(meeting=meeting, settled=True)
    of_template = Heading.objects.filter(template=meeting.template_id).standing()
    _follow(meeting, of_template, leaving=own)
    if left := list(AgendaItem.objects.at(meeting).filter(heading__in=own).select_related("heading")):
        _fit(left, list(of_template))
    own._raw_delete(own.db)  # nothing stands there any longer, so that nobody need look
    if Meeting.objects.filter(pk=meeting.pk, headings=None).update(numbering=""):
        meeting.numbering = ""


def use_template(meeting: Meeting) -> None:
    """Let a planned meeting have the headings of its template, also where it has had its own. It is locked."""
    of_template = Heading.objects.filter(template=meeting.template_id).standing()
    _fit(list(AgendaItem.objects.at(meeting).select_related("heading")), list(of_template))
    own = Heading.objects.filter(meeting=meeting)
    own._raw_delete(own.db)  # as above
    meeting.numbering = ""
    Meeting.objects.filter(pk=meeting.pk).update(numbering="")


def fit_items(meeting: Meeting) -> None:
    """Put under headings of the meeting what stands under another's: it came from there, or its heading is gone."""
    known = Heading.objects.of(meeting)
    if stray := list(AgendaItem.objects.at(meeting).exclude(heading__in=known.values("pk")).select_related("heading")):
        _fit(stray, list(known))


def _follow(meeting: Meeting, headings: HeadingQuerySet, *, leaving: HeadingQuerySet) -> None:
    """Put the items of the meeting under those of the headings that have the same key as the one they leave."""
    key = Heading.objects.filter(pk=OuterRef(OuterRef("heading_id"))).values("key")
    same = headings.filter(key=Subquery(key))
    items = AgendaItem.objects.at(meeting).filter(Exists(same), heading__in=leaving.values("pk"))
    items.update(heading=Subquery(same.values("pk")))


def _fit(items: list[AgendaItem], known: list[Heading]) -> None:
    by_key = {heading.key: heading for heading in known}
    for item in items:
        item.heading = by_key.get(item.heading.key) or taking(known, item.heading.rule)
    AgendaItem.objects.bulk_update(items, ["heading"])
