"""The group's papers: what they are called and who they are from, and the first page of one by those settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from base.documents.tree import Document, Facts, Paragraph, Subheading
from base.swedish.words import capital
from meetings import letterhead
from meetings.minutes.document import example_document
from meetings.minutes.editions import Edition
from meetings.models import AgendaTemplate, Heading, Meeting, Minutes
from meetings.standard_headings import previous
from members.actor import Actor
from members.models import Group, MinutesName

FIRST_PAGE = 12
"""So many blocks of a document are about what its first page holds."""
EXAMPLE = (
    Facts((("Tid", "Onsdag 25 november 2026, 13.00–14.50"), ("Plats", "Sessionssalen"))),
    Subheading("Närvaro"),
    Paragraph("Här står varje organisation och vem som var där för den."),
    Subheading("1 Öppnande och närvaro"),
    Subheading("2 Dagordning"),
    Paragraph("Lampan i tunneln byts före vintern.", lead="Beslut 2026-1:"),
)


@transaction.atomic
def change_papers(group: Group, *, by: Actor, version: str = "", at: datetime | None = None, **facts: Any) -> int:
    """Set them, and return how many headings were renamed with them.

    The standard heading about the meeting before follows the word, in the templates and at meetings that have not
    begun; one that somebody has put in other words stands. Raises EditConflict, ValidationError.
    """
    was = Group.current().minutes_name
    group.change(by=by, version=version, **facts)
    if was == group.minutes_name:
        return 0
    at = at or timezone.now()
    not_begun = Q(meeting=None) | Q(meeting__state=Meeting.State.PLANNED)
    label = previous(MinutesName(was).words)
    found = Heading.objects.filter(not_begun, rule=Heading.Rule.PREVIOUS, label=label)
    owners = _locked(found)  # who renames one herself holds its owner: her words stand, and are found so afterwards
    headings = list(found)
    Heading.objects.filter(pk__in=[heading.pk for heading in headings]).update(
        label=previous(group.minutes), updated_at=at
    )
    for heading in headings:
        owner = owners.get((heading.template_id, heading.meeting_id))
        if owner:
            owner.save(update_fields=owner.set({}, by=by))  # a page of its headings that lies open is old now
    return len(headings)


def _locked(headings: QuerySet[Heading]) -> dict[tuple[int | None, int | None], AgendaTemplate | Meeting]:
    """The owners of the headings, locked: by the keys of a template and of a meeting, one of which is None."""
    templates = AgendaTemplate.objects.filter(pk__in=headings.values("template")).order_by("pk")
    meetings = Meeting.objects.filter(pk__in=headings.values("meeting")).order_by("starts_at", "pk")
    return {
        **{(one.pk, None): one for one in templates.select_for_update(no_key=True)},
        **{(None, one.pk): one for one in meetings.select_for_update(no_key=True)},
    }


def templates_with_headings() -> QuerySet[AgendaTemplate]:
    """The templates in use, each with its headings in order."""
    return AgendaTemplate.objects.in_use().prefetch_related(Prefetch("headings", Heading.objects.standing()))


def paper_by(group: Group) -> Document:
    """The latest minutes of the group by those settings, as everybody reads them; an example where it has none."""
    latest = Minutes.objects.filter(meeting__state=Meeting.State.CLOSED).order_by("-meeting__starts_at", "-version")
    minutes = latest.select_related("meeting", "made_by", "masked").first()
    if minutes:
        return example_document(Edition.of(minutes), group)
    now = timezone.now()
    title, sender = capital(group.minutes.name), letterhead.sender(group=group)
    return Document(title, "Ett exempel", sender, timezone.localdate(), now, EXAMPLE)
